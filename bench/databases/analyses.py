"""What the index of search holds of events whose texts come again: put together from pieces analysed once."""

from cubaru.core.search.entries import GAP, KIND_MARK, SUMMARY_MARK, WHOLE_MARK, Analysis, Posting, analyse
from cubaru.core.search.tables import SearchEntry
from cubaru.core.search.words import stem

Texts = dict[str, list[list[str]]]
#: The texts up to the English summary, those from there to the labels, and the body.
Pieces = tuple[Analysis, Analysis, Analysis]


class Analyses:
    """Gives of each entry what `analyse` would, quicker."""

    def __init__(self) -> None:
        self._of_base: dict[int, Pieces] = {}
        self._of_labels: dict[str, Analysis] = {}

    def of(self, entry: SearchEntry, base: int, words: list[str]) -> Analysis:
        """`base` is the number of the entry's texts, `words` are those added to its English summary."""
        if base not in self._of_base:
            self._of_base[base] = _pieces(entry.texts, words)
        beginning, rest, body = self._of_base[base]
        labels = {path: texts for path, texts in entry.texts.items() if path.startswith("labels.")}
        key = str(labels)
        if key not in self._of_labels:
            self._of_labels[key] = _piece(labels)
        between = self._of_labels[key]
        texts, entry.texts = entry.texts, {}
        alone = analyse(entry)
        entry.texts = texts
        terms = [stem(word, "en") for word in words]
        marks = [
            *alone.posting.marks,
            *beginning.posting.marks,
            *(SUMMARY_MARK + term for term in terms),
            *rest.posting.marks,
            *between.posting.marks,
            *body.posting.marks,
        ]
        marks.sort(key=_comes_last)
        return Analysis(
            Posting(
                entry.id,
                [*beginning.posting.body, *terms, GAP, *rest.posting.body, GAP, *between.posting.body, GAP,
                 *body.posting.body],
                list(dict.fromkeys(marks)),
            ),
            beginning.pairs | dict(zip(zip(words, terms, strict=True), words, strict=True)) | rest.pairs
            | between.pairs | body.pairs,
            beginning.spellings | rest.spellings | between.spellings | body.spellings,
        )  # fmt: skip


def _comes_last(mark: str) -> bool:
    return mark.startswith(WHOLE_MARK)


def _pieces(texts: Texts, words: list[str]) -> Pieces:
    (language, english), *others = texts["summary"]
    plain = english.removesuffix(" ".join(["", *words]))
    return (
        _piece({"title": texts["title"], "summary": [[language, plain]]}),
        _piece({"summary": others}),
        _piece({"body": texts["body"]}),
    )


def _piece(texts: Texts) -> Analysis:
    found = analyse(SearchEntry(id=0, kind="event", themes=[], texts=texts))
    found.posting.marks.remove(f"{KIND_MARK}event")
    return found
