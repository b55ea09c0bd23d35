"""Sound keys: the consonants of a name in a form that its spellings share, whatever script or country.

Vowels differ most between transcriptions and are left out; consonants that the systems confuse are one.
A Latin spelling can often be read in several ways (j is х in Spanish, ж in French, й in German), so it has
several keys; two names may be the same if they share one.
"""

import re
from functools import lru_cache

from rapidfuzz import fuzz

from cubaru.core.folding import fold
from cubaru.core.names.transliteration import by_system, is_russian

MOST_KEYS = 24

_CYRILLIC: dict[str, tuple[str, ...]] = {
    "дж": ("S",), "дз": ("S",), "тс": ("S",), "тц": ("S",), "тч": ("S",), "сч": ("S",), "зч": ("S",),
    "б": ("B",), "в": ("V",), "г": ("G",), "ґ": ("G",), "д": ("D",), "ж": ("S",), "з": ("S",), "к": ("K",),
    "л": ("L",), "м": ("M",), "н": ("N",), "п": ("P",), "р": ("R",), "с": ("S",), "т": ("T",), "ф": ("V",),
    "х": ("H",), "ц": ("S",), "ч": ("S",), "ш": ("S",), "щ": ("S",),
}  # fmt: skip

# Regular expressions in the order in which they are tried.
_LATIN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("schtsch|chtch|shch|szcz|tsch|stch|tch|sch|zh|sh|cz|sz|tz|ts|tc", ("S",)),
    ("dzh|dj|dzs|ds|dz", ("S", "DS")),
    ("kh", ("H", "K")),
    ("ch", ("S", "H", "K")),
    ("^kr", ("KR", "HR")),
    ("ck|q(?=u)|k|q", ("K",)),
    ("ph", ("V",)),
    ("th", ("T",)),
    ("gh", ("G", "H")),
    ("gu(?=[ei])", ("G",)),
    ("g(?=[eiy])", ("G", "H", "S")),
    ("g", ("G",)),
    ("c(?=[eiy])", ("S", "K")),
    ("c", ("K", "S")),
    ("x", ("KS", "H", "S")),
    ("j", ("H", "", "S")),
    ("^h", ("H", "", "G")),
    ("h", ("", "H", "G")),
    ("ll", ("L", "")),
    ("w", ("V", "")),
    ("v|f", ("V",)),
    ("s|z|ß", ("S",)),
    ("b", ("B",)), ("d", ("D",)), ("l", ("L",)), ("m", ("M",)), ("n", ("N",)), ("p", ("P",)), ("r", ("R",)),
    ("t", ("T",)),
)  # fmt: skip
_LATIN_PART = re.compile("|".join(f"({pattern})" for pattern, _sounds in _LATIN))
_CYRILLIC_PART = re.compile("|".join(sorted(_CYRILLIC, key=len, reverse=True)))


@lru_cache(maxsize=50_000)
def sound_keys(word: str) -> frozenset[str]:
    """The keys of one word of a name; none where fewer than two consonants would be too little to go by.

    >>> bool(sound_keys("Хрущёв") & sound_keys("Jruschov") & sound_keys("Khrushchev"))
    True
    """
    # й and ё are letters of their own to the key, so only Latin is folded.
    folded = fold(word)
    keys: set[tuple[str, bool]] = {("", True)}  # the key so far, and whether a vowel came last
    at = 0
    while at < len(folded):
        sounds, length = _sounds_at(folded, at)
        keys = {_extended(key, sound) for key in keys for sound in sounds}
        if len(keys) > MOST_KEYS:  # the first readings of each letter are the likelier ones
            keys = set(sorted(keys)[:MOST_KEYS])
        at += length
    return frozenset(key for key, _open in keys if len(key) > 1)


def _sounds_at(word: str, at: int) -> tuple[tuple[str, ...], int]:
    """What the letters at an index may sound like, and how many letters that takes."""
    if "\u0400" <= word[at] <= "\u04ff":
        found = _CYRILLIC_PART.match(word, at)
        return (_CYRILLIC[found.group()], len(found.group())) if found else (("",), 1)
    found = _LATIN_PART.match(word, at)
    if found is None or found.lastindex is None:
        return ("",), 1
    return _LATIN[found.lastindex - 1][1], len(found.group())


def _extended(key: tuple[str, bool], sound: str) -> tuple[str, bool]:
    """The key with one more sound; the same sound twice without a vowel between counts once."""
    text, is_open = key
    if not sound:
        return text, True
    if not is_open and text.endswith(sound[0]):
        return text + sound[1:], False
    return text + sound, False


_ROUGH = (
    ("szcz", "sc"), ("schtsch", "sc"), ("sz", "s"), ("cz", "c"), ("shch", "sc"), ("chtch", "sc"), ("ou", "u"),
    ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("kh", "h"), ("sh", "s"), ("zh", "j"), ("ch", "c"), ("w", "v"),
    ("ff", "v"), ("x", "ks"), ("ph", "f"), ("y", "i"), ("ts", "c"), ("tz", "c"), ("qu", "k"), ("ll", "l"),
    ("ss", "s"),
)  # fmt: skip


@lru_cache(maxsize=50_000)
def rough(word: str) -> str:
    """A word in plain Latin letters with the most usual differences of spelling taken out."""
    text = by_system(word)["BGN/PCGN"] if is_russian(word) else fold(word)
    for spelled, plain in _ROUGH:
        text = text.replace(spelled, plain)
    return text


def closeness(one: str, other: str) -> float:
    """How alike two spellings of a name look in plain letters, from 0 to 1."""
    return fuzz.ratio(rough(one), rough(other)) / 100


def is_same_name(one: str, other: str) -> bool:
    """Whether two words, said to be of the same person or place, are spellings of one name."""
    near = closeness(one, other)
    shared = sound_keys(one) & sound_keys(other)
    return near >= 0.8 or (bool(shared) and near >= least_closeness(max(map(len, shared))) - 0.1)


def may_be_same_name(one: str, other: str) -> bool:
    """Whether two words may spell one name: they share a key, and their vowels do not speak against it."""
    shared = sound_keys(one) & sound_keys(other)
    return bool(shared) and closeness(one, other) >= least_closeness(max(map(len, shared)))


def least_closeness(key_length: int) -> float:
    """The fewer consonants a key has, the more its vowels must agree."""
    return 0.72 if key_length < 3 else 0.6 if key_length < 4 else 0.5
