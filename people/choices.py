"""The fixed words of people and organizations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """What sort of body an organization is."""

    STATE = "state", _("state")
    GOVERNMENT = "government", _("government")
    MINISTRY = "ministry", _("ministry")
    MISSION = "mission", _("diplomatic mission")
    PARLIAMENT = "parliament", _("parliament")
    PARTY = "party", _("party")
    POLITICAL = "political", _("political organization")
    INTERNATIONAL = "international", _("international organization")
    MILITARY = "military", _("armed force")
    INTELLIGENCE = "intelligence", _("intelligence service")
    COMPANY = "company", _("company")
    BUSINESS = "business", _("business association")
    MEDIA = "media", _("media")
    CULTURE = "culture", _("cultural body")
    EDUCATION = "education", _("school or university")
    SCIENCE = "science", _("scientific body")
    RELIGIOUS = "religious", _("religious body")
    SOCIAL = "social", _("social organization")
    SPORT = "sport", _("sports body")
    OTHER = "other", _("other")
