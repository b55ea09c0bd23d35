"""What no record can be called is nothing to PostgreSQL either, and no fault of the server."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["event", "claim", "person", "page", "nothing"])
def test_a_correction_of_nothing_is_answered(client: Client, kind: str) -> None:
    for method in (client.get, client.post):
        assert method(f"/en/corrections/new/?{kind}=a%00b").status_code in {200, 400, 404}


def test_a_class_set_leaves_out_what_cannot_be(client: Client) -> None:
    assert client.get("/en/sets/new/?event=a%00b&event=missile-crisis-1962&find=ca%00").status_code in {
        200,
        302,
    }
    assert client.post("/en/sets/new/", {"event": "a\0b", "title": "\0", "note": "\0"}).status_code == 400
