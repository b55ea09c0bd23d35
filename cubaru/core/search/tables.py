"""The tables of the search index. The full text stands beside them in a table of each database's own."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """What readers can find under one address: a published record, or one of its claims.

    The primary key is in the order of importance (`rows.row_number`), so that the first hits in the order of
    the index are the ones that matter. `verdicts` are those on its claims, of a claim its own. `texts` are
    the published texts that find it, by their key in the document: [[language, text], ...].
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(_("kind of record"), max_length=20)
    slug = models.CharField(_("address"), max_length=100)
    owner_kind = models.CharField(_("kind of the record it stands in"), max_length=20)
    record_id = models.BigIntegerField(_("record it stands in"))
    importance = models.PositiveSmallIntegerField(_("importance"))
    earliest = models.DateField(_("earliest day"), null=True)
    latest = models.DateField(_("latest day"), null=True)
    themes = models.JSONField(_("themes"), default=list)
    verdicts = models.JSONField(_("verdicts"), default=list)
    titles: "models.JSONField[Any, Any]" = models.JSONField(_("titles"))
    texts: "models.JSONField[Any, Any]" = models.JSONField(_("texts"))

    class Meta:
        app_label = "core"
        verbose_name = _("entry of the search index")
        verbose_name_plural = _("search index")
        indexes = [models.Index(fields=["owner_kind", "record_id"], name="search_entries_of_a_record")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"


class SearchForm(models.Model):
    """A folded word as it stands in texts, with a term of the index that finds it.

    `entries` counts those in which it stands. `head` and `tail` are its first and last two letters, `core`
    those from the third to the fifth: a word with one typing error, or with two, still has one of these.
    """

    form = models.CharField(_("word"), max_length=64)
    term = models.CharField(_("term of the index"), max_length=64)
    shown = models.CharField(_("as written"), max_length=100)
    entries = models.IntegerField(_("entries with it"))
    head = models.CharField(max_length=2)
    core = models.CharField(max_length=3)
    tail = models.CharField(max_length=2)
    length = models.PositiveSmallIntegerField()

    class Meta:
        app_label = "core"
        verbose_name = _("word of the search index")
        verbose_name_plural = _("words of the search index")
        constraints = [
            models.UniqueConstraint(fields=["form", "term"], name="search_form_stands_once_per_term"),
        ]
        indexes = [
            models.Index(fields=["term"], name="search_forms_by_term"),
            models.Index(fields=["head", "length"], name="search_forms_by_head"),
            models.Index(fields=["core", "length"], name="search_forms_by_core"),
            models.Index(fields=["tail", "length"], name="search_forms_by_tail"),
            models.Index(fields=["form"], name="search_forms_by_prefix", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.form


class SearchSpelling(models.Model):
    """A spelling of a word of a name, found in texts or made by rule, with a sound key of that name."""

    form = models.CharField(_("spelling"), max_length=64)
    key = models.CharField(_("sound key"), max_length=64)
    entries = models.IntegerField(_("entries with the name"))

    class Meta:
        app_label = "core"
        verbose_name = _("spelling of a name")
        verbose_name_plural = _("spellings of names")
        constraints = [
            models.UniqueConstraint(fields=["form", "key"], name="search_spelling_stands_once_per_key"),
        ]
        indexes = [
            models.Index(fields=["key"], name="search_spellings_by_key"),
            models.Index(
                fields=["form"], name="search_spellings_by_prefix", opclasses=["varchar_pattern_ops"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} ({self.key})"
