"""Keyset pagination: page 10,000 costs what page 1 does."""

from rest_framework.pagination import CursorPagination


class KeysetPagination(CursorPagination):
    ordering = "slug"
