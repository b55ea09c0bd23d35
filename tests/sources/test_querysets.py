"""Querysets of sources: what readers are shown of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sources.models import Source
from tests.factories import AccessPointFactory, SourceFactory

pytestmark = pytest.mark.django_db


def test_source_is_loaded_with_where_it_can_be_read_in_order() -> None:
    source = SourceFactory()
    second, first = (
        AccessPointFactory(source=source, position=1),
        AccessPointFactory(source=source, position=0),
    )
    [found] = Source.objects.with_public_parts().filter(pk=source.pk)
    with CaptureQueriesContext(connection) as asked:
        assert list(found.access.all()) == [first, second]
    assert len(asked) == 0
