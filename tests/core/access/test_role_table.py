"""docs/security.md shows the roles as they are declared."""

from __future__ import annotations

from pathlib import Path

from core.access.role_table import role_table

FILE = Path(__file__).resolve().parents[3] / "docs" / "security.md"


def test_the_documented_roles_are_the_declared_ones() -> None:
    """The tables between the marks are what ``python -m core users roles --language en`` prints."""
    text = FILE.read_text("utf-8")
    begin, end = "<!-- roles: begin -->\n", "<!-- roles: end -->"
    assert text.partition(begin)[2].partition(end)[0] == role_table()
