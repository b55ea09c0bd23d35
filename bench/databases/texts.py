"""Invented texts in three languages, with words as frequent as in natural ones.

Nothing in them means anything. Words of known frequency stand among them, for measurements to look for.
"""

import random
from collections.abc import Iterator
from typing import Final

Texts = dict[str, dict[str, str]]

LANGUAGES: Final = ("en", "es", "ru")
#: So many different texts; larger chronicles repeat them, which their lists of words do not show.
BASES: Final = 5_000
VOCABULARY: Final = 20_000
#: In which part of the events each of these words stands.
SHARES: Final = {"everywhere": 0.45, "often": 0.04, "seldom": 0.002}
#: Words of the same share, so that no answer is only a cache's.
ALIKE: Final = 5
#: In which part of the events each of these people takes part.
SHARE_OF_A_PERSON: Final = 0.01
PEOPLE: Final = [
    {"en": "Nikita Khrushchev", "es": "Nikita Jruschov", "ru": "Никита Хрущёв"},
    {"en": "Anastas Mikoyan", "es": "Anastás Mikoyán", "ru": "Анастас Микоян"},
    {"en": "Andrei Gromyko", "es": "Andréi Gromiko", "ru": "Андрей Громыко"},
]
_LETTERS: Final = {
    "en": ("bcdfglmnprst", "aeiou"),
    "es": ("bcdglmnprst", "aeioáé"),
    "ru": ("бвгдклмнпрст", "аеиоуы"),
}


def word(number: int, language: str) -> str:
    """An invented word; the lower its number, the shorter."""
    consonants, vowels = _LETTERS[language]
    syllables = []
    number += 40
    while number:
        number, rest = divmod(number, len(consonants) * len(vowels))
        syllables.append(consonants[rest // len(vowels)] + vowels[rest % len(vowels)])
    return "".join(syllables)


def base_texts() -> Iterator[Texts]:
    """Titles, summaries and bodies, by Zipf's law, the same each time."""
    chance = random.Random(BASES)
    vocabulary = {
        language: [word(number, language) for number in range(VOCABULARY)] for language in LANGUAGES
    }
    weights = [1 / (number + 10) for number in range(VOCABULARY)]
    for _number in range(BASES):
        drawn = chance.choices(range(VOCABULARY), weights, k=56)
        words = {
            language: [vocabulary[language][number] for number in drawn[offset:] + drawn[:offset]]
            for offset, language in enumerate(LANGUAGES)
        }
        yield {
            "title": {language: " ".join(some[:6]).capitalize() for language, some in words.items()},
            "summary": {language: " ".join(some[6:26]) + "." for language, some in words.items()},
            "body": {language: " ".join(some[26:]) + "." for language, some in words.items()},
        }


def known_words(number: int) -> list[str]:
    """The words of known frequency that the event with this number has."""
    chance = random.Random(number)
    words = [
        f"{name}{chr(97 + n)}"
        for name, share in SHARES.items()
        for n in range(ALIKE)
        if chance.random() < share
    ]
    return [*words, f"single{number}x"] if number < ALIKE else words


def people_in(number: int) -> list[int]:
    """Which of the people take part in the event with this number."""
    chance = random.Random(-1 - number)
    return [n for n in range(len(PEOPLE)) if chance.random() < SHARE_OF_A_PERSON]
