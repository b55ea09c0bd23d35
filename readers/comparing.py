"""A correction beside what it is about: as its sender saw it, and as it is now."""

import json
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cubaru.core.comparing import Difference, differences
from cubaru.core.documents import kind_named
from cubaru.core.edition_links import EditionLink, edition_link
from cubaru.core.languages import best_of
from cubaru.core.reading import Reader
from readers.models import Correction, Subject
from readers.subjects import About, find, newest_after


@dataclass(frozen=True, slots=True)
class Beside:
    """`then` is the text that the reader saw, `now` the live one; `changes` what the record lost or won."""

    about: About | None
    then: str
    now: str
    seen: EditionLink | None
    newer: EditionLink | None
    changes: list[Difference]
    form_url: str


def beside(correction: Correction) -> Beside:
    about = find(correction.kind, correction.slug)
    seen = correction.seen
    newer = newest_after(seen) if seen is not None else None
    return Beside(
        about=about,
        then=_said_then(correction),
        now=about.title.text if about is not None else "",
        seen=edition_link(seen) if seen is not None else None,
        newer=edition_link(newer) if newer is not None else None,
        changes=_changes(correction, newer),
        form_url=_form_of(correction),
    )


def _said_then(correction: Correction) -> str:
    """The statement, or what the record was called, in the edition that the reader saw."""
    if correction.seen is None:
        return ""
    document: dict[str, Any] = json.loads(correction.seen.document)
    if correction.kind == Subject.CLAIM:
        claims = [claim for claim in document.get("claims", []) if claim.get("slug") == correction.slug]
        said = claims[0].get("statement", {}) if claims else {}
    else:
        label = kind_named(correction.seen.kind).model.label_field
        said = document.get(label, {})
    return best_of(said, correction.language).text if isinstance(said, dict) else str(said)


def _changes(correction: Correction, newer: Any) -> list[Difference]:
    if correction.seen is None or newer is None:
        return []
    kind = kind_named(correction.seen.kind)
    sides = [
        Reader(kind, json.loads(entry.document), correction.language) for entry in (correction.seen, newer)
    ]
    return list(differences(*sides))


def _form_of(correction: Correction) -> str:
    """Where the record is changed at the desk; "" if it is there no more."""
    if correction.seen is None:
        return ""
    model = kind_named(correction.seen.kind).model
    if not model._base_manager.filter(pk=correction.seen.record_id).exists():
        return ""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    return reverse(name, args=[correction.seen.record_id])
