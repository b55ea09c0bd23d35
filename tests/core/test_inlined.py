"""Files that are written into a page."""

import pytest

from cubaru.core.inlined import content_of


def test_file_that_set_up_has_not_made_is_told_of() -> None:
    with pytest.raises(FileNotFoundError, match="run `make setup`"):
        content_of("vendor/nothing.css")
