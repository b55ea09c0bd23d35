"""Errors as application/problem+json (RFC 9457)."""

from rest_framework.views import exception_handler as exception_handler
