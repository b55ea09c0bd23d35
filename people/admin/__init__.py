"""The admin of people and organizations."""

from people.admin.organization import OrganizationAdmin
from people.admin.person import PersonAdmin

__all__ = ["OrganizationAdmin", "PersonAdmin"]
