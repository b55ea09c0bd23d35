"""Fixtures for the tests of events."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture
def english() -> Iterator[None]:
    """Words and addresses are made in English, whatever a test before asked for."""
    with translation.override("en"):
        yield
