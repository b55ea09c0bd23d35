"""Makes the levels of the timeline anew from the published events."""

from typing import Any

from django.core.management.base import BaseCommand

from cubaru.core.progress import progress_bar
from events.levels.rebuilding import rebuild
from events.models import Event


class Command(BaseCommand):
    help = "Makes the levels of detail of the timeline anew, in one pass and one transaction."

    def handle(self, *args: Any, **options: Any) -> None:
        total = Event.objects.published().count()
        with progress_bar(total, "Placing") as bar:
            rebuild(progress=bar.update)
        self.stdout.write(f"{total} events are placed on the timeline.")
