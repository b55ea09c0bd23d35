"""Proposals: changes to published records that wait for an editor. Readers go on seeing what is published.

A proposal is a document, with the revision that it is based on. When it is accepted, what it changed is
merged into the record as it is by then.
"""

from django.contrib.auth.models import AbstractBaseUser

from cubaru.core.documents import Document
from cubaru.core.models import Proposal, Record


def propose(record: Record, document: Document, *, by: AbstractBaseUser | None, note: str = "") -> Proposal:
    """Keeps the document as a change proposed to the record as it is now.

    Raises WorkflowError if the record is not published or the document says nothing new; PermissionDenied if
    `by` may not propose changes to it.
    """
    raise NotImplementedError


def accept(
    proposal: Proposal, *, by: AbstractBaseUser | None, answer: str = "", document: Document | None = None
) -> Record:
    """Makes the record be as proposed, merged with what has changed since; or as `document`, if given.

    Raises WorkflowError if the proposal was answered already, if `by` made it, or if it disagrees with what
    has changed since.
    """
    raise NotImplementedError


def decline(proposal: Proposal, *, by: AbstractBaseUser | None, answer: str) -> None:
    """Leaves the record as it is and tells the author why. Raises WorkflowError without an answer."""
    raise NotImplementedError


def take_back(proposal: Proposal, *, by: AbstractBaseUser | None) -> None:
    """The author thinks better of it."""
    raise NotImplementedError
