"""Deliveries at the desk: what was sent, what came of it, and sending it again."""

import json
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cubaru.core.admin.history import ReadOnlyAdmin
from cubaru.core.roles import Right, may
from hooks.messages import message_of
from hooks.models import Delivery, Webhook


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ("message", "webhook", "what", "state", "tries", "next_try", "status")
    list_display_links = ("message",)
    list_filter = ("state", "webhook")
    list_select_related = ("webhook", "entry")
    search_fields = ("message_id", "entry__slug")
    search_help_text = _("By the number of the message, or the address of the record.")
    fields = (
        "webhook", "what", "message_id", "state", "tries", "last_try", "next_try", "status", "said", "body",
    )  # fmt: skip
    readonly_fields = ("what", "body")
    actions = ("send_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("entry__document")

    @admin.display(description=_("message"), ordering="pk")
    def message(self, delivery: Delivery) -> str:
        return f"{delivery.message_id[:12]}…"

    @admin.display(description=_("what"), ordering="entry_id")
    def what(self, delivery: Delivery) -> SafeString:
        entry = delivery.entry
        return format_html(
            "{} · {} · {}/{}", entry.number, entry.get_action_display(), entry.kind, entry.slug
        )

    @admin.display(description=_("what is sent"))
    def body(self, delivery: Delivery) -> SafeString:
        sent = json.loads(message_of(delivery).body)
        return format_html(
            '<pre class="document" tabindex="0">{}</pre>', json.dumps(sent, ensure_ascii=False, indent=1)
        )

    def has_send_permission(self, request: HttpRequest) -> bool:
        return may(request.user, Right.CHANGE, Webhook)

    @admin.action(description=_("Send again"), permissions=["send"])
    def send_again(self, request: HttpRequest, deliveries: Any) -> None:
        off = deliveries.filter(webhook__is_active=False).exists()
        count = Delivery.objects.filter(pk__in=[one.pk for one in deliveries]).send_again()
        sentence = ngettext(
            "%(count)d delivery is sent again when it is its turn.",
            "%(count)d deliveries are sent again when it is their turn.",
            count,
        )
        self.message_user(request, sentence % {"count": count}, messages.SUCCESS)
        if off:
            page = reverse("admin:hooks_webhook_changelist")
            self.message_user(
                request,
                format_html(
                    '{} <a href="{}">{}</a>',
                    _("A webhook among them is switched off: nothing is sent before it is switched on."),
                    page,
                    _("Webhooks"),
                ),
                messages.WARNING,
            )
