"""Loads millions of documents from JSON Lines, in batches that are each loaded whole or not at all."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cubaru.core.bulk_load import BATCH, BulkLoadError, bulk_load, count_lines
from cubaru.core.documents import State
from cubaru.core.progress import progress_bar


class Command(BaseCommand):
    help = (
        "Loads records from JSON Lines, one document a line: events.jsonl, people.jsonl, ... "
        f"Every {BATCH} lines are loaded whole or not at all; run again, it goes on where it failed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder that holds events.jsonl, people.jsonl, ...")
        parser.add_argument("--dry-run", action="store_true", help="check everything, and keep nothing")
        parser.add_argument("--why", default="", help="the reason that the history gives for the change")

    def handle(self, *args: Any, folder: Path, dry_run: bool, why: str, **options: Any) -> None:
        try:
            with progress_bar(count_lines(folder), "Loading") as bar:
                loaded = bulk_load(
                    folder, dry_run=dry_run, why=why or f"Loaded from {folder.name}", progress=bar.update
                )
        except OSError as error:
            raise CommandError(f"{folder} cannot be read ({error.strerror}).") from error
        except BulkLoadError as error:
            raise CommandError(str(error)) from error
        verb = "Would be" if dry_run else "Records"
        counts = ", ".join(f"{loaded.counts[state]} {state}" for state in State)
        self.stdout.write(f"{verb}: {counts}.")
