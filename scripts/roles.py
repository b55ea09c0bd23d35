"""Writes the tables of docs/roles.md anew from cubaru/core/roles.py."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "roles.md"
BEGIN, END = "<!-- tables -->\n", "<!-- end of tables -->\n"


def written(page: str, tables: str) -> str:
    """The page with these tables in it."""
    before, _mark, rest = page.partition(BEGIN)
    _old, _mark, after = rest.partition(END)
    return f"{before}{BEGIN}\n{tables}\n{END}{after}"


def main() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cubaru.settings")
    import django

    django.setup()
    from cubaru.core.roles_table import as_markdown

    PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), as_markdown()), encoding="utf-8")


if __name__ == "__main__":
    main()
