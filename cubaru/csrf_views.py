"""What is told when a form came without the cookie by which it is known to be ours."""

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cubaru.core.api.problems import PREFIX, problem_response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 in our own look, with how to go on; settings name it as CSRF_FAILURE_VIEW."""
    if request.path_info.startswith(PREFIX):
        return problem_response(request, 403)
    is_desk = request.path_info.startswith(reverse("admin:index"))
    context = {"form_url": request.get_full_path(), "reason": reason if settings.DEBUG else ""}
    if is_desk:
        context |= admin.site.each_context(request)
    return render(request, "admin/403_csrf.html" if is_desk else "403_csrf.html", context, status=403)
