"""Brings the site from nothing to a working chronicle; where that has been done it changes nothing."""

import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from cubaru.core.models import Record

CURATOR = "curator"


class Command(BaseCommand):
    help = "Prepares the database, loads the starter corpus into an empty one, makes the first login."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--corpus", type=Path, default=settings.CORPUS_DIR, help="the corpus to start from"
        )

    def handle(self, *args: Any, corpus: Path, **options: Any) -> None:
        # Each is called for what it does: none may be left out because an earlier one had something to do.
        done = [self.prepare_database(), self.load_corpus(corpus), self.make_curator()]
        if not any(done):
            self.stdout.write("The database is ready: nothing was to be done.")

    def prepare_database(self) -> bool:
        try:
            executor = MigrationExecutor(connection)
            if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
                return False
            self.stdout.write("Preparing the database")
            call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
        except (DatabaseError, ImproperlyConfigured) as error:
            raise CommandError(unusable_database(error)) from error
        return True

    def load_corpus(self, corpus: Path) -> bool:
        """Loads the starter corpus, but never over records: those may hold a curator's work."""
        if any(kind.objects.exists() for kind in kinds_of_record()):
            return False
        self.stdout.write("Loading the starter corpus")
        call_command("load_corpus", str(corpus), stdout=self.stdout)
        return True

    def make_curator(self) -> bool:
        users = get_user_model().objects
        if users.exists():
            return False
        password = secrets.token_urlsafe(12)
        users.create_superuser(CURATOR, password=password)
        self.stdout.write(
            f"\n  The first curator login, shown only this once:\n\n"
            f"    user      {CURATOR}\n"
            f"    password  {password}\n\n"
            f"  Change it before the site is reached from elsewhere.\n"
        )
        return True


def kinds_of_record() -> list[type[Record]]:
    return [model for model in apps.get_models() if issubclass(model, Record)]


def unusable_database(error: Exception) -> str:
    """One sentence that says which database cannot be used, why, and what to look at."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        where = f"The SQLite file {database['NAME']}"
    else:
        where = (
            f"The database {database['NAME']} at {database['HOST'] or 'localhost'}:{database['PORT'] or 5432}"
        )
    reason = (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
    return f"{where} cannot be used ({reason}): check DATABASE_URL, and that it is there and may be written."
