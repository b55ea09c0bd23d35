"""Keeps the words of records only where readers do not see them: what they see is in the index of search."""

from typing import Any

from django.db import migrations

from cubaru.core.folding import fold

RECORDS = (
    ("sources", "Source"), ("places", "Place"), ("people", "Person"), ("people", "Organization"),
    ("events", "Theme"), ("events", "Event"),
)  # fmt: skip


def forget_what_readers_see(apps: Any, schema_editor: Any) -> None:
    for app, name in RECORDS:
        records = apps.get_model(app, name).objects.using(schema_editor.connection.alias)
        records.filter(status="published").update(folded="")


def add_claims_to_persons(apps: Any, schema_editor: Any) -> None:
    persons = apps.get_model("people", "Person").objects.using(schema_editor.connection.alias)
    claims = apps.get_model("events", "Claim").objects.using(schema_editor.connection.alias)
    for person in persons.exclude(status="published"):
        texts = person.folded.split("\n")
        for claim in claims.filter(person_id=person.pk).order_by("position"):
            statements = (claim.statement_en, claim.statement_es, claim.statement_ru)
            texts += [fold(text) for text in statements if text]
        persons.filter(pk=person.pk).update(folded="\n".join(dict.fromkeys(texts)))


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0004_counts_by_month_and_year"),
        ("people", "0002_narrative_citations"),
        ("places", "0001_initial"),
        ("sources", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(forget_what_readers_see, migrations.RunPython.noop),
        migrations.RunPython(add_claims_to_persons, migrations.RunPython.noop),
    ]
