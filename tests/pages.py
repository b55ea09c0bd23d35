"""What tests read of a page."""

import re

from django.test import Client


def text_of(client: Client, path: str, status: int = 200) -> str:
    """The page as it comes, with its white space made one."""
    answer = client.get(path)
    assert answer.status_code == status
    return re.sub(r"\s+", " ", answer.content.decode())


def visible(html: str) -> str:
    """The words of a page without what marks them up."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
