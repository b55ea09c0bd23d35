"""Writes what load_corpus reads: out and in again loses nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cubaru.core.corpus import export_corpus
from cubaru.core.documents import kinds
from cubaru.core.progress import progress_bar


class Command(BaseCommand):
    help = "Writes all records into a folder, as JSON files that load_corpus reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder to write into; it is made if need be")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        total = sum(kind.model._base_manager.count() for kind in kinds())
        try:
            with progress_bar(total, "Exporting") as bar:
                count = export_corpus(folder, progress=bar.update)
        except OSError as error:
            raise CommandError(f"{folder} cannot be written ({error.strerror}).") from error
        self.stdout.write(f"{count} records written to {folder}.")
