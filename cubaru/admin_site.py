"""The desk: Django's admin site in the chronicle's own order, with a choice of language."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import F, QuerySet, Value
from django.db.models.functions import StrIndex
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.i18n import set_language

#: The groups of the navigation, each with its models in order; what is not named comes last.
GROUPS = (
    ("records", _("Records"), ("Event", "Claim", "Person", "Organization", "Place", "Theme", "Source")),
    ("history", _("History"), ("Revision", "PastSlug")),
    ("curators", _("Curators"), ("User", "Group")),
)


class DeskConfig(AdminConfig):
    default_site = "cubaru.admin_site.Desk"


class ChoicesView(AutocompleteJsonView):
    """Records to choose from: those named so first, each with what tells it apart."""

    def get_queryset(self) -> QuerySet[Any]:
        from cubaru.core.folding import fold

        found: QuerySet[Any] = super().get_queryset()
        words = fold(self.term).split()
        if not words or not hasattr(self.model_admin, "choice_label"):
            return found
        # `folded` begins with the names.
        return found.order_by(StrIndex(F("folded"), Value(words[0])), "slug")

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        result: dict[str, str] = super().serialize_result(obj, to_field_name)
        if hasattr(self.model_admin, "choice_label"):
            result["text"] = self.model_admin.choice_label(obj)
        return result


class Desk(AdminSite):
    site_title = _("cubaru desk")
    site_header = "cubaru"
    index_title = _("Desk")

    def get_urls(self) -> list[Any]:
        from cubaru.core.admin.date_help import typed_date

        return [
            path("language/", self.language_view, name="language"),
            path("typed-date/", self.admin_view(typed_date), name="typed_date"),
            *super().get_urls(),
        ]

    def language_view(self, request: HttpRequest) -> HttpResponse:
        """Remembers the language in a cookie that only the desk is sent: public pages have none."""
        response: HttpResponse = set_language(request)
        cookie = response.cookies.get(settings.LANGUAGE_COOKIE_NAME)
        if cookie is not None:
            cookie["path"] = reverse("admin:index", current_app=self.name)
            cookie["samesite"] = "Lax"
        return response

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        response: Any = never_cache(ChoicesView.as_view(admin_site=self))(request)
        return response  # type: ignore[no-any-return]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        if app_label is not None:
            return super().get_app_list(request, app_label)
        models = {
            model["object_name"]: model for app in super().get_app_list(request) for model in app["models"]
        }
        groups = [
            self._group(label, title, [models.pop(name) for name in names if name in models])
            for label, title, names in GROUPS
        ]
        groups.append(self._group("other", _("Other"), list(models.values())))
        return [group for group in groups if group["models"]]

    def _group(self, label: str, title: Any, models: list[Any]) -> dict[str, Any]:
        return {
            "name": title,
            "app_label": label,
            "app_url": reverse("admin:index", current_app=self.name),
            "has_module_perms": True,
            "models": models,
        }
