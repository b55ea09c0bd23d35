"""KeptAnswer: what a write was answered, for the client that did not hear it and asks again."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from clients.models.token import Token


class KeptAnswer(models.Model):
    """Written by `clients.idempotency` in the transaction of the write; goes after a day."""

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="kept_answers")
    key = models.CharField(max_length=255)
    #: SHA-256 of the method, the address and the body.
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["token", "key"], name="answer_is_kept_once_for_a_key"),
            models.CheckConstraint(condition=~Q(key=""), name="kept_answer_has_a_key"),
            models.CheckConstraint(
                condition=Q(status__gte=200, status__lt=300), name="kept_answer_is_that_of_a_success"
            ),
        ]
        indexes = [models.Index(fields=["made_at"], name="kept_answers_by_age")]

    def __str__(self) -> str:
        return f"{self.key}: {self.status}"
