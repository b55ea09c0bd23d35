"""What pages show of corrections."""

from collections.abc import Iterable
from dataclasses import dataclass

from cubaru.core.edition_links import EditionLink, edition_link
from cubaru.core.languages import LocalText, current_language
from readers.models import Correction
from readers.subjects import About, subjects_of
from sources.presentation import day_in_words


@dataclass(frozen=True, slots=True)
class Credited:
    """A correction of readers/parts/credited.html; `url` is empty where readers see its subject no more."""

    anchor: str
    kind: str
    title: LocalText
    url: str
    day: str
    answer: LocalText
    credit: str
    edition: EditionLink | None


def credited(corrections: Iterable[Correction]) -> list[Credited]:
    """Each with the day of its answer, or of its sending while it waits."""
    some = list(corrections)
    subjects = subjects_of(some)
    return [_credited(one, subjects.get(one.pk)) for one in some]


def _credited(one: Correction, about: About | None) -> Credited:
    language = current_language()
    return Credited(
        anchor=f"correction-{one.pk}",
        kind=one.get_kind_display(),
        title=about.title if about else LocalText(one.slug, language, False),
        url=about.url if about else "",
        day=day_in_words((one.answered_at or one.sent_at).date()),
        answer=LocalText(one.answer, one.language, one.language != language),
        credit=one.credit,
        edition=edition_link(one.changed) if one.changed else None,
    )
