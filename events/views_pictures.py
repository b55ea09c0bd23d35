"""The pictures under which pages are shown elsewhere (Open Graph), made when they are asked for."""

from collections.abc import Callable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cubaru.core.kept_answers import kept
from cubaru.core.models import Record
from cubaru.core.posters import BLUE, Poster, draw
from cubaru.core.templatetags.monograms import first_letters
from cubaru.core.templatetags.wording import number
from events.models import Event, Theme
from events.presentation import date_of
from events.presentation_event import date_block
from people.lists import lived
from people.models import Person
from people.presentation import monogram_names

#: The address that pages give names the edition too, so that a new one is fetched.
CACHE_CONTROL: Final = "public, max-age=86400"


def _picture_of(model: type[Record], poster: Callable[[Any], Poster]) -> Callable[..., Any]:
    """The view of the picture of a published record of the model; 404 for any other."""

    @kept(cache_control=CACHE_CONTROL)
    def picture(request: HttpRequest, slug: str) -> HttpResponse:
        records: Any = model._default_manager
        record = records.published().filter(slug=slug).first()
        if record is None:
            raise Http404(_("There is no such picture."))
        return HttpResponse(draw(poster(record)), content_type="image/png")

    return picture


@kept(cache_control=CACHE_CONTROL)
def site_picture(request: HttpRequest) -> HttpResponse:
    """The picture of all pages that have none of their own."""
    title = _("A chronicle of Cuban–Russian relations")
    return HttpResponse(draw(Poster(title, "CUBA", "РОССИЯ")), content_type="image/png")


def _of_event(event: Event) -> Poster:
    date = date_block(event)
    if date is None:
        return Poster(event.label.text, words=date_of(event))
    return Poster(event.label.text, date.year, words="" if date.is_span else date.words)


def _of_person(person: Person) -> Poster:
    latin, cyrillic = (first_letters(name) for name in monogram_names(person))
    return Poster(person.label.text, latin or cyrillic, cyrillic if latin else "", words=lived(person))


def _of_theme(theme: Theme) -> Poster:
    count = Event.objects.published().filter(theme_links__theme=theme).count()
    return Poster(theme.label.text, number(count), words=ngettext("event", "events", count), ink=BLUE)


event_picture = _picture_of(Event, _of_event)
person_picture = _picture_of(Person, _of_person)
theme_picture = _picture_of(Theme, _of_theme)
