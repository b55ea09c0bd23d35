"""ClassSet: events that somebody put in an order, for a class or for themselves."""

from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cubaru.core.languages import LANGUAGES
from readers.codes import LENGTH, new_code

#: So many events are a path that can be walked in a class, and printed.
MOST_EVENTS: Final = 40
LONGEST_TITLE: Final = 120
LONGEST_NOTE: Final = 1000


class ClassSet(models.Model):
    """Saved once, never changed: whoever wants another makes another, with an address of its own."""

    code = models.CharField(_("code"), max_length=LENGTH, unique=True, default=new_code, editable=False)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    note = models.TextField(_("note"), blank=True)
    language = models.CharField(_("language"), max_length=2)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("class set")
        verbose_name_plural = _("class sets")
        ordering = ("-made_at", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(title=""), name="class_set_has_a_title"),
            models.CheckConstraint(
                condition=Q(language__in=LANGUAGES), name="class_set_is_in_a_language_of_the_site"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises TypeError for a set that is saved already."""
        if not self._state.adding:
            raise TypeError("A class set is never changed.")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("readers:class-set", args=[self.code])


class ClassSetEvent(models.Model):
    """An event of a set by its address, so that the set outlives the record: a merged one leads elsewhere,
    a withdrawn one leaves a line that says so.
    """

    class_set = models.ForeignKey(
        ClassSet, verbose_name=_("class set"), related_name="events", on_delete=models.CASCADE
    )
    position = models.PositiveSmallIntegerField(_("position"))
    slug = models.CharField(_("address"), max_length=100)

    class Meta:
        verbose_name = _("event of a class set")
        verbose_name_plural = _("events of class sets")
        ordering = ("position",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["class_set", "position"], name="class_set_has_one_event_at_a_place"
            ),
            models.UniqueConstraint(fields=["class_set", "slug"], name="class_set_has_an_event_once"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MOST_EVENTS), name="class_set_is_not_too_long"
            ),
            models.CheckConstraint(condition=~Q(slug=""), name="class_set_event_has_an_address"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.slug}"
