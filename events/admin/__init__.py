"""The admin of events, claims and themes; persons get the claims about them here."""

from events.admin.claim import ClaimAdmin
from events.admin.event import EventAdmin
from events.admin.evidence_page import register_evidence
from events.admin.person import PersonWithClaimsAdmin
from events.admin.theme import ThemeAdmin

__all__ = ["ClaimAdmin", "EventAdmin", "PersonWithClaimsAdmin", "ThemeAdmin"]

register_evidence()
