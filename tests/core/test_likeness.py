"""Records that may be of one thing are found across scripts, and what is said of them is remembered."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from cubaru.core.likeness import are_alike, keys_of
from cubaru.core.models import Likeness, LikenessKey, Status, TranslationState
from people.models import Person
from tests.databases import Breach, rules_of
from tests.factories import EventFactory, OrganizationFactory, PersonFactory, PlaceFactory, SourceFactory

pytestmark = pytest.mark.django_db


def rows(model: Any) -> Any:
    """The rows of a model whose translated columns the type checker does not know."""
    return model.objects


PAGE = reverse("admin:duplicates")


def a_person(**columns: Any) -> Any:
    plain = {"name_en": "", "name_es": "", "name_ru": "", "sort_name_en": "", "sort_name_es": ""}
    return PersonFactory(**{**plain, "sort_name_ru": "", **columns})


def a_likeness() -> Likeness:
    return Likeness.objects.create(kind="theme", first_id=1, second_id=2)


def a_key() -> LikenessKey:
    return LikenessKey.objects.create(kind="theme", record_id=1, key="=x")


BREACHES = [
    Breach("likeness_names_the_older_record_first", a_likeness, {"first_id": 3}),
    Breach("likeness_of_two_records_stands_once", a_likeness, twice=True),
    Breach("key_of_likeness_stands_once_per_record", a_key, twice=True),
]


@pytest.mark.parametrize("breach", BREACHES, ids=str)
def test_database_refuses_a_row_that_breaks_a_rule(breach: Breach) -> None:
    breach.is_refused()


def test_every_rule_of_likeness_is_broken_once() -> None:
    assert {breach.rule for breach in BREACHES} == rules_of(Likeness, LikenessKey)


def pairs_of(*records: Any) -> int:
    ids = [record.pk for record in records]
    return Likeness.objects.filter(first_id__in=ids, second_id__in=ids, is_different=False).count()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nikolai Bulganin", "Николай Булганин"),
        ("Nikita Zhdanovskikh", "Ждановских Никита Ильич"),
        ("Vasili Kuznetsov", "Vasiliy Kuznetsov"),
        ("Юрий Харламов", "Yuri Jarlámov"),
    ],
)
def test_a_name_in_another_spelling_or_script_may_be_the_same_person(one: str, other: str) -> None:
    assert pairs_of(a_person(name_en=one), a_person(name_es=other)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nikolai Bulganin", "Nikolai Bukharin"),
        ("Ramón Zubizarreta", "Raúl Zubizarreta"),
        ("Bulganin", "Nikolai Bulganin"),  # a surname alone says too little
    ],
)
def test_names_that_only_look_alike_are_two(one: str, other: str) -> None:
    assert pairs_of(a_person(name_en=one), a_person(name_en=other)) == 0


def test_people_who_lived_at_other_times_are_two() -> None:
    father = a_person(name_en="Lev Obraztsov", birth="1870")
    son = a_person(name_en="Lev Obraztsov", birth="1899")
    assert pairs_of(father, son) == 0
    rows(Person).filter(pk=son.pk).update(birth="18XX")
    assert pairs_of(father, son) == 1


def test_a_shared_identifier_is_enough() -> None:
    one = OrganizationFactory(name_en="Alpha", name_es="", name_ru="", identifiers={"wikidata": "Q123456"})
    other = OrganizationFactory(name_en="Omega", name_es="", name_ru="", identifiers={"wikidata": "Q123456"})
    assert pairs_of(one, other) == 1


def test_places_of_one_name_far_apart_are_two() -> None:
    names = {"name_en": "Zarechnoye", "name_es": "", "name_ru": "Заречное", "country": "RU"}
    near = [
        PlaceFactory(**names, latitude=55.0, longitude=37.0),
        PlaceFactory(**names, latitude=55.1, longitude=37.1),
    ]
    far = PlaceFactory(**names, latitude=44.0, longitude=131.0)
    assert pairs_of(*near) == 1
    assert pairs_of(near[0], far) == 0


def test_sources_and_events_are_known_by_title_and_date() -> None:
    assert (
        pairs_of(SourceFactory(title="Letter", issued="1961"), SourceFactory(title="Letter", issued="1961"))
        == 1
    )
    assert (
        pairs_of(SourceFactory(title="Letter", issued="1961"), SourceFactory(title="Letter", issued="1962"))
        == 0
    )
    assert pairs_of(EventFactory(title_en="A rare day"), EventFactory(title_en="A Rare Day")) == 1


def test_a_pair_goes_when_one_is_renamed_deleted_or_withdrawn() -> None:
    one, *others = (a_person(name_en="Semyon Ustinovich") for _number in range(4))
    assert pairs_of(one, *others) == 6
    rows(Person).filter(pk=others[0].pk).update(name_en="Somebody Else")
    others[1].status = Status.WITHDRAWN
    others[1].save()
    gone = others[2].pk
    rows(Person).filter(pk=gone).update(status=Status.DRAFT)
    Person.objects.get(pk=gone).delete()
    assert not Likeness.objects.filter(kind="person", first_id=one.pk).exists()
    assert not LikenessKey.objects.filter(kind="person", record_id=gone).exists()


def test_likeness_asks_no_order() -> None:
    one = {"status": "draft", "name": {"en": "Pavel Yudin"}}
    other = {"status": "draft", "name": {"ru": "Юдин Павел"}}
    assert are_alike("person", one, other)
    assert are_alike("person", other, one)
    assert keys_of("person", one) & keys_of("person", other)


def test_the_desk_lists_the_pairs_and_remembers_what_is_said(desk: Client, curator: Any) -> None:
    one, other = (a_person(name_en="Semyon Ustinovich") for _number in range(2))
    pair = Likeness.objects.get(kind="person", first_id=one.pk, second_id=other.pk)
    page = desk.get(PAGE, {"kind": "person"})
    assert [shown.likeness for shown in page.context["pairs"]] == [pair]
    answer: Any = desk.post(f"{PAGE}?kind=person", {"pair": pair.pk, "answer": "different"})
    assert (answer.status_code, answer.url) == (302, f"{PAGE}?kind=person")
    assert desk.get(PAGE, {"kind": "person"}).context["pairs"] == []
    rows(Person).filter(pk=other.pk).update(name_ru="Семён Устинович")
    pair.refresh_from_db()
    assert (pair.is_different, pair.decided_by) == (True, curator)
    assert len(desk.get(PAGE, {"kind": "person", "decided": "1"}).context["pairs"]) == 1
    desk.post(PAGE, {"pair": pair.pk, "answer": "maybe"})
    assert pairs_of(one, other) == 1


@pytest.mark.parametrize("pair", ["", "0", "x", "²"])
def test_a_pair_that_is_not_there_cannot_be_decided(desk: Client, pair: str) -> None:
    assert desk.post(PAGE, {"pair": pair}).status_code == 404


def test_an_older_database_gets_what_it_lacks_and_keeps_what_was_decided() -> None:
    one, other, third = (a_person(name_en="Semyon Ustinovich") for _number in range(3))
    Likeness.objects.filter(first_id=one.pk, second_id=other.pk).update(is_different=True)
    open_before = Likeness.objects.filter(is_different=False).count()
    LikenessKey.objects.all().delete()
    Likeness.objects.filter(is_different=False).delete()
    TranslationState.objects.filter(kind="person", record_id=third.pk).delete()
    call_command("rebuild_desk", stdout=StringIO())
    assert Likeness.objects.filter(is_different=False).count() == open_before
    assert Likeness.objects.get(first_id=one.pk, second_id=other.pk).is_different
    assert TranslationState.objects.filter(kind="person", record_id=third.pk).exists()
