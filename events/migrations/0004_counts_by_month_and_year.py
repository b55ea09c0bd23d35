"""Counts the timeline's events by month and by year too, out of the counts by day."""

from collections import Counter
from typing import Any

from django.db import migrations

from events.levels.tiles import DEEPEST, MONTHS, YEARS, tile_of


def count(apps: Any, schema_editor: Any) -> None:
    tile_counts = apps.get_model("events", "TileCount").objects.using(schema_editor.connection.alias)
    counts: Counter[tuple[int, int, int]] = Counter()
    days = tile_counts.filter(level=DEEPEST).values_list("series", "tile", "count")
    for series, day, number in days.iterator():
        for unit in (MONTHS, YEARS):
            counts[series, unit, tile_of(day, unit)] += number
    rows = (
        tile_counts.model(series=series, level=unit, tile=tile, count=number)
        for (series, unit, tile), number in counts.items()
    )
    tile_counts.bulk_create(rows, batch_size=2000)


def forget(apps: Any, schema_editor: Any) -> None:
    tile_counts = apps.get_model("events", "TileCount").objects.using(schema_editor.connection.alias)
    tile_counts.filter(level__in=[MONTHS, YEARS]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0003_levels_of_detail"),
    ]

    operations = [migrations.RunPython(count, forget)]
