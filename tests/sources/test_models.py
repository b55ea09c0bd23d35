"""Sources: what the database refuses, what is protected, what a source is called."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ProtectedError
from PIL import Image

from sources.models import Source
from sources.models.citation import validate_quotation
from sources.models.source import validate_csl
from tests.databases import Breach, date_breaches, rules_of
from tests.factories import (
    AccessPointFactory,
    ClaimCitationFactory,
    EventCitationFactory,
    EventImageFactory,
    EventNameFactory,
    OfficeCitationFactory,
    OrganizationCitationFactory,
    PersonCitationFactory,
    PersonImageFactory,
    SourceFactory,
)

DOI = {"doi": "10.1162/jcws.2002.4.1.32"}

BREACHES = [
    Breach("source_has_an_address", SourceFactory, {"slug": ""}),
    Breach("source_has_a_known_status", SourceFactory, {"status": "lost"}),
    Breach("source_has_a_title", SourceFactory, {"title": ""}),
    Breach("source_has_a_known_kind", SourceFactory, {"kind": "hearsay"}),
    Breach("source_has_a_known_type", SourceFactory, {"type": "rumour"}),
    Breach("source_has_a_known_basis_or_none", SourceFactory, {"basis": "title"}),
    Breach("a_doi_belongs_to_one_source", SourceFactory, {"slug": "another"}, made_with=DOI, twice=True),
    *date_breaches(SourceFactory, "source", "issued"),
    Breach("access_point_has_an_address", AccessPointFactory, {"url": ""}),
    Breach("access_point_stands_once_per_source", AccessPointFactory, twice=True),
]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("breach", BREACHES, ids=str)
def test_database_refuses_a_row_that_breaks_a_rule(breach: Breach) -> None:
    breach.is_refused()


def test_every_rule_is_broken_once() -> None:
    assert {breach.rule for breach in BREACHES} == rules_of(*apps.get_app_config("sources").get_models())


@pytest.mark.parametrize(
    "citing",
    [
        ClaimCitationFactory, EventCitationFactory, EventNameFactory, OfficeCitationFactory,
        OrganizationCitationFactory, PersonCitationFactory, EventImageFactory, PersonImageFactory,
    ],
)  # fmt: skip
def test_source_that_is_used_cannot_be_deleted(citing: Any) -> None:
    source = SourceFactory.create()
    citing(source=source)
    with pytest.raises(ProtectedError):
        source.delete()
    assert Source.objects.filter(pk=source.pk).exists()


def test_two_sources_without_a_doi_are_no_doubles() -> None:
    assert SourceFactory.create(doi="").doi == SourceFactory.create(doi="").doi


def test_source_is_called_by_its_own_title_in_its_own_language() -> None:
    source = SourceFactory.create(
        title="Визит А. И. Микояна", language="ru", title_translated_en="Mikoyan’s visit"
    )
    label = source.label
    assert (label.text, label.language, label.is_fallback) == ("Визит А. И. Микояна", "ru", False)


def test_names_of_creators_are_those_of_authors_or_else_of_all() -> None:
    author = {"role": "author", "family": "Szulc", "given": "Tad"}
    editor = {"role": "editor", "literal": "Department of State"}
    assert SourceFactory.create(creators=[editor, author]).creator_names == ["Tad Szulc"]
    assert SourceFactory.create(creators=[editor]).creator_names == ["Department of State"]
    assert SourceFactory.create().creator_names == []


def test_quotation_of_fifty_words_is_the_longest() -> None:
    validate_quotation("word " * 50)
    with pytest.raises(ValidationError, match="at most 50 words; this one has 51 words"):
        validate_quotation("word " * 51)


@pytest.mark.parametrize("value", [[], "genre", None, 3])
def test_further_csl_fields_are_a_map(value: object) -> None:
    with pytest.raises(ValidationError, match="a map such as"):
        validate_csl(value)


def test_uploaded_picture_is_kept_under_its_digest_with_its_size(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    picture = BytesIO()
    Image.new("RGB", (3, 2)).save(picture, "PNG")
    digest = hashlib.sha256(picture.getvalue()).hexdigest()
    for name in ("first.png", "the same again.JPG"):
        row = EventImageFactory.create(
            file=SimpleUploadedFile(name, picture.getvalue()), sha256="", width=0, height=0
        )
        row.refresh_from_db()
        assert (row.sha256, row.width, row.height) == (digest, 3, 2)
        assert row.file.name == f"images/{digest}.png"
        with row.file.open() as kept:
            assert kept.read() == picture.getvalue()
    assert [path.name for path in (tmp_path / "images").iterdir()] == [f"{digest}.png"]
