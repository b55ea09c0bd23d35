"""The index of the starter corpus, for all tests of search."""

from typing import Any

import pytest


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The index is there when the corpus is loaded through the ledger; else it is made from the editions."""
    from cubaru.core.search.checking import published_records, rebuild
    from cubaru.core.search.tables import SearchEntry

    with django_db_blocker.unblock():
        if not SearchEntry.objects.exists():
            rebuild(published_records())
