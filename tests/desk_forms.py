"""Forms of the desk as a browser reads and sends them: tests of what curators do start from `filled`."""

from typing import Any

from lxml import html

Form = dict[str, Any]


def page_of(content: bytes) -> Any:
    page: Any = html.fromstring(content.decode())
    return page


def filled(content: bytes, **changes: Any) -> Form:
    """All fields of the record's form in a page, with `changes`."""
    (form,) = [form for form in page_of(content).forms if (form.get("id") or "").endswith("_form")]
    found = {name: value or "" for name, value in form.form_values() if "__prefix__" not in name}
    found = {name: value for name, value in found.items() if "-empty-" not in name}
    return found | changes


def added(form: Form, prefix: str, nested: tuple[str, ...] = (), **values: Any) -> Form:
    """The form with one more row in the formset `prefix`, as the button below it would add one.

    `nested` are the formsets within that row; they are empty.
    """
    number = int(form[f"{prefix}-TOTAL_FORMS"])
    row = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    for inner in nested:
        row |= {f"{prefix}-{number}-{inner}-{count}_FORMS": "0" for count in ("TOTAL", "INITIAL")}
    return form | row | {f"{prefix}-TOTAL_FORMS": str(number + 1)}


def refusals(content: bytes) -> list[str]:
    """The sentences above a form that was not saved."""
    return [
        " ".join(item.text_content().split()) for item in page_of(content).xpath("//*[@class='faults']//li")
    ]
