"""Webhooks at the desk: added, tried out, given a new secret, switched on and off."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cubaru.core.admin.by_role import ByRole
from cubaru.core.admin.lists import Listed
from cubaru.core.documents import kind_named
from cubaru.core.models import Action
from cubaru.core.roles import Right, may
from hooks.admin.form import WebhookForm
from hooks.messages import ping
from hooks.models import Delivery, Webhook

#: In the session of whoever made a secret: the webhook whose secret they may see once.
SHOW_ONCE = "webhook_secret_to_show"


@admin.register(Webhook)
class WebhookAdmin(ByRole, Listed):
    form = WebhookForm
    change_form_template = "admin/hooks/webhook.html"
    list_display = ("address", "told_of", "how_it_is", "waiting", "last_tried")
    list_filter = ("is_active",)
    search_fields = ("address", "notify")
    search_help_text = _("By address or e-mail.")
    fields = ("address", "actions", "kinds", "notify", "is_active", "how_it_is", "made_at", "made_by")
    readonly_fields = ("how_it_is", "made_at", "made_by")

    def get_urls(self) -> list[Any]:
        pages = (("test", self.test_view), ("secret", self.secret_view))
        return [
            path(f"<int:webhook_id>/{name}/", self.admin_site.admin_view(view), name=f"hooks_webhook_{name}")
            for name, view in pages
        ] + super().get_urls()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        own = Delivery.objects.filter(webhook=OuterRef("pk")).order_by()
        waiting = own.outstanding().values("webhook").annotate(count=Count("pk")).values("count")
        tried = own.filter(last_try__isnull=False).order_by("-entry_id").values("last_try")[:1]
        webhooks = super().get_queryset(request).select_related("made_by")
        counted: QuerySet[Any] = webhooks.annotate(
            outstanding=Coalesce(Subquery(waiting), 0), tried=Subquery(tried)
        )
        return counted

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_fields(request, obj)
        return fields if obj is not None else [name for name in fields if name not in self.readonly_fields]

    def save_model(self, request: HttpRequest, obj: Webhook, form: Any, change: bool) -> None:
        if not change:
            obj.made_by_id = request.user.pk
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: Webhook, post_url_continue: Any = None) -> HttpResponse:
        return self._show_secret(request, obj)

    # The columns -----------------------------------------------------------------------------------

    @admin.display(description=_("told of"))
    def told_of(self, webhook: Webhook) -> str:
        actions = [str(action.label) for action in Action if action in webhook.actions]
        kinds = [str(kind_named(name).model._meta.verbose_name_plural) for name in webhook.kinds]
        return ", ".join(actions) + (f" ({', '.join(kinds)})" if kinds else "")

    @admin.display(description=_("how it is"))
    def how_it_is(self, webhook: Webhook) -> str:
        if not webhook.is_active:
            return " ".join(filter(None, (gettext("Switched off."), webhook.switched_off_why)))
        if webhook.failures:
            sentence = ngettext("%(count)d try failed.", "%(count)d tries in a row failed.", webhook.failures)
            return sentence % {"count": webhook.failures}
        return gettext("All is well.")

    @admin.display(description=_("waiting"), ordering="outstanding")
    def waiting(self, webhook: Any) -> int:
        return int(webhook.outstanding)

    @admin.display(description=_("last try"), ordering="tried")
    def last_tried(self, webhook: Any) -> Any:
        return webhook.tried

    # The pages -------------------------------------------------------------------------------------

    def test_view(self, request: HttpRequest, webhook_id: int) -> HttpResponse:
        """Sends a message that tells of nothing, at once, and shows the answer."""
        webhook = self._webhook(request, webhook_id)
        message = answer = None
        if request.method == "POST":
            message = ping(webhook)
            answer = message.send(webhook)
        return self._page(
            request, "test", webhook, title=gettext("Send a test"), message=message, answer=answer,
            body=message.body.decode() if message else "",
        )  # fmt: skip

    def secret_view(self, request: HttpRequest, webhook_id: int) -> HttpResponse:
        """Shows a secret that was just made, once; makes a new one."""
        webhook = self._webhook(request, webhook_id)
        if request.method == "POST":
            webhook.renew_secret()
            self.log_change(request, webhook, gettext("A new secret was made."))
            return self._show_secret(request, webhook)
        is_shown = request.session.pop(SHOW_ONCE, None) == webhook.pk
        return self._page(
            request, "secret", webhook, title=gettext("Secret"), secret=webhook.secret if is_shown else ""
        )

    def _show_secret(self, request: HttpRequest, webhook: Webhook) -> HttpResponse:
        request.session[SHOW_ONCE] = webhook.pk
        return HttpResponseRedirect(reverse("admin:hooks_webhook_secret", args=[webhook.pk]))

    def _webhook(self, request: HttpRequest, webhook_id: int) -> Webhook:
        webhook = Webhook.objects.filter(pk=webhook_id).first()
        if not may(request.user, Right.CHANGE, Webhook):
            raise PermissionDenied
        if webhook is None:
            raise Http404(gettext("There is no such page."))
        return webhook

    def _page(self, request: HttpRequest, name: str, webhook: Webhook, **more: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "webhook": webhook,
            "list_title": capfirst(str(self.opts.verbose_name_plural)), **more,
        }  # fmt: skip
        response = TemplateResponse(request, f"admin/hooks/{name}.html", context)
        response["Cache-Control"] = "private, no-store"
        return response
