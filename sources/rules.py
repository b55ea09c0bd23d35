"""Rules over whole records: narratives cite sources that there are, at places that can be found."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cubaru.core.document_items import Document
from cubaru.core.models import PastSlug, Status
from sources.models import Source
from sources.narrative import NarrativeError, cited_keys


def narrative_rule(key: str) -> Callable[[Document], None]:
    """The rule for the narrative under `key`: a published record's citations name published sources.

    A draft may be half written; it is told what is wrong when it is to be published.
    """

    def rule(document: Document) -> None:
        if document["status"] != Status.PUBLISHED:
            return
        faults = [
            f"{language}: {fault}"
            for language, text in document.get(key, {}).items()
            for fault in narrative_faults(text)
        ]
        if faults:
            raise ValidationError({key: faults})

    return rule


def narrative_faults(text: str) -> list[str]:
    """A sentence for each fault of a narrative, naming its line; none when it can be published."""
    try:
        cited = cited_keys(text)
    except NarrativeError as error:
        return [str(error)]
    known = published_keys({key for _line, key in cited})
    return [
        _("Line %(line)d: there is no published source “%(key)s”.") % {"line": line, "key": key}
        for line, key in cited
        if key not in known
    ]


def published_keys(keys: set[str]) -> set[str]:
    """Those of the keys that name a published source, by its address or a former one."""
    if not keys:
        return set()
    sources = Source.objects.published()
    known = set(sources.filter(slug__in=keys).values_list("slug", flat=True))
    past = PastSlug.objects.filter(kind=Source.record_kind, slug__in=keys - known)
    moved = dict(past.values_list("slug", "record_id"))
    present = set(sources.filter(pk__in=moved.values()).values_list("pk", flat=True))
    return known | {slug for slug, record_id in moved.items() if record_id in present}
