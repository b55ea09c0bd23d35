"""What the full text is asked for, in a form that both databases' languages are written from."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the index, as `entries` made it."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms that stand side by side in this order."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of the parts, and none of `without`."""

    parts: "tuple[Expression, ...]"
    without: "tuple[Expression, ...]" = ()


Expression = Token | Phrase | AnyOf | AllOf


def any_token(tokens: list[str]) -> Expression:
    return Token(tokens[0]) if len(tokens) == 1 else AnyOf(tuple(Token(text) for text in tokens))


def in_fts5(expression: Expression) -> str:
    """The expression in the query language of SQLite's FTS5; every token in quotation marks."""
    match expression:
        case Token(text):
            return _fts5_string(text)
        case Phrase(terms):
            return f"(body : {_fts5_string(' '.join(terms))})"
        case AnyOf(parts):
            return "(" + " OR ".join(map(in_fts5, parts)) + ")"
        case AllOf(parts, without):
            wanted = "(" + " AND ".join(map(in_fts5, parts)) + ")"
            return f"({wanted} NOT ({' OR '.join(map(in_fts5, without))}))" if without else wanted


def _fts5_string(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def in_tsquery(expression: Expression, mark: str = "") -> str:
    """The expression as text of a PostgreSQL tsquery; with `mark` put before every token."""
    match expression:
        case Token(text):
            return lexeme(mark + text)
        case Phrase(terms):
            together = " <-> ".join(map(lexeme, terms))
            if mark:  # marked tokens have no places
                return "(" + " & ".join([*(lexeme(mark + term) for term in terms), f"({together})"]) + ")"
            return f"({together})"
        case AnyOf(parts):
            return _joined(" | ", parts, lambda part: in_tsquery(part, mark))
        case AllOf(parts, without):
            wanted = _joined(" & ", parts, lambda part: in_tsquery(part, mark))
            refused = [f"!{in_tsquery(part, mark)}" for part in without]
            return "(" + " & ".join([wanted, *refused]) + ")"


def _joined(operator: str, parts: tuple[Expression, ...], write: Callable[[Expression], str]) -> str:
    return "(" + operator.join(map(write, parts)) + ")"


def lexeme(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
