from typing import Any

from django.db import migrations, models

from cubaru.core.dates import Calendar, first_known_day, parse
from cubaru.core.fields import day_of_year


def fill_in(apps: Any, schema_editor: Any) -> None:
    """Reads the day of the year from the dates that are there, as it is read from then on."""
    events = apps.get_model("events", "Event")._base_manager
    known = []
    for event in events.exclude(date="").only("date", "date_calendar").iterator(chunk_size=2000):
        day = first_known_day(parse(event.date, Calendar(event.date_calendar)))
        if day is not None:
            event.date_day_of_year = day_of_year(day)
            known.append(event)
        if len(known) == 2000:
            events.bulk_update(known, ["date_day_of_year"], batch_size=500)
            known = []
    events.bulk_update(known, ["date_day_of_year"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0007_events_in_order_of_end_and_change"),
        ("places", "0002_names_without_folded_text"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="date_day_of_year",
            field=models.PositiveSmallIntegerField(
                editable=False, null=True, verbose_name="date: day of the year"
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["status", "date_day_of_year", "date_earliest", "slug"], name="events_by_day_of_year"
            ),
        ),
        migrations.RunPython(fill_in, migrations.RunPython.noop, elidable=True),
    ]
