"""Logins and groups: an administrator looks after them, without a way to become more than that."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cubaru.core.admin.lists import Listed
from cubaru.core.roles import Role

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class AccountAdmin(Listed, UserAdmin):  # type: ignore[type-arg]
    """Only a superuser makes superusers, changes them, or gives rights outside of the groups."""

    list_display = ("username", "first_name", "last_name", "roles", "is_staff", "is_active", "last_login")
    list_filter = ("groups", "is_staff", "is_active", "is_superuser")
    ordering = ("username",)
    # Django's pair of lists, and its fields for a day and a time, have no names for who listens.
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        readonly = super().get_readonly_fields(request, obj)
        return readonly if is_superuser(request) else (*readonly, "is_superuser", "user_permissions")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _is_in_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _is_in_reach(request, obj)

    @admin.display(description=_("groups"))
    def roles(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())


@admin.register(Group)
class RoleAdmin(Listed, GroupAdmin):
    """The groups of the roles are written by `migrate`; what is changed in them would not last."""

    filter_horizontal = ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_role(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_role(obj)


def is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))


def _is_in_reach(request: HttpRequest, user: User | None) -> bool:
    return user is None or not user.is_superuser or is_superuser(request)


def _is_role(group: Group | None) -> bool:
    return group is not None and group.name in Role.values
