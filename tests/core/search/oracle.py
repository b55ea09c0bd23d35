"""The full text without any database: what each expression means, said in a few lines of Python."""

from collections.abc import Iterable

from cubaru.core.search.entries import Posting
from cubaru.core.search.expressions import AllOf, AnyOf, Expression, Phrase, Token


def matches(posting: Posting, expression: Expression) -> bool:
    match expression:
        case Token(text):
            return text in posting.body or text in posting.marks
        case Phrase(terms):
            length = len(terms)
            return any(
                tuple(posting.body[at : at + length]) == terms for at in range(len(posting.body) - length + 1)
            )
        case AnyOf(parts):
            return any(matches(posting, part) for part in parts)
        case AllOf(parts, without):
            return all(matches(posting, part) for part in parts) and not any(
                matches(posting, part) for part in without
            )


def rows(postings: Iterable[Posting], expression: Expression, limit: int) -> list[int]:
    return sorted(posting.row for posting in postings if matches(posting, expression))[:limit]
