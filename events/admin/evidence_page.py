"""The page of years and themes: on how many sources each rests, and on which sides."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cubaru.core import quality
from cubaru.core.quality import PageCheck, Panel, Share, Topic
from cubaru.core.roles import Right, may
from cubaru.core.templatetags.wording import number
from events.evidence import Evidence, Ground, evidence
from events.models import Event, Theme
from sources.sides import Side

#: What is said where one side has the word.
_ONE_SIDED = {
    Side.CUBAN: gettext_lazy("mostly Cuban sources"),
    Side.RUSSIAN: gettext_lazy("mostly Russian or Soviet sources"),
    Side.OTHER: gettext_lazy("mostly sources of other countries"),
}


@dataclass(frozen=True)
class EvidenceRow:
    label: str
    url: str
    ground: Ground
    sides: list[int]
    parts: list[tuple[str, float]]
    remarks: list[str]


def counted_evidence(state: str) -> Evidence:
    found: Evidence = quality.counted("evidence", state, evidence).value
    return found


def evidence_page(request: HttpRequest) -> HttpResponse:
    """All years and themes, or with `?show=weak` those with few or one-sided sources."""
    if not may(request.user, Right.VIEW, Event):
        raise PermissionDenied
    found = counted_evidence(quality.state_of_the_records())
    is_narrowed = request.GET.get("show") == "weak"
    context = {
        **admin.site.each_context(request),
        "title": _("Sources by year and theme"),
        "sides": [side.label for side in Side],
        "side_names": [(side.value, side.label) for side in Side],
        "is_narrowed": is_narrowed,
        "weak": found.weak,
        "tables": [
            (_("Themes"), list(_rows(list(_of_themes(found)), is_narrowed))),
            (_("Years"), list(_rows(list(_of_years(found)), is_narrowed))),
        ],
    }
    return TemplateResponse(request, "admin/evidence.html", context)


def _published_events(**lookups: int) -> str:
    """The desk's list of published events that are so."""
    query: dict[str, str | int] = {"status__exact": "published", **lookups}
    return f"{reverse('admin:events_event_changelist')}?{urlencode(query)}"


def _of_themes(found: Evidence) -> Iterator[tuple[str, str, Ground]]:
    themes = {theme.pk: theme for theme in Theme.objects.published()}
    for one in found.themes:
        yield str(themes[one.key]), _published_events(theme_links__theme__id__exact=one.key), one


def _of_years(found: Evidence) -> Iterator[tuple[str, str, Ground]]:
    for one in found.years:
        yield str(one.key), _published_events(date_earliest__year=one.key), one


def _rows(grounds: list[tuple[str, str, Ground]], is_narrowed: bool) -> Iterator[EvidenceRow]:
    for label, url, ground in grounds:
        if is_narrowed and not ground.is_weak:
            continue
        counts = [ground.sides.get(side, 0) for side in Side]
        total = sum(counts) or 1
        yield EvidenceRow(
            label,
            url,
            ground,
            counts,
            [(str(side), count / total) for side, count in zip(Side, counts, strict=True) if count],
            list(_remarks(ground)),
        )


def _remarks(ground: Ground) -> Iterator[str]:
    if ground.is_few:
        yield _("few sources")
    if ground.one_side:
        yield str(_ONE_SIDED[Side(ground.one_side)])
    elif ground.is_mostly_unknown and not ground.is_few:
        yield _("the origin of most is unknown")


# For the first page -------------------------------------------------------------------------------


def _shares(state: str) -> list[Share]:
    return [
        Share(
            _("%(decade)ds") % {"decade": decade},
            with_second / count,
            _("%(with_second)s of %(count)s events rest on two sources or more")
            % {"with_second": number(with_second), "count": number(count)},
            _published_events(date_decade=decade // 10),
        )
        for decade, count, with_second in counted_evidence(state).decades()
    ]


def register_evidence() -> None:
    quality.show(
        Panel(
            gettext_lazy("Evidence by decade"),
            _shares,
            lambda: reverse("admin:evidence"),
            gettext_lazy("Sources by year and theme"),
        )
    )
    quality.register(
        PageCheck(
            "evidence-weak",
            Topic.EVIDENCE,
            gettext_lazy("years and themes with few sources, or with those of one side"),
            gettext_lazy("Look for what the other side, or a third country, has to say."),
            lambda user, state: counted_evidence(state).weak if may(user, Right.VIEW, Event) else None,
            lambda: f"{reverse('admin:evidence')}?show=weak",
        )
    )
