"""Makes a token with which a program writes through the API in somebody's name."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from clients.models.token import Scope
from clients.tokens import DAYS, MOST_DAYS, make_token


class Command(BaseCommand):
    help = "Makes a token for the API and prints it, only this once: nobody can read it again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="in whose name the program writes, with that person's rights")
        parser.add_argument(
            "--scope", action="append", choices=Scope.values, dest="scopes",
            help="what it may be used for; can be given several times (default: read and write)",
        )  # fmt: skip
        parser.add_argument(
            "--days", type=int, default=DAYS, help=f"after so many days it expires (default: {DAYS})"
        )
        parser.add_argument("--name", default="", help="what it is for")

    def handle(
        self, *args: Any, username: str, scopes: list[str] | None, days: int, name: str, **options: Any
    ) -> None:
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(
                f"There is no login “{username}”: create one with createsuperuser or at the desk."
            )
        if not user.is_active:
            raise CommandError(
                f"The login “{username}” is switched off, so a token for it would open nothing."
            )
        if not 1 <= days <= MOST_DAYS:
            raise CommandError(f"A token lasts from 1 to {MOST_DAYS} days, not {days}.")
        if len(name) > 100:
            raise CommandError("The name of a token has at most 100 characters.")
        chosen = {Scope(scope) for scope in scopes or (Scope.READ, Scope.WRITE)}
        token, secret = make_token(user, name=name or "create_token", scopes=chosen, days=days)
        self.stderr.write(
            f"A token for {username} ({', '.join(sorted(token.scopes))}), until {token.expires_at:%Y-%m-%d}. "
            "It is shown only this once:"
        )
        self.stdout.write(secret)
