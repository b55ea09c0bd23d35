"""The page of a search: what is found in groups, what it can be narrowed to, what was understood of it."""

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from cubaru.core.date_words import from_to, in_words
from cubaru.core.dates import parse
from cubaru.core.facets import ChosenFilter, Facet
from cubaru.core.languages import current_language
from cubaru.core.pages import Pages, address_with, canonical_query
from cubaru.core.search.queries import MOST_CHARACTERS, QueryError
from cubaru.core.search.query_dates import QueryDate
from cubaru.core.search.searching import MOST_CANDIDATES, Results
from cubaru.core.search.searching import search as look_up
from cubaru.core.templatetags.charts import Bin
from cubaru.core.templatetags.wording import number
from cubaru.search.asked import KINDS, PARAMETERS, PLURALS, REPEATABLE, Asked, read_asked
from cubaru.search.best import best_of
from cubaru.search.rows import Row, rows_of
from events.models import Theme
from events.presentation_facets import GlyphChoice, verdict_choices
from events.presentation_period import Period

#: Of each kind where all are shown, and of one kind on a page.
FEW: Final = 5
PAGE_SIZE: Final = 20
MOST_PAGES: Final = MOST_CANDIDATES // PAGE_SIZE


def search(request: HttpRequest) -> HttpResponse:
    """What is found, of all kinds in groups or, with `kind`, of one in pages."""
    asked = read_asked(request.GET)
    _forget_typing(request)
    context: dict[str, Any] = {
        "query": asked.query[:MOST_CHARACTERS],
        "asked": asked,
        "hidden": _hidden(request),
    }
    if asked.is_empty:
        return TemplateResponse(request, "search.html", context)
    try:
        context |= _found(request, asked)
    except QueryError as error:
        context["wrong"] = [{"field": "search-big", "text": str(error)}]
        return TemplateResponse(request, "search.html", context, status=400)
    context["canonical_query"] = canonical_query(request.GET, PARAMETERS, repeatable=REPEATABLE)
    return TemplateResponse(request, "search.html", context)


def found_by(asked: Asked, **more: Any) -> Results:
    """What the search finds. Raises QueryError."""
    first, last = asked.window
    return look_up(
        asked.query, language=current_language(), kinds=asked.kinds, from_=first, to=last,
        themes=asked.themes, verdicts=asked.verdicts, unfinished=asked.is_typing, **more,
    )  # fmt: skip


def _found(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    page = _page(request) if asked.kind else 1
    start = str((page - 1) * PAGE_SIZE)
    paging = {"limit": PAGE_SIZE, "cursor": start} if asked.kind else {"each": FEW}
    results = found_by(asked, facets=True, **paging)
    if page > 1 and not results.hits:
        raise Http404(_("This list has no such page."))
    rows = rows_of(results.hits)
    is_first = page == 1
    facets = [_theme_facet(results, asked), _verdict_facet(results, asked)]
    return {
        "results": results,
        "tabs": _tabs(request, results, asked),
        "best": best_of(rows[0]) if rows and is_first else None,
        "groups": list(_groups(request, results, rows[1:] if is_first else rows, asked)),
        "pages": _pages(request, results, page) if asked.kind else None,
        "summary": _summary(results),
        "period": _period(results, asked),
        "facets": facets,
        "carried": [{"name": "q", "value": asked.query}, *_kind_carried(asked)],
        "chosen": list(_chosen(request, asked, facets)),
        "clear_url": address_with(request, **{"theme": None, "verdict": None, "from": None, "to": None}),
        "date": _date_said(results),
        "meant": _meant(request, results),
        "exact_url": _exact_url(request, results),
        "feed_url": f"{reverse('search-feed')}?{search_query(request)}",
        "ways_out": _ways_out(request, asked) if not rows else [],
    }


def search_query(request: HttpRequest) -> str:
    """What makes a search, wherever in it one stands."""
    names = [name for name in PARAMETERS if name != "page"]
    return canonical_query(request.GET, names, repeatable=REPEATABLE)


def _kind_carried(asked: Asked) -> list[dict[str, str]]:
    return [{"name": "kind", "value": asked.kind}] if asked.kind else []


def _forget_typing(request: HttpRequest) -> None:
    """That somebody is typing makes no other page: no address in the answer says so."""
    if "typing" in request.GET:
        query = request.GET.copy()
        del query["typing"]
        request.GET = query  # type: ignore[assignment] # nobody writes into it
        request.META["QUERY_STRING"] = query.urlencode()


def _page(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    if not (text.isascii() and text.isdecimal() and len(text) < 4 and 1 <= int(text) <= MOST_PAGES):
        raise Http404(_("This list has no such page."))
    return int(text)


def _hidden(request: HttpRequest) -> list[dict[str, str]]:
    """What stays in force when other words are looked for."""
    names = ("kind", "theme", "verdict", "from", "to")
    return [{"name": name, "value": value} for name in names for value in request.GET.getlist(name) if value]


# What was found ------------------------------------------------------------------------------------


def _groups(
    request: HttpRequest, results: Results, rows: Iterable[Row], asked: Asked
) -> Iterable[dict[str, Any]]:
    """The rows by kind, in the order in which the kinds come up; of one kind without a title."""
    by_kind: dict[str, list[Row]] = {}
    for row in rows:
        by_kind.setdefault(row.record._meta.model_name, []).append(row)
    if asked.kind:
        yield from ({"title": "", "rows": some} for some in by_kind.values())
        return
    for kind, some in by_kind.items():
        name = PLURALS[kind]
        count = results.counts.get(kind, 0)
        yield {
            "name": name,
            "title": KINDS[name][1],
            "rows": some,
            "more_url": address_with(request, kind=name) if count > FEW else "",
            "count": _many(count),
        }


def _tabs(request: HttpRequest, results: Results, asked: Asked) -> list[dict[str, Any]]:
    counts = {name: results.counts.get(kind, 0) for name, (kind, _title) in KINDS.items()}
    total = sum(counts.values())
    everything: dict[str, Any] = {"title": _("All"), "url": address_with(request, kind=None), "count": total}
    tabs = [everything | {"is_current": not asked.kind}]
    tabs += [
        {
            "title": title,
            "url": address_with(request, kind=name),
            "count": counts[name],
            "is_current": asked.kind == name,
        }
        for name, (_kind, title) in KINDS.items()
        if counts[name] or asked.kind == name
    ]
    return [tab | {"is_more": tab["count"] >= MOST_CANDIDATES} for tab in tabs]


def _many(count: int) -> str:
    """A count as far as it is known: hits are counted up to a limit."""
    return f"{number(count)}+" if count >= MOST_CANDIDATES else number(count)


def _summary(results: Results) -> str:
    if results.is_capped:
        return _("More than %(number)s results, the best of them first") % {"number": number(results.total)}
    return npgettext("search", "%(number)s result", "%(number)s results", results.total) % {
        "number": number(results.total)
    }


def _pages(request: HttpRequest, results: Results, page: int) -> Pages:
    first = (page - 1) * PAGE_SIZE + 1
    return Pages(
        items=[],
        total=results.total,
        previous_url=address_with(request, page=page - 1) if page > 1 else "",
        next_url=address_with(request, page=page + 1) if results.next_cursor else "",
        summary=_("%(first)s–%(last)s of %(total)s")
        % {
            "first": number(first),
            "last": number(first + len(results.hits) - 1),
            "total": _many(results.total),
        },
    )


# What it can be narrowed to ------------------------------------------------------------------------


def _theme_facet(results: Results, asked: Asked) -> Facet:
    """All themes that are found, in the order of themes, with the glyphs of their lanes."""
    counts = dict.fromkeys(asked.themes, 0) | (results.facets.themes if results.facets else {})
    # PostgreSQL refuses to look for NUL.
    themes = Theme.objects.published().filter(slug__in=[slug for slug in counts if "\x00" not in slug])
    choices = [
        GlyphChoice(
            theme.slug, theme.label.text, counts[theme.slug], theme.slug in asked.themes, lane=theme.lane
        )
        for theme in themes
    ]
    return Facet("theme", _("Theme"), list(choices), [])


def _verdict_facet(results: Results, asked: Asked) -> Facet:
    counts = dict.fromkeys(asked.verdicts, 0) | (results.facets.verdicts if results.facets else {})
    return Facet("verdict", _("Verdict on a claim"), verdict_choices(counts, asked.verdicts), [])


def _period(results: Results, asked: Asked) -> Period:
    """The fields of the period, under the years in which what was found happened."""
    years = results.facets.years if results.facets else {}
    if len(years) < 2:
        return Period(asked.first, asked.last, [], None)
    start, size = min(years), max(years) - min(years) + 1
    bins = [Bin(n / size, 1 / size, years.get(start + n, 0), "") for n in range(size)]
    first, last = asked.window
    window = None
    if first or last:
        begin = max((first.year if first else start) - start, 0)
        end = min((last.year if last else start + size - 1) - start + 1, size)
        window = (begin / size, (end - begin) / size) if end > begin else None
    return Period(asked.first, asked.last, bins, window)


def _chosen(request: HttpRequest, asked: Asked, facets: Iterable[Facet]) -> Iterable[ChosenFilter]:
    if asked.first or asked.last:
        start, end = (parse(text) if text else None for text in (asked.first, asked.last))
        label = from_to(start, end, current_language(), short=True)
        yield ChosenFilter(label, address_with(request, **{"from": None, "to": None}))
    for facet in facets:
        chosen = [choice for choice in facet.choices if choice.is_chosen]
        for choice in chosen:
            others = [other.value for other in chosen if other is not choice]
            yield ChosenFilter(choice.label, address_with(request, **{facet.name: others or None}))


# What was understood -------------------------------------------------------------------------------


def _date_said(results: Results) -> dict[str, Any] | None:
    """The time asked for in words, and how sure the hits are of it."""
    if results.certainly is None or results.possibly is None:
        return None
    said: QueryDate | None = results.date
    return {
        "words": capfirst(in_words(parse(said.edtf), current_language())) if said else "",
        "certainly": number(results.certainly),
        "possibly": number(results.possibly) if results.possibly else "",
    }


def _meant(request: HttpRequest, results: Results) -> dict[str, str] | None:
    if not results.did_you_mean:
        return None
    return {"text": results.did_you_mean, "url": address_with(request, q=results.did_you_mean)}


def _exact_url(request: HttpRequest, results: Results) -> str:
    """The search for the spelling as it was typed, where others were looked for too."""
    if not results.also_found_as or '"' in results.query:
        return ""
    return address_with(request, q=f'"{results.query}"')


def _ways_out(request: HttpRequest, asked: Asked) -> list[dict[str, str]]:
    """Where somebody goes on who found nothing."""
    ways = []
    if asked.kind or asked.is_narrowed:
        ways.append({
            "text": _("Search everything, without filters"),
            "url": f"{request.path}?{urlencode({'q': asked.query})}" if asked.query else request.path,
        })  # fmt: skip
    words = asked.query.split()
    if len(words) > 1:
        ways += [
            {
                "text": _("Search for “%(word)s” alone") % {"word": word},
                "url": f"{request.path}?{urlencode({'q': word})}",
            }
            for word in words[:3]
        ]
    return [
        *ways,
        {"text": _("All people"), "url": reverse("people:person-list")},
        {"text": _("All events"), "url": reverse("events:event-list")},
    ]
