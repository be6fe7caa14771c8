"""Text from files on the screen, without what Markdown would read as an instruction."""

from __future__ import annotations

SIGNS = frozenset("\\`*_{}[]()#+-!|<>$~:")


def escape_markdown(text: object) -> str:
    """Return text whose signs stand for themselves in Markdown."""
    return "".join("\\" + sign if sign in SIGNS else sign for sign in str(text or ""))
