"""Makes anew what the desk keeps beside the records."""

from typing import Any

from django.core.management.base import BaseCommand

from cubaru.core.progress import progress_bar
from cubaru.core.rebuilding_desk import count_records, rebuild


class Command(BaseCommand):
    help = (
        "Makes the states of translations that are lacking, and looks for possible duplicates anew; what was"
        " decided stays."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with progress_bar(count_records(), "Comparing") as bar:
            rebuild(bar.update)
