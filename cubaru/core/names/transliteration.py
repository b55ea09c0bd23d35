"""Russian names in Latin letters, by the published tables.

BGN/PCGN 1947; ISO 9:1995 and the scholarly system before it; ALA-LC 1997; the passport rules of ICAO
Doc 9303; and the practical transcriptions of German (Duden), French (Imprimerie nationale) and Spanish
(Ortografía de la lengua española, Fundéu). The results are folded: they serve to find, never to show.
"""

from collections.abc import Callable
from functools import lru_cache

from cubaru.core.folding import fold

Table = dict[str, str]

_COMMON: Table = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "з": "z", "и": "i", "й": "y", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "ы": "y",
}  # fmt: skip
_SIGNS: Table = {"ъ": "", "ь": ""}

_BGN: Table = _COMMON | _SIGNS | {
    "ё": "e", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "э": "e",
    "ю": "yu", "я": "ya",
}  # fmt: skip
_ALA_LC: Table = _BGN | {"й": "i", "ю": "iu", "я": "ia"}
_ICAO: Table = _BGN | {"й": "i", "ю": "iu", "я": "ia", "ъ": "ie"}
_ISO_9: Table = _COMMON | _SIGNS | {
    "ё": "e", "ж": "z", "й": "j", "х": "h", "ц": "c", "ч": "c", "ш": "s", "щ": "s", "э": "e",
    "ю": "u", "я": "a",
}  # fmt: skip
_SCHOLARLY: Table = _ISO_9 | {"х": "x", "щ": "sc", "ю": "ju", "я": "ja"}
_GERMAN: Table = _COMMON | _SIGNS | {
    "в": "w", "ё": "jo", "ж": "sch", "з": "s", "й": "i", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch",
    "щ": "schtsch", "э": "e", "ю": "ju", "я": "ja",
}  # fmt: skip
_FRENCH: Table = _COMMON | _SIGNS | {
    "ё": "io", "ж": "j", "й": "i", "у": "ou", "х": "kh", "ц": "ts", "ч": "tch", "ш": "ch", "щ": "chtch",
    "э": "e", "ю": "iou", "я": "ia",
}  # fmt: skip
_SPANISH: Table = _COMMON | _SIGNS | {
    "ё": "io", "ж": "zh", "й": "i", "х": "j", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ы": "i", "э": "e",
    "ю": "iu", "я": "ia",
}  # fmt: skip

_VOWELS = "аеёиоуыэюя"
_HUSHING = "жчшщ"


def _before(word: str, at: int) -> str:
    """The letter before, "" at the start."""
    return word[at - 1] if at else ""


def _starts_syllable(word: str, at: int) -> bool:
    """Whether a е, ё, ю or я is said with a y before it: at the start, after a vowel or a sign."""
    return not at or word[at - 1] in _VOWELS + "йъь"


def _spell(word: str, table: Table, letter: Callable[[str, int], str | None]) -> str:
    """The word by the table; `letter` may decide otherwise for the letter at an index."""
    spelled = []
    for at, character in enumerate(word):
        chosen = letter(word, at)
        spelled.append(table.get(character, character) if chosen is None else chosen)
    return "".join(spelled)


def _plain(word: str, at: int) -> str | None:
    return None


def _bgn_letter(word: str, at: int) -> str | None:
    return "ye" if word[at] in "её" and _starts_syllable(word, at) else None


def _with_yo(word: str, at: int) -> str | None:
    """As newspapers write in English: ё as yo, after ж, ч, ш and щ as e or o."""
    if word[at] == "ё":
        return "o" if _before(word, at) in _HUSHING else "yo"
    return _bgn_letter(word, at)


def _between_vowels(word: str, at: int) -> bool:
    return 0 < at < len(word) - 1 and word[at - 1] in _VOWELS and word[at + 1] in _VOWELS


def _german_letter(word: str, at: int) -> str | None:
    match word[at]:
        case "е" if _starts_syllable(word, at):
            return "je"
        case "ё" if at and word[at - 1] in _HUSHING:
            return "o"
        case "й" if at and word[at - 1] in "иы":
            return ""
        case "с" if _between_vowels(word, at):
            return "ss"
    return None


def _french_letter(word: str, at: int) -> str | None:
    found: str | None = None
    match word[at]:
        case "е" if not at:
            found = "ie"
        case "ё" if at and word[at - 1] in _HUSHING:
            found = "e"
        case "г" if word[at + 1 : at + 2] in tuple("еиыё"):
            found = "gu"
        case "й" if at and word[at - 1] in "иы":
            found = ""
        case "с" if _between_vowels(word, at):
            found = "ss"
        case "н" if at and word[at - 1] in "иы" and at == len(word) - 1:
            found = "ne"
    return found


def _spanish_letter(word: str, at: int) -> str | None:
    match word[at]:
        case "е" | "ё" | "ю" | "я" if _starts_syllable(word, at):
            return {"е": "ye", "ё": "yo", "ю": "yu", "я": "ya"}[word[at]]
        case "ё" if at and word[at - 1] in _HUSHING:
            return "o"
        case "г" if word[at + 1 : at + 2] in ("е", "и"):
            return "gu"
        case "й" if at and word[at - 1] in "иы":
            return ""
    return None


_SYSTEMS: tuple[tuple[str, Table, Callable[[str, int], str | None]], ...] = (
    ("BGN/PCGN", _BGN, _bgn_letter),
    ("English press", _BGN, _with_yo),
    ("ALA-LC", _ALA_LC, _plain),
    ("ICAO", _ICAO, _plain),
    ("ISO 9", _ISO_9, _plain),
    ("scholarly", _SCHOLARLY, _plain),
    ("German", _GERMAN, _german_letter),
    ("French", _FRENCH, _french_letter),
    ("Spanish", _SPANISH, _spanish_letter),
    ("Spanish, ы as y", _SPANISH | {"ы": "y", "щ": "shch"}, _spanish_letter),
)

#: What Russian endings of surnames become where they are shortened by custom: -ский, -ий, -ый.
_ENDINGS = (("skiy", "sky"), ("skiy", "ski"), ("skii", "sky"), ("skij", "skij"), ("iy", "y"), ("iy", "i"),
            ("yy", "y"), ("ov", "off"), ("ev", "eff"), ("ks", "x"))  # fmt: skip


def is_russian(word: str) -> bool:
    """Whether all letters are Russian ones."""
    return bool(word) and all("а" <= letter <= "я" or letter == "ё" for letter in word.lower())


@lru_cache(maxsize=20_000)
def by_system(word: str) -> dict[str, str]:
    """A Russian word, folded, by each of the systems."""
    lowered = word.lower()
    return {name: fold(_spell(lowered, table, letter)) for name, table, letter in _SYSTEMS}


@lru_cache(maxsize=20_000)
def variants(word: str) -> frozenset[str]:
    """The folded Latin spellings of a Russian word by rule; none for any other word.

    >>> {"khrushchev", "jruschov", "chruschtschow", "khrouchtchev"} <= variants("Хрущёв")
    True
    """
    if not is_russian(word):
        return frozenset()
    found = set(by_system(word).values())
    if "ё" in word.lower():  # often written without its dots, and then read as е
        found |= set(by_system(word.lower().replace("ё", "е")).values())
    for spelled in list(found):
        found |= {
            spelled.removesuffix(ending) + shortened
            for ending, shortened in _ENDINGS
            if spelled.endswith(ending)
        }
    return frozenset(found)
