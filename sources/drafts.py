"""Drafts whose narratives cite sources that are gone, or that readers do not see."""

from typing import Any

from django.db import models
from django.db.models import Q

from cubaru.core.languages import language_columns
from cubaru.core.models import Status
from sources.documents import keys_of
from sources.rules import published_keys


def with_broken_mentions(model: type[models.Model]) -> Q:
    """The condition for records in draft or in review; published ones are held to it by a rule.

    Reads the narratives of those, since a key that leads to no source is nowhere but in the text.
    """
    cites = Q()
    for column in language_columns("body"):
        cites |= Q(**{f"{column}__contains": "@"})
    rows: Any = model._base_manager.filter(cites, status__in=[Status.DRAFT, Status.IN_REVIEW])
    texts = rows.values_list("pk", *language_columns("body"))
    cited = {pk: {key for text in some if text for key in keys_of(text)} for pk, *some in texts}
    known = published_keys({key for keys in cited.values() for key in keys})
    return Q(pk__in=[pk for pk, keys in cited.items() if keys - known])
