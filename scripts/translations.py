"""Keeps locale/ in step with the texts in code and templates, with Babel: no gettext program is needed.

`translations.py update` writes every text that is to be translated into each language's django.po,
`check` exits with 1 where a translation is missing, doubtful or short of a placeholder,
`compile FROM TO` writes the .mo file that Django reads.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
APPS = ("cubaru", "sources", "places", "people", "events", "templates")
LANGUAGES = ("es", "ru")
KEYWORDS = {
    **{word: DEFAULT_KEYWORDS[word] for word in ("_", "gettext", "ngettext", "pgettext", "npgettext")},
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|(?<!%)%[sd]|\{\w*\}")


def catalog_path(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def read_catalog(language: str) -> Catalog:
    path = catalog_path(language)
    if not path.exists():
        return Catalog(locale=language, header_comment=f"# The texts of cubaru: {language}", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def as_python(template: str, origin: str) -> bytes:
    """A template as Python source that holds nothing but its translatable texts, on their lines."""
    from django.utils.translation.template import templatize

    # Django writes for xgettext, which minds no indentation; Python's own tokenizer does.
    lines = templatize(template, origin=origin).splitlines()
    return "\n".join(line.strip() for line in lines).encode()


def texts_in_code() -> Catalog:
    """Every text that code and templates mark for translation."""
    found = Catalog()
    paths = sorted(
        path for app in APPS for path in (ROOT / app).rglob("*") if path.suffix in {".py", ".html", ".txt"}
    )
    for path in paths:
        name = path.relative_to(ROOT).as_posix()
        source = (
            path.read_bytes() if path.suffix == ".py" else as_python(path.read_text(encoding="utf-8"), name)
        )
        for _line, texts, comments, context in extract(
            "python",
            BytesIO(source),
            keywords=KEYWORDS,
            comment_tags=("Translators",),
            options={"encoding": "utf-8"},
        ):
            plain = texts[0] if isinstance(texts, tuple) else texts
            flags = ["python-format"] if "%(" in plain else []
            found.add(texts, locations=[(name, 0)], auto_comments=comments, context=context, flags=flags)
    return found


def update() -> None:
    found = texts_in_code()
    for language in LANGUAGES:
        catalog = read_catalog(language)
        catalog.update(found, no_fuzzy_matching=True, update_creation_date=False)
        path = catalog_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=100, omit_header=False, ignore_obsolete=True, include_lineno=False)


def texts_of(part: Any) -> list[str]:
    """A message's original or translation as a list, whether it has plural forms or not."""
    return [text or "" for text in part] if isinstance(part, (tuple, list)) else [part or ""]


def faults_of(message: Message, plural_forms: int) -> Iterator[str]:
    """What is wrong with one translation."""
    forms = texts_of(message.string)
    if message.fuzzy:
        yield "is marked as doubtful (fuzzy)"
    if message.pluralizable and len(forms) != plural_forms:
        yield f"has {len(forms)} of {plural_forms} plural forms"
    if not all(forms):
        yield "is not translated"
        return
    wanted = set(PLACEHOLDER.findall(texts_of(message.id)[-1]))
    for form in forms:
        extra = set(PLACEHOLDER.findall(form)) - wanted
        # A form for exactly one thing may leave the number out, as "one event" does.
        missing = set() if message.pluralizable else wanted - set(PLACEHOLDER.findall(form))
        if extra or missing:
            yield f"differs in its placeholders: {', '.join(sorted(extra | missing))}"


def faults() -> Iterator[str]:
    """Sentences about all that keeps the translations from being complete."""
    found = texts_in_code()
    for language in LANGUAGES:
        catalog = read_catalog(language)
        where = catalog_path(language).relative_to(ROOT)
        for message in found:
            if message.id and catalog.get(message.id, message.context) is None:
                yield f"{where}: {message.id!r} is not there: run `make messages`, then translate it."
        for message in catalog:
            if message.id:
                yield from (
                    f"{where}: {message.id!r} {fault}." for fault in faults_of(message, catalog.num_plurals)
                )


def main(what: str, *paths: str) -> int:
    if what == "update":
        update()
    elif what == "compile":
        source, target = paths
        with Path(source).open("rb") as po, Path(target).open("wb") as mo:
            write_mo(mo, read_po(po))
    elif what == "check":
        sentences = list(faults())
        print("\n".join(sentences), end="\n" if sentences else "", file=sys.stderr)
        return 1 if sentences else 0
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
