"""Addresses in the API, made from SITE_URL, never from the request: a kept answer is right for all."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language

from cubaru.core.context import absolute
from cubaru.core.documents import kind_named
from cubaru.core.models import Record


def plural_of(model: type[models.Model]) -> str:
    """The kind as addresses spell it: events, people; claims are parts of records."""
    return kind_named(model.record_kind).plural if issubclass(model, Record) else f"{model._meta.model_name}s"


def address_of(row: Any) -> str:
    model: Any = type(row)
    return _address(model, row.slug, settings.SITE_URL)


def page_of(row: Any) -> str:
    """The page about the row, in the active language."""
    model: Any = type(row)
    return _page(model, row.slug, get_language() or "", settings.SITE_URL)


# The same few records are named again and again in a list, and an address takes long to look up.


@lru_cache(maxsize=10_000)
def _address(model: Any, slug: str, site: str) -> str:
    return absolute(reverse(f"api-{plural_of(model)}-detail", args=[slug]))


@lru_cache(maxsize=10_000)
def _page(model: Any, slug: str, language: str, site: str) -> str:
    return absolute(model(slug=slug).get_absolute_url())


def record_address(kind: str, slug: str) -> str:
    """The address of the record of a kind that has, or had, the slug."""
    return _address(kind_named(kind).model, slug, settings.SITE_URL)


def page_of_slug(kind: str, slug: str) -> str:
    return _page(kind_named(kind).model, slug, get_language() or "", settings.SITE_URL)


def list_address(plural: str, **filters: str) -> str:
    return f"{absolute(reverse(f'api-{plural}-list'))}?{urlencode(filters)}"
