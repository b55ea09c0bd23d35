"""Imports a bibliographic file; all or nothing, and again changes nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cubaru.core.progress import progress_bar
from sources.importers.found import ImportFileError
from sources.importers.importing import READERS, Report, Result, Row, count_entries, import_sources


class Command(BaseCommand):
    help = "Imports sources from a file of BibTeX, RIS or CSL-JSON; what is there already is completed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a file such as sources.bib, sources.ris or sources.json")
        parser.add_argument(
            "--format", choices=list(READERS), default="", help="the format, where the name does not tell it"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )
        parser.add_argument(
            "--overwrite", action="store_true", help="let the file replace what sources say already"
        )

    def handle(self, *args: Any, file: Path, dry_run: bool, overwrite: bool, **options: Any) -> None:
        try:
            with progress_bar(count_entries(file, options["format"]), "Importing") as bar:
                report = import_sources(
                    file, options["format"], dry_run=dry_run, overwrite=overwrite, progress=bar.update
                )
        except ImportFileError as error:
            raise CommandError(str(error)) from error
        for row in report.rows:
            self.stdout.write(line_of(row))
        self.stdout.write(totals(report, dry_run=dry_run))


def line_of(row: Row) -> str:
    written = f" ({', '.join(row.keys)})" if row.keys else ""
    if row.result is Result.DUPLICATE:
        return f"duplicate of {row.slug}: {row.label}{written}"
    return f"{row.result}: {row.slug}{written}"


def totals(report: Report, *, dry_run: bool) -> str:
    verb = "Would be" if dry_run else "Sources"
    return (
        f"{verb}: {report.count(Result.NEW)} new, {report.count(Result.COMPLETED)} completed, "
        f"{report.count(Result.OVERWRITTEN)} overwritten, {report.count(Result.UNCHANGED)} unchanged, "
        f"{report.count(Result.DUPLICATE)} duplicates."
    )
