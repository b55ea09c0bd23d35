"""Addresses in the API, made from SITE_URL, never from the request: a kept answer is right for all."""

from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.urls import reverse

from cubaru.core.context import absolute
from cubaru.core.documents import kind_named
from cubaru.core.models import Record


def plural_of(model: type[models.Model]) -> str:
    """The kind as addresses spell it: events, people; claims are parts of records."""
    return kind_named(model.record_kind).plural if issubclass(model, Record) else f"{model._meta.model_name}s"


def address_of(row: Any) -> str:
    return absolute(reverse(f"api-{plural_of(type(row))}-detail", args=[row.slug]))


def page_of(row: Any) -> str:
    """The page about the row, in the active language."""
    return absolute(row.get_absolute_url())


def list_address(plural: str, **filters: str) -> str:
    return f"{absolute(reverse(f'api-{plural}-list'))}?{urlencode(filters)}"
