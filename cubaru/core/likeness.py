"""Records that may be of the same thing, found by what two of them would share.

Each kind that is watched says by what its records are known (`Known`): names, compared by their sound across
scripts, and signs that are the same for one thing only, such as an identifier or an address. The keys of both
are stored, so that a changed record is compared with the few that share one. Pairs are kept until they differ
or a curator has said that they are not the same, which is remembered.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Final

from django.db.models import Max, Q

from cubaru.core.chunks import chunks
from cubaru.core.documents import Document, RecordKind
from cubaru.core.folding import fold
from cubaru.core.history import Changes, Kept
from cubaru.core.models import Likeness, LikenessKey, Revision, Status
from cubaru.core.names.sounds import closeness, may_be_same_name, rough, sound_keys

#: Beyond so many that share its keys, a record is compared with no more: the keys say nothing then.
MOST_COMPARED: Final = 50
#: How alike two words must look that have too few consonants to be compared by sound.
LEAST_CLOSENESS: Final = 0.8
_MOST_WORDS: Final = 4
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class Known:
    """By what the records of a kind are known.

    `keys` are the keys of the document that are looked at. `signs` are texts that two records of one thing
    share; `names` what it is called. With `shortened` a name may leave words of another out, as Fidel Castro
    does. `differ` rules out pairs that cannot be one.
    """

    keys: tuple[str, ...]
    signs: Callable[[Document], Iterable[str]]
    names: Callable[[Document], Iterable[str]] = lambda document: ()
    shortened: bool = False
    differ: Callable[[Document, Document], bool] = lambda one, other: False


_known: dict[str, Known] = {}


def watch(kind: RecordKind, known: Known) -> None:
    """Makes duplicates among the records of a kind be looked for."""
    _known[kind.name] = known


def watched() -> list[str]:
    """The kinds that are watched."""
    return list(_known)


def identifiers_of(document: Document) -> list[str]:
    """The record in other catalogues, as signs."""
    return [f"{scheme}:{identifier}" for scheme, identifier in document.get("identifiers", {}).items()]


def names_of(document: Document) -> set[str]:
    """What a record is called in any language and script."""
    return {*document.get("name", {}).values(), *(name["text"] for name in document.get("names", []))}


def keys_of(kind: str, document: Document) -> set[str]:
    """The keys of a document; none for what is withdrawn."""
    if document["status"] == Status.WITHDRAWN:
        return set()
    known = _known[kind]
    keys = {f"={_short(sign)}" for sign in known.signs(document)}
    for name in known.names(document):
        words = _words(name)
        if len(words) == 1 and not known.shortened:
            keys |= {f"~{key}" for key in _sounds(words[0])}
        for one, other in combinations(words[:_MOST_WORDS], 2):
            keys |= {f"~{'+'.join(sorted(pair))}" for pair in product(_sounds(one), _sounds(other))}
    return {key[:64] for key in keys}


def _sounds(word: str) -> frozenset[str]:
    """The sound keys of a word; of one with too few consonants for that, such as Юрий, how it begins."""
    return sound_keys(word) or frozenset({rough(word)[:2]})


def _short(sign: str) -> str:
    return hashlib.sha256(fold(sign).encode()).hexdigest()[:24]


def _words(name: str) -> list[str]:
    return _WORD.findall(name.lower())


def are_alike(kind: str, one: Document, other: Document) -> bool:
    """Whether two documents may be of the same thing."""
    known = _known[kind]
    if known.differ(one, other):
        return False
    if {fold(sign) for sign in known.signs(one)} & {fold(sign) for sign in known.signs(other)}:
        return True
    return any(
        _is_same(_words(first), _words(second), shortened=known.shortened)
        for first in known.names(one)
        for second in known.names(other)
    )


def _is_same(one: Sequence[str], other: Sequence[str], *, shortened: bool) -> bool:
    """Whether each word of the shorter name is one of the longer; with `shortened` that may have more."""
    shorter, longer = sorted((list(one), list(other)), key=len)
    if not shorter or (len(shorter) != len(longer) and not shortened) or (shortened and len(shorter) < 2):
        return False
    for word in shorter:
        match = next((found for found in longer if fold(found) == fold(word)), None)
        match = match or next((found for found in longer if _may_be_one(word, found)), None)
        if match is None:
            return False
        longer.remove(match)
    return True


def _may_be_one(one: str, other: str) -> bool:
    if sound_keys(one) and sound_keys(other):
        return may_be_same_name(one, other)
    return closeness(one, other) >= LEAST_CLOSENESS


# In the recording of each change -------------------------------------------------------------------


def follow(kind: RecordKind, kept: Sequence[Kept], changes: Changes) -> None:
    """A follower of the history: keeps the keys of the changed records, and the pairs that they make."""
    if kind.name not in _known:
        return
    documents = {
        revision.record_id: {} if revision.is_deletion else revision.document
        for revision, last in kept
        if revision.is_deletion or last is None or last.is_deletion or _looks_other(kind.name, revision, last)
    }
    if documents:
        compare(kind.name, documents)


def _looks_other(kind: str, revision: Revision, last: Revision) -> bool:
    """Whether anything by which a record could be known, or told apart, has changed."""
    keys = ("status", *_known[kind].keys)
    return any(revision.document.get(key) != last.document.get(key) for key in keys)


def compare(kind: str, documents: dict[int, Document]) -> None:
    """Finds the pairs that these records make with any other. An empty document: the record is gone."""
    keys = {pk: keys_of(kind, document) if document else set() for pk, document in documents.items()}
    for some in chunks(documents):
        LikenessKey.objects.filter(kind=kind, record_id__in=some).delete()
    LikenessKey.objects.bulk_create(
        (
            LikenessKey(kind=kind, record_id=pk, key=key)
            for pk, found in keys.items()
            for key in sorted(found)
        ),
        batch_size=200,
    )
    candidates = _candidates(kind, keys)
    others = {other for pair in candidates for other in pair} - documents.keys()
    whole = documents | newest_documents(kind, others)
    alike = {pair for pair in candidates if are_alike(kind, whole[pair[0]], whole[pair[1]])}
    _keep(kind, list(documents), alike)


def _candidates(kind: str, keys: dict[int, set[str]]) -> set[tuple[int, int]]:
    owners: dict[str, list[int]] = defaultdict(list)
    for some in chunks({key for found in keys.values() for key in found}):
        rows = LikenessKey.objects.filter(kind=kind, key__in=some).order_by("record_id")
        for key, pk in rows.values_list("key", "record_id"):
            owners[key].append(pk)
    pairs = set()
    for pk, found in keys.items():
        others = sorted({other for key in found for other in owners[key][:MOST_COMPARED]} - {pk})
        pairs |= {(min(pk, other), max(pk, other)) for other in others[:MOST_COMPARED]}
    return pairs


def newest_documents(kind: str, ids: Iterable[int]) -> dict[int, Document]:
    """The documents of records as they are now, read from their newest revisions."""
    found: dict[int, Document] = {}
    for some in chunks(ids):
        revisions = Revision.objects.filter(kind=kind, record_id__in=some).order_by()
        newest = dict(revisions.values_list("record_id").annotate(newest=Max("number")))
        for revision in revisions.filter(number__in=set(newest.values())):
            if newest[revision.record_id] == revision.number:
                found[revision.record_id] = revision.document
    return found


def _keep(kind: str, ids: Sequence[int], alike: set[tuple[int, int]]) -> None:
    """Makes the pairs of these records be those; what was decided about a pair stays."""
    present: dict[tuple[int, int], Likeness] = {}
    for some in chunks(ids, 200):
        pairs = Likeness.objects.filter(Q(first_id__in=some) | Q(second_id__in=some), kind=kind)
        present |= {(pair.first_id, pair.second_id): pair for pair in pairs}
    gone = [pair.pk for of, pair in present.items() if of not in alike and not pair.is_different]
    for some in chunks(gone):
        Likeness.objects.filter(pk__in=some).delete()
    Likeness.objects.bulk_create(
        (
            Likeness(kind=kind, first_id=first, second_id=second)
            for first, second in sorted(alike - present.keys())
        ),
        batch_size=200,
    )
