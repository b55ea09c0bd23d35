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
APPS = ("cubaru", "sources", "places", "people", "events", "hooks", "readers", "clients", "templates")
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
TAG = re.compile(r"<[^<>]+>")
# What a catalogue's head says of people and times, which are in the history of changes already.
NEEDLESS_HEAD = re.compile(
    rb'^"(?:Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator'
    rb"|Language-Team|Generated-By): .*\n",
    re.MULTILINE,
)
# The first plural form of these languages is for one thing only; that of Russian is for 21 and 31 too.
FIRST_FORM_IS_ONE = {"es"}
# Spanish and Russian quote with « ».
FOREIGN_QUOTE = re.compile("[“”„‟‘]")
MIXED_SCRIPTS = re.compile(r"[A-Za-z](?=[\u0400-\u04ff])|(?<=[\u0400-\u04ff])[A-Za-z]")
# Words that are wrong without their ё.
WITHOUT_YO = re.compile(
    r"\b(?:еще|ее|нее|мое|твое|свое|причем|дает|идет|ведет|ждет|прочтет|найдет|трех|четырех"
    r"|(?:от|у|рас)?счет\w*|партнер\w*|режиссер\w*|(?:опре|у|вы|раз)делен|изменен|подтвержден|утвержден"
    r"|поврежден|(?:неопре|опре|вы|у)деленн\w+|измененн\w+|подтвержденн\w+|утвержденн\w+|поврежденн\w+)\b",
    re.IGNORECASE,
)


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
        path.write_bytes(as_po(catalog))


def as_po(catalog: Catalog) -> bytes:
    """The text of a django.po: without numbers of lines and times, so that only real changes show."""
    file = BytesIO()
    write_po(file, catalog, width=100, ignore_obsolete=True, include_lineno=False)
    return NEEDLESS_HEAD.sub(b"", file.getvalue())


def texts_of(part: Any) -> list[str]:
    """A message's original or translation as a list, whether it has plural forms or not."""
    return [text or "" for text in part] if isinstance(part, (tuple, list)) else [part or ""]


def faults_of(message: Message, language: str, plural_forms: int) -> Iterator[str]:
    """What is wrong with one translation."""
    originals, forms = texts_of(message.id), texts_of(message.string)
    if message.fuzzy:
        yield "is marked as doubtful (fuzzy)"
    if message.pluralizable and len(forms) != plural_forms:
        yield f"has {len(forms)} of {plural_forms} plural forms"
    if not all(forms):
        yield "is not translated"
        return
    for place, form in enumerate(forms):
        # A form for exactly one thing may leave the number out, as "one event" does.
        is_one = message.pluralizable and place == 0 and language in FIRST_FORM_IS_ONE
        yield from faults_against(originals[0] if is_one else originals[-1], form)
        yield from faults_of_spelling(form, language)


def faults_against(original: str, form: str) -> Iterator[str]:
    """Where a translation does not have what its original has."""
    for what, pattern in (("placeholders", PLACEHOLDER), ("tags", TAG)):
        if differing := set(pattern.findall(original)) ^ set(pattern.findall(form)):
            yield f"differs in its {what}: {', '.join(sorted(differing))}"
    if original.count('"') != form.count('"'):
        yield "differs in its straight quotation marks"
    if (original[:1].isspace(), original[-1:].isspace()) != (form[:1].isspace(), form[-1:].isspace()):
        yield "differs in the spaces around it"


def faults_of_spelling(form: str, language: str) -> Iterator[str]:
    """What is written against the conventions of the language."""
    words = PLACEHOLDER.sub(" ", form)
    if found := FOREIGN_QUOTE.search(words):
        yield f"quotes with {found.group()} instead of « »"
    if MIXED_SCRIPTS.search(words):
        yield "mixes Latin and Cyrillic letters in a word"
    if language == "ru" and (found := WITHOUT_YO.search(words)):
        yield f"needs a ё: {found.group()}"


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
                for fault in faults_of(message, language, catalog.num_plurals):
                    yield f"{where}: {message.id!r} {fault}."


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
