"""Makes anew what followers of the history keep: for databases that are older than they are."""

from collections.abc import Callable, Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef

from cubaru.core.chunks import chunks
from cubaru.core.documents import RecordKind, kinds
from cubaru.core.history import Changes, Kept
from cubaru.core.likeness import compare, watched
from cubaru.core.models import Revision, TranslationState
from cubaru.core.wordings import follow

CHUNK = 200


def count_records() -> int:
    return sum(kind.model._base_manager.count() for kind in kinds())


def rebuild(progress: Callable[[], object] = lambda: None) -> None:
    """Adds the states of translations that are lacking, all of them current, and finds the pairs anew."""
    for kind in kinds():
        for some in chunks(_newest(kind), CHUNK):
            with transaction.atomic():
                _rebuild(kind, some)
            for _revision in some:
                progress()


def _newest(kind: RecordKind) -> Iterator[Revision]:
    """The newest revision of each record that is there."""
    later = Revision.objects.filter(
        kind=OuterRef("kind"), record_id=OuterRef("record_id"), number__gt=OuterRef("number")
    )
    there = kind.model._base_manager.filter(pk=OuterRef("record_id"))
    newest = Revision.objects.filter(~Exists(later), Exists(there), kind=kind.name)
    last = 0
    while some := list(newest.filter(record_id__gt=last).order_by("record_id")[:CHUNK]):
        yield from some
        last = some[-1].record_id


def _rebuild(kind: RecordKind, revisions: list[Revision]) -> None:
    ids = [revision.record_id for revision in revisions]
    present = set(
        TranslationState.objects.filter(kind=kind.name, record_id__in=ids).values_list("record_id", flat=True)
    )
    lacking = [Kept(revision, None) for revision in revisions if revision.record_id not in present]
    if lacking:
        follow(kind, lacking, Changes())
    if kind.name in watched():
        compare(kind.name, {revision.record_id: revision.document for revision in revisions})
