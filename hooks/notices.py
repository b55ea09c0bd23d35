"""The e-mail that tells of a webhook that was switched off."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _

from cubaru.core.context import absolute
from hooks.models import Webhook

log = logging.getLogger("hooks")


def tell_switched_off(webhook: Webhook) -> None:
    """Whoever looks after it is told; that it cannot be told is logged, and changes nothing."""
    to = webhook.notify or (webhook.made_by.email if webhook.made_by else "")
    log.warning("%s was switched off: %s", webhook.address, webhook.switched_off_why)
    if not to:
        return
    page = absolute(reverse("admin:hooks_webhook_change", args=[webhook.pk]))
    lines = (
        _("Nothing more is sent to %(address)s.") % {"address": webhook.address},
        webhook.switched_off_why,
        _("When the receiver answers again, switch it on at %(page)s: it is then sent what waits.")
        % {"page": page},
        _("What changes meanwhile is not sent; it is in the list of changes: %(address)s")
        % {"address": absolute(reverse("api-changes-list"))},
    )
    try:
        send_mail(
            _("A webhook was switched off"), "\n\n".join(lines), settings.CONTACT_EMAIL, [to],
        )  # fmt: skip
    except (OSError, SMTPException):
        log.exception("the e-mail about %s could not be sent", webhook.address)
