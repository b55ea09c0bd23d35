"""Makes the search index anew from the newest editions."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from cubaru.core.progress import progress_bar
from cubaru.core.search.checking import count_records, published_records, rebuild
from cubaru.core.search.indexing import Published
from cubaru.core.search.tables import SearchEntry


class Command(BaseCommand):
    help = "Makes the search index anew from the newest editions, in one transaction."

    def handle(self, *args: Any, **options: Any) -> None:
        with progress_bar(count_records(), "Indexing") as bar:

            def told() -> Iterator[Published]:
                for record in published_records():
                    yield record
                    bar.update()

            rebuild(told())
        self.stdout.write(f"The search index has {SearchEntry.objects.count()} entries.")
