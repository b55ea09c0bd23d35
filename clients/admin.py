"""Tokens at the desk: everybody makes and revokes their own; whoever looks after logins sees all."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.models import Token
from clients.models.token import Scope
from clients.tokens import DAYS, MOST_DAYS, make_token, revoke, tokens_seen_by
from cubaru.core.admin.history import ReadOnlyAdmin
from cubaru.core.admin.workflow_pages import context_of
from cubaru.core.roles import Right, may


class TokenForm(forms.ModelForm):  # type: ignore[type-arg] # no generic class when the site runs
    days = forms.IntegerField(
        label=gettext_lazy("Days"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=DAYS,
        help_text=gettext_lazy("After so many days it expires."),
    )

    class Meta:
        model = Token
        fields = ("name", "may_write", "may_publish")


@admin.register(Token)
class TokenAdmin(ReadOnlyAdmin):
    """What is made is shown once; from then on only its beginning is seen, and it can be revoked."""

    form = TokenForm
    change_form_template = "admin/token_form.html"
    list_display = ("name", "start", "user", "scopes", "state", "expires_at", "last_used_at")
    search_fields = ("name", "start", "user__username")
    search_help_text = gettext_lazy("By name, beginning or login.")
    ordering = ("-pk",)
    add_words = gettext_lazy("Make a token")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, Right.VIEW, Token)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may(request.user, Right.ADD, Token)

    def get_queryset(self, request: HttpRequest) -> Any:
        return tokens_seen_by(request.user)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("name", "may_write", "may_publish", "days")
        return (
            "name", "start", "user", "scopes", "state", "made_at", "made_by", "expires_at", "last_used_at",
            "revoked_at",
        )  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return () if obj is None else self.get_fields(request, obj)

    @admin.display(description=gettext_lazy("scopes"))
    def scopes(self, token: Token) -> str:
        return ", ".join(scope.value for scope in Scope if scope in token.scopes)

    @admin.display(description=gettext_lazy("status"))
    def state(self, token: Token) -> str:
        if token.revoked_at is not None:
            return _("revoked")
        return _("valid") if token.expires_at > timezone.now() else _("expired")

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        # One button is enough: what comes next is always the page that shows the secret.
        context.update(show_save_and_add_another=False, show_save_and_continue=False)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        chosen = form.cleaned_data
        scopes = [
            scope
            for scope, column in ((Scope.WRITE, "may_write"), (Scope.PUBLISH, "may_publish"))
            if chosen[column]
        ]
        token, secret = make_token(request.user, name=chosen["name"], scopes=scopes, days=chosen["days"])
        obj.pk, obj.start = token.pk, token.start
        request.made_secret = secret  # type: ignore[attr-defined]

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> Any:
        """Shows the secret in the very answer: it is kept nowhere, not even until the next page."""
        context = context_of(
            request,
            _("Token made"),
            opts=self.opts,
            token=obj,
            secret=request.made_secret,  # type: ignore[attr-defined]
        )
        response = TemplateResponse(request, "admin/token_made.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response

    def get_urls(self) -> list[Any]:
        address = path(
            "<int:pk>/revoke/", self.admin_site.admin_view(self.revoke_view), name="clients_token_revoke"
        )
        return [address, *super().get_urls()]

    def revoke_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        token = self.get_queryset(request).filter(pk=pk).first()
        if token is None:
            raise Http404(_("There is no such page."))
        if request.method != "POST" or not self.has_view_permission(request, token):
            raise PermissionDenied
        revoke(token)
        messages.success(request, _("“%(token)s” is revoked: it opens nothing any more.") % {"token": token})
        return HttpResponseRedirect(reverse("admin:clients_token_change", args=[token.pk]))
