"""Sees to it that the browser tests find a Chromium: the system's, else one that Playwright fetches.

Where neither is to be had this says so and goes on: the browser tests then skip themselves, but with
CI=true they fail.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright


def main() -> None:
    if any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        return
    with sync_playwright() as playwright:
        if Path(playwright.chromium.executable_path).exists():
            return
    print("Fetching a Chromium for the browser tests", flush=True)
    fetch = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(fetch, check=False, capture_output=True).returncode:
        print(
            "None could be fetched: without a Chromium on this machine the browser tests are left out.",
            flush=True,
        )


if __name__ == "__main__":
    main()
