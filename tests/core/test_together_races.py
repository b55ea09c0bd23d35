"""Two curators who save one record at the same moment, over two connections: nothing is lost."""

import pytest

from tests.conftest import RealDatabase

TYPED = ("Typed by ana", "Typed by boris")


@pytest.fixture(scope="module")
def rounds(real_database: RealDatabase) -> list[dict[str, object]]:
    found: list[dict[str, object]] = real_database.run("save_twice_at_once")
    return found


def test_what_two_write_into_different_fields_is_all_kept(rounds: list[dict[str, object]]) -> None:
    for one in rounds[::2]:
        assert one["faults"] == []
        assert one["statuses"] == [302, 302]
        assert tuple(one["kept"]) == TYPED  # type: ignore[arg-type]
        assert one["revisions"] == 3


def test_of_what_two_write_into_the_same_field_one_is_saved_and_the_other_asked(
    rounds: list[dict[str, object]],
) -> None:
    for one in rounds[1::2]:
        statuses, pages, kept = one["statuses"], one["pages"], one["kept"]
        assert isinstance(statuses, list)
        assert isinstance(pages, list)
        assert isinstance(kept, list)
        assert one["faults"] == []
        assert sorted(statuses) == [200, 302]
        assert kept[0] == TYPED[statuses.index(302)]
        # Whoever came second has their own words before them, beside those that are saved.
        assert all(words in pages[statuses.index(200)] for words in TYPED)
        assert one["revisions"] == 2
