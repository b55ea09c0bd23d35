"""The desk: Django's admin site in the chronicle's own order, with a choice of language."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import StrIndex
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.i18n import set_language

#: The groups of the navigation, each with its models in order; what is not named comes last.
GROUPS = (
    ("records", _("Records"), ("Event", "Claim", "Person", "Organization", "Place", "Theme", "Source")),
    ("readers", _("Readers"), ("Correction", "ClassSet")),
    ("history", _("History"), ("ChangeSet", "Revision", "PastSlug")),
    ("curators", _("Curators"), ("User", "Group", "Token")),
    ("webhooks", _("Webhooks"), ("Webhook", "Delivery")),
)

#: So many choices are put in order; whoever looks further types more.
MOST_SUGGESTED = 50

#: Pages that are no lists of a model, by the group below whose models they stand.
PAGES = {"history": (("deleted", _("Deleted records")),)}


class DeskConfig(AdminConfig):
    default_site = "cubaru.admin_site.Desk"


class ChoicesView(AutocompleteJsonView):
    """Records to choose from: the likeliest first, then drafts; each with what tells it apart."""

    def get_queryset(self) -> QuerySet[Any]:
        from cubaru.core.folding import fold
        from cubaru.core.search.suggesting import suggest
        from cubaru.core.search.words import clean

        found: QuerySet[Any] = super().get_queryset()
        words = clean(self.term).split()
        if not words or not hasattr(self.model_admin, "choice_label"):
            return found
        likeliest = suggest(self.term, found.model._meta.model_name or "", MOST_SUGGESTED)
        place = Case(
            *(When(pk=pk, then=place) for place, pk in enumerate(likeliest)),
            # `folded` begins with the names.
            default=MOST_SUGGESTED + StrIndex(F("folded"), Value(fold(words[0]))),
        )
        return found.order_by(place, "slug")

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
        from cubaru.core.admin.history_pages import deleted_list, deleted_record
        from cubaru.core.admin.join_pages import join_page
        from cubaru.core.admin.likeness_pages import duplicates
        from cubaru.core.admin.presence_pages import presence
        from cubaru.core.admin.translation_pages import record_translations, translations
        from cubaru.core.admin.workflow_pages import my_work, proposal_page, proposal_preview, review_queue
        from events.admin.evidence_page import evidence_page

        return [
            path("language/", self.language_view, name="language"),
            path("open/<slug:kind>/<int:record_id>/", self.admin_view(presence), name="presence"),
            path("deleted/", self.admin_view(deleted_list), name="deleted"),
            path(
                "deleted/<slug:kind>/<int:record_id>/", self.admin_view(deleted_record), name="deleted_record"
            ),
            path("typed-date/", self.admin_view(typed_date), name="typed_date"),
            path("review/", self.admin_view(review_queue), name="review_queue"),
            path("my-work/", self.admin_view(my_work), name="my_work"),
            path("proposals/<int:pk>/", self.admin_view(proposal_page), name="proposal"),
            path(
                "proposals/<int:pk>/preview/",
                self.admin_view(proposal_preview, cacheable=True),
                name="proposal_preview",
            ),
            path("join/", self.admin_view(join_page), name="join"),
            path("duplicates/", self.admin_view(duplicates), name="duplicates"),
            path("evidence/", self.admin_view(evidence_page), name="evidence"),
            path("translations/", self.admin_view(translations), name="translations"),
            path(
                "translations/<slug:kind>/<int:record_id>/",
                self.admin_view(record_translations),
                name="record_translations",
            ),
            *super().get_urls(),
        ]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The first page: what there is to do, beside Django's own list of models."""
        from cubaru.core.admin.dashboard import dashboard

        return super().index(request, {**dashboard(request), **(extra_context or {})})

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
        groups = [self._group("work", _("Work"), self._pages_of_work(request))]
        groups += [
            self._group(
                label,
                title,
                [models.pop(name) for name in names if name in models] + self._pages(PAGES.get(label, ())),
            )
            for label, title, names in GROUPS
        ]
        groups.append(self._group("other", _("Other"), list(models.values())))
        return [group for group in groups if group["models"]]

    def _pages_of_work(self, request: HttpRequest) -> list[dict[str, Any]]:
        from cubaru.core.admin.workflow_pages import reviews_any

        pages = [
            ("my_work", _("My work")),
            ("translations", _("Translations")),
            ("duplicates", _("Possible duplicates")),
            ("evidence", _("Sources by year and theme")),
        ]
        if reviews_any(request.user):
            pages.insert(0, ("review_queue", _("Review queue")))
        return self._pages(pages)

    def _pages(self, pages: Iterable[tuple[str, Any]]) -> list[dict[str, Any]]:
        """Pages that are no lists of a model, as Django describes such lists."""
        return [
            {
                "name": title,
                "object_name": name,
                "admin_url": reverse(f"admin:{name}", current_app=self.name),
                "add_url": None,
                "view_only": True,
                "perms": {"view": True},
            }
            for name, title in pages
        ]

    def _group(self, label: str, title: Any, models: list[Any]) -> dict[str, Any]:
        return {
            "name": title,
            "app_label": label,
            "app_url": reverse("admin:index", current_app=self.name),
            "has_module_perms": True,
            "models": models,
        }
