"""JSON as the API writes it."""

from rest_framework.renderers import JSONRenderer as JSONRenderer
