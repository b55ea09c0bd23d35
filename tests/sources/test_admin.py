"""Editing sources at the desk: creators in words, addresses of unread scripts, images by their digest."""

import hashlib
import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cubaru.core.documents import to_document
from sources.admin.creators import CreatorsField, creator_of, line_of
from sources.creators import validate_creators
from sources.models import Source
from tests.desk_forms import added, filled, refusals
from tests.factories import ClaimCitationFactory, EventCitationFactory, EventFactory, SourceFactory

ADD = "admin:sources_source_add"


def form_of(source: Any) -> str:
    return reverse("admin:sources_source_change", args=[source.pk])


@pytest.mark.parametrize(
    ("line", "creator"),
    [
        ("Szulc, Tad", {"role": "author", "family": "Szulc", "given": "Tad"}),
        ("Granma", {"role": "author", "literal": "Granma"}),
        ("Молотов,", {"role": "author", "family": "Молотов"}),
        ("Chang, Laurence (editor)", {"role": "editor", "family": "Chang", "given": "Laurence"}),
        ("МИД СССР (translator)", {"role": "translator", "literal": "МИД СССР"}),
    ],
)
def test_a_creator_is_a_line(line: str, creator: Any) -> None:
    assert creator_of(line) == creator
    assert line_of(creator) == line


NAMES = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=30)
ROLES = st.sampled_from(["author", "editor", "translator"])
CREATORS = st.one_of(
    st.fixed_dictionaries({"role": ROLES, "literal": NAMES}),
    st.fixed_dictionaries({"role": ROLES, "family": NAMES}),
    st.fixed_dictionaries({"role": ROLES, "family": NAMES, "given": NAMES}),
)


@given(st.lists(CREATORS, max_size=4))
def test_creators_come_back_from_their_lines_as_they_were(creators: Any) -> None:
    validate_creators(creators)
    field = CreatorsField(required=False)
    assert field.clean(field.prepare_value(creators)) == creators


def test_a_line_in_broken_braces_is_named() -> None:
    with pytest.raises(ValidationError, match="cannot be read"):
        CreatorsField(required=False).clean('{"role": "author"')


@pytest.mark.django_db
def test_a_source_is_added_with_its_creators_and_where_it_is_read(desk: Client) -> None:
    form = filled(
        desk.get(reverse(ADD)).content, title="One Hell of a Gamble",
        creators="Fursenko, Aleksandr\nNaftali, Timothy",
        issued="1997", publisher="W. W. Norton", type="book",
    )  # fmt: skip
    form = added(form, "access", url="https://archive.org/details/example", accessed_on="2026-01-31")
    response = desk.post(reverse(ADD), form)
    assert response.status_code == 302, refusals(response.content)
    document = to_document(Source.objects.get(slug="one-hell-of-a-gamble"))
    assert [creator["family"] for creator in document["creators"]] == ["Fursenko", "Naftali"]
    assert document["access"] == [{"url": "https://archive.org/details/example", "accessed_on": "2026-01-31"}]


@pytest.mark.django_db
def test_a_source_in_cyrillic_gets_its_address_from_its_title_in_latin_letters(desk: Client) -> None:
    form = filled(desk.get(reverse(ADD)).content, title="Правда", language="ru")
    refused = desk.post(reverse(ADD), form)
    assert "Latin letters" in refusals(refused.content)[0]
    assert desk.post(reverse(ADD), form | {"title_transliterated": "Pravda"}).status_code == 302
    assert Source.objects.filter(slug="pravda").exists()


@pytest.mark.django_db
def test_a_source_of_the_corpus_survives_being_saved_as_it_is(desk: Client) -> None:
    for source in Source.objects.order_by("-creators")[:4]:
        document = to_document(source)
        response = desk.post(form_of(source), filled(desk.get(form_of(source)).content))
        assert response.status_code == 302, refusals(response.content)
        assert to_document(Source.objects.get(pk=source.pk)) == document


@pytest.mark.django_db
def test_a_doi_belongs_to_one_source(desk: Client) -> None:
    SourceFactory.create(doi="10.1162/jcws.2002.4.1.32")
    other = SourceFactory.create()
    form = filled(desk.get(form_of(other)).content, doi="10.1162/jcws.2002.4.1.32")
    assert refusals(desk.post(form_of(other), form).content) == ["DOI: Another source has this DOI already."]


@pytest.mark.django_db
def test_the_list_counts_citations_of_every_kind(desk: Client, empty_database: None) -> None:
    source = SourceFactory.create()
    EventCitationFactory.create(source=source)
    EventCitationFactory.create(source=source)
    ClaimCitationFactory.create(source=source)
    (listed,) = desk.get(reverse("admin:sources_source_changelist")).context["cl"].result_list
    assert listed.citation_count == 3


def a_picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (30, 20), "#d92d1a").save(file, "PNG")
    return file.getvalue()


@pytest.mark.django_db
def test_an_image_is_kept_under_its_digest_with_its_size(desk: Client, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    event = EventFactory.create()
    address = reverse("admin:events_event_change", args=[event.pk])
    form = added(
        filled(desk.get(address).content), "images",
        file=SimpleUploadedFile("Foto de prensa.PNG", a_picture(), "image/png"),
        credit="Korda", licence="public domain", alt_es="Una bandera roja.",
    )  # fmt: skip
    response = desk.post(address, form)
    assert response.status_code == 302, refusals(response.content)
    image = event.images.get()
    digest = hashlib.sha256(a_picture()).hexdigest()
    assert (image.sha256, image.width, image.height) == (digest, 30, 20)
    assert image.file.name == f"images/{digest}.png"
    assert to_document(event)["images"][0]["alt"] == {"es": "Una bandera roja."}


@pytest.mark.django_db
def test_an_image_needs_words_for_who_cannot_see_it(desk: Client, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    event = EventFactory.create()
    address = reverse("admin:events_event_change", args=[event.pk])
    form = added(
        filled(desk.get(address).content), "images",
        file=SimpleUploadedFile("a.png", a_picture(), "image/png"), credit="Korda", licence="public domain",
    )  # fmt: skip
    assert refusals(desk.post(address, form).content) == [
        "Alternative text (English): Say in at least one language what is to be seen in the picture."
    ]
