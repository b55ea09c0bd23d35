"""The events of databases for measurements: bench/make_corpus.py with texts and people."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from bench.databases.texts import BASES, base_texts, known_words, people_in
from bench.make_corpus import make_events

#: The slug of one of the people.
PERSON = "synthetic-{}"


class Made(NamedTuple):
    """An event: its primary key, its document, the number of its texts and the words added to its summary."""

    pk: int
    document: dict[str, Any]
    base: int
    words: list[str]


def events(size: int) -> Iterator[Made]:
    texts = list(base_texts())
    for number, event in enumerate(make_events(size)):
        base, words = number % BASES, known_words(number)
        summary = texts[base]["summary"]
        document = event | texts[base]
        document["summary"] = summary | {"en": " ".join([summary["en"], *words])}
        if people := people_in(number):
            document["participants"] = [
                {"person": PERSON.format(n + 1), "role": "participant"} for n in people
            ]
        yield Made(number + 1, document, base, words)
