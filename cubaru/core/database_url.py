"""Reads DATABASE_URL, so that a wrong one is told in a sentence and not by a failure further on."""

from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

SCHEMES = ("sqlite", "postgres", "postgresql")
FORM = "write sqlite:///file.sqlite3 or postgres://user:password@host:5432/name"
SECONDS_TO_CONNECT = 10


def database_from_url(url: str) -> dict[str, Any]:
    """One entry of Django's DATABASES.

    Raises ImproperlyConfigured for what is no address of a database. Its message never repeats the
    address, which may hold a password.
    """
    try:
        parts = urlsplit(url)
        _ = parts.port  # a port that is no number is only found out when it is read
    except ValueError:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read as an address: {FORM}.") from None
    if parts.scheme not in SCHEMES:
        stated = f"names the unknown kind of database “{parts.scheme}”" if parts.scheme else "is no address"
        raise ImproperlyConfigured(f"DATABASE_URL {stated}: {FORM}.")
    database: dict[str, Any] = environ.Env.db_url_config(url)
    if not database["NAME"]:
        raise ImproperlyConfigured(f"DATABASE_URL does not say which database: {FORM}.")
    if parts.scheme != "sqlite":
        database.setdefault("OPTIONS", {}).setdefault("connect_timeout", SECONDS_TO_CONNECT)
    return database
