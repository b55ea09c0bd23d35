from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0009_minor_proposals"),
    ]

    operations = [
        migrations.AddField(
            model_name="searchentry",
            name="verdicts",
            field=models.JSONField(default=list, verbose_name="verdicts"),
        ),
    ]
