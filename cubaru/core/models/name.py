"""Name: what a record is called, in one language and script."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cubaru.core.models.row import Part


class NameKind(models.TextChoices):
    NATIVE = "native", _("in its own language")
    TRANSLITERATION = "transliteration", _("transliteration")
    ALIAS = "alias", _("other name")
    BIRTH = "birth", _("name at birth")


LANGUAGE_TAG = RegexValidator(
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", _("A language is a BCP 47 tag, such as “ru” or “pt-BR”.")
)
SCRIPT_CODE = RegexValidator(
    r"^[A-Z][a-z]{3}\Z", _("A script is an ISO 15924 code, such as “Latn” or “Cyrl”.")
)


class Name(Part):
    text = models.CharField(pgettext_lazy("of anything", "name"), max_length=200)
    language = models.CharField(_("language"), max_length=20, validators=[LANGUAGE_TAG])
    script = models.CharField(_("script"), max_length=4, default="Latn", validators=[SCRIPT_CODE])
    kind = models.CharField(_("kind"), max_length=15, choices=NameKind.choices, default=NameKind.NATIVE)
    scheme = models.CharField(
        _("transliteration scheme"), max_length=40, blank=True, help_text=_("For example ISO 9, BGN/PCGN.")
    )

    class Meta(Part.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.text


def name_rules(model: str, owner: str) -> list[models.BaseConstraint]:
    """The constraints of a table of names; `model` begins their names, `owner` is the record's field."""
    return [
        models.CheckConstraint(condition=~Q(text=""), name=f"{model}_is_not_empty"),
        models.CheckConstraint(condition=Q(kind__in=NameKind.values), name=f"{model}_has_a_known_kind"),
        models.CheckConstraint(
            condition=Q(scheme="") | Q(kind=NameKind.TRANSLITERATION),
            name=f"{model}_has_a_scheme_only_as_transliteration",
        ),
        models.UniqueConstraint(
            fields=[owner, "text", "language", "kind"], name=f"{model}_stands_once_per_{owner}"
        ),
    ]
