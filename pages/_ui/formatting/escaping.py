"""Names as text: what Markdown, plotly or HTML would read as an instruction appears as it was typed."""

from __future__ import annotations

from html import escape as escape_html

__all__ = ["escape_html", "escape_markdown", "escape_plotly"]

SIGNS = frozenset("\\`*_{}[]()#+-!|<>$~:&")


def escape_markdown(text: object) -> str:
    """Return text whose signs stand for themselves in Streamlit's Markdown, LaTeX and colours included."""
    return "".join("\\" + sign if sign in SIGNS else sign for sign in str(text or ""))


def escape_plotly(text: object) -> str:
    """Return text whose tags and entities stand for themselves in a figure; LaTeX is off in its settings."""
    return escape_html(str(text), quote=False)
