"""Keeps an exact copy of a chronicle: `python mirror.py https://SITE FOLDER`, again and again.

Each published record is a file FOLDER/KIND/SLUG.json. The number in FOLDER/newest says up to which change
the copy is true; a run that is stopped at any moment goes on from there the next time.
"""

import json
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path


def get(address: str) -> dict:
    """The answer at an address; waits where the site asks to."""
    while True:
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code != 429:
                raise
            time.sleep(int(error.headers["Retry-After"]))


def put(path: Path, text: str) -> None:
    """Writes a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)


def apply(folder: Path, change: dict) -> None:
    """Makes the copy as it is after a change; doing it twice does no harm."""
    path = folder / change["kind"] / f"{change['slug']}.json"
    if change["action"] == "edition":
        document = get(change["document_url"])["document"]
        put(path, json.dumps(document, ensure_ascii=False, sort_keys=True))
    else:  # withdrawn, merged into another record, or moved to another slug
        path.unlink(missing_ok=True)


def follow(site: str, folder: Path) -> int:
    """Brings the copy up to date, and returns the number of the newest change."""
    at = folder / "newest"
    since = int(at.read_text()) if at.exists() else 0
    while changes := get(f"{site}/api/v1/changes/?page_size=100&since={since}")["results"]:
        for change in changes:
            apply(folder, change)
            since = change["number"]
            put(at, str(since))
    return since


if __name__ == "__main__":
    print(follow(sys.argv[1].rstrip("/"), Path(sys.argv[2])))
