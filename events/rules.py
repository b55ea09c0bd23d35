"""Rules over whole records: a verdict rests on citations, and on a second pair of eyes."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cubaru.core.document_items import Document
from events.choices import Verdict
from sources.choices import Stance


def verdicts_rest_on_citations(document: Document) -> None:
    """Corroborated needs support from a source other than an asserting one; contradicted a contradiction."""
    faults = [fault for claim in document.get("claims", []) for fault in _faults_of_verdict(claim)]
    if faults:
        raise ValidationError({"claims": faults})


def claims_are_checked_by_another(document: Document) -> None:
    """Whoever wrote a claim is not the one who checks it, unless the project is of one person (settings)."""
    if not settings.FOUR_EYES:
        return
    faults = [
        _("%(claim)s: %(who)s wrote this claim, so somebody else must check it.")
        % {"claim": claim["slug"], "who": claim["written_by"]}
        for claim in document.get("claims", [])
        if claim.get("checked_by") and claim.get("checked_by") == claim.get("written_by")
    ]
    if faults:
        raise ValidationError({"claims": faults})


def _faults_of_verdict(claim: Document) -> list[str]:
    sources: dict[str, set[str]] = {stance: set() for stance in Stance.values}
    for citation in claim.get("citations", []):
        sources[citation["stance"]].add(citation["source"])
    name = {"claim": claim["slug"]}
    if claim["verdict"] == Verdict.CORROBORATED and not sources[Stance.SUPPORTS] - sources[Stance.ASSERTS]:
        return [
            _("%(claim)s: “corroborated” needs a supporting citation from a source that does not assert it.")
            % name
        ]
    if claim["verdict"] == Verdict.CONTRADICTED and not sources[Stance.CONTRADICTS]:
        return [_("%(claim)s: “contradicted” needs a contradicting citation.") % name]
    return []
