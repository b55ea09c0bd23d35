"""A progress bar on a terminal, and silence elsewhere."""

from typing import Any

from tqdm import tqdm


def progress_bar(total: int, what: str) -> "tqdm[Any]":
    """Call `.update()` for each of `total` pieces; a context manager that cleans up after itself."""
    return tqdm(total=total, desc=what, disable=None, leave=False, unit="")
