from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0006_names_without_folded_text")]

    operations = [
        migrations.RemoveIndex(model_name="event", name="events_in_order_of_date"),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["status", "date_earliest", "date_latest", "slug"], name="events_in_order_of_date"
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["status", "modified_at", "slug"], name="events_by_change"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["status", "date_latest", "date_earliest"],
                name="longer_events_by_their_end",
                condition=models.Q(date_latest__gt=models.F("date_earliest")),
            ),
        ),
    ]
