"""Makes the dump of what is published now."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cubaru.core.dumps.making import DumpExistsError, make_dump, records_to_dump
from cubaru.core.dumps.writers import parquet_is_there
from cubaru.core.progress import progress_bar


class Command(BaseCommand):
    help = (
        "Writes all that is published into a new folder, as JSON Lines, CSV, JSON-LD, SQLite and, with "
        "pyarrow, Parquet, with checksums. The page of data lists the dumps that are in DUMPS_ROOT."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", type=Path, nargs="?", default=Path(settings.DUMPS_ROOT), help="default: DUMPS_ROOT"
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            with progress_bar(records_to_dump(), "Writing") as bar:
                made = make_dump(folder, progress=bar.update)
        except DumpExistsError as error:
            self.stdout.write(f"Nothing changed since {error}: a dump is never made twice.")
            return
        except OSError as error:
            raise CommandError(f"{folder} cannot be written ({error.strerror}).") from error
        self.stdout.write(f"{made}: whole, with checksums.")
        if not parquet_is_there():
            self.stdout.write("Without Parquet: that wants pyarrow (pip install 'cubaru[parquet]').")
