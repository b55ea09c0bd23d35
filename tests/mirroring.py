"""Random changes of records, and whether a mirror is exactly the server's dump. For tests and benchmarks."""

import json
import random
from pathlib import Path
from typing import Any

from cubaru.core.dumps.making import make_dump
from cubaru.core.history import recording
from cubaru.core.models import Record, Status
from events.models import Event
from people.models import Person
from tests.factories import EventFactory, ParticipationFactory, PersonFactory


class Curators:
    """Write, edit, withdraw, publish again, move, and link events and people, at random by a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.number = 0

    def act(self) -> None:
        actions = [self.write] * 3 + [self.edit] * 4 + [self.withdraw, self.publish, self.move, self.link]
        with recording(why="At random"):
            self.random.choice(actions)()

    def write(self) -> None:
        self.number += 1
        status = self.random.choice([Status.PUBLISHED, Status.PUBLISHED, Status.DRAFT])
        factory = self.random.choice([EventFactory, PersonFactory])
        factory.create(slug=f"random-{self.number}", status=status)

    def edit(self) -> None:
        if record := self._any():
            record.description_en = record.summary_en = f"Told {self.random.randrange(10**6)} times."
            record.save()

    def withdraw(self) -> None:
        if record := self._any(status=Status.PUBLISHED):
            record.status = Status.WITHDRAWN
            record.save()

    def publish(self) -> None:
        if record := self._any():
            record.status = Status.PUBLISHED
            record.save()

    def move(self) -> None:
        if record := self._any():
            self.number += 1
            record.slug = f"moved-{self.number}"
            record.save()

    def link(self) -> None:
        event, person = self._any(Event), self._any(Person)
        if event and person:
            event.participations.filter(person=person).delete()
            ParticipationFactory.create(event=event, person=person)

    def _any(self, model: type[Record] | None = None, **wanted: Any) -> Any:
        model = model or self.random.choice([Event, Person])
        keys = list(model._base_manager.filter(**wanted).order_by("pk").values_list("pk", flat=True)[:400])
        return model._base_manager.get(pk=self.random.choice(keys)) if keys else None


def differences_from_dump(mirror: Path, folder: Path) -> list[str]:
    """What is not alike in the mirror and in a dump of the server made now; empty when it is exact."""
    dump = make_dump(folder)
    served = {
        f"{document['record']}/{document['slug']}": document
        for path in dump.glob("*.jsonl")
        if path.name != "changes.jsonl"
        for document in (json.loads(line)["document"] for line in path.read_text().splitlines())
    }
    kept = {
        f"{path.parent.name}/{path.stem}": json.loads(path.read_text()) for path in mirror.glob("*/*.json")
    }
    return [key for key in sorted(served.keys() | kept.keys()) if served.get(key) != kept.get(key)]
