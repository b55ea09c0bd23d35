"""Loads a corpus; all or nothing, and again changes nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cubaru.core.corpus import CorpusError, Outcome, load_corpus, read_corpus
from cubaru.core.documents import State
from cubaru.core.progress import progress_bar


class Command(BaseCommand):
    help = "Loads a corpus (a folder of JSON files): new records are made, present ones changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder that holds events.json, people.json, ...")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )
        parser.add_argument("--why", default="", help="the reason that the history gives for the change")

    def handle(self, *args: Any, folder: Path, dry_run: bool, why: str, **options: Any) -> None:
        try:
            total = len(read_corpus(folder))
            with progress_bar(total, "Loading") as bar:
                outcome = load_corpus(
                    folder,
                    dry_run=dry_run,
                    why=why or f"load_corpus {folder.name}",  # the same in every language
                    progress=bar.update,
                )
        except CorpusError as error:
            raise CommandError(str(error)) from error
        if dry_run:
            self.list_changes(outcome)
        verb = "Would be" if dry_run else "Records"
        self.stdout.write(
            f"{verb}: {outcome.count(State.NEW)} new, {outcome.count(State.CHANGED)} changed, "
            f"{outcome.count(State.UNCHANGED)} unchanged."
        )

    def list_changes(self, outcome: Outcome) -> None:
        for state in (State.NEW, State.CHANGED):
            for kind, slug in outcome.records[state]:
                self.stdout.write(f"{state}: {kind}/{slug}")
        for kind, slug in outcome.addresses:
            self.stdout.write(f"new: former address {kind}/{slug}")
