"""Names as text: what Markdown, plotly or HTML would read as an instruction appears as it was typed."""

from __future__ import annotations

import re
from html import escape as escape_html

__all__ = ["escape_html", "escape_markdown", "escape_plotly"]

# Signs that mean something anywhere, a colon that may begin a colour or an icon, and what begins a line.
_SIGNS = re.compile(r"[\\`*_\[\]<$~&]|:(?=[A-Za-z+])|^[-+#>]|(?<=^\d)[.)]|(?<=^\d\d)[.)]", re.MULTILINE)


def escape_markdown(text: object) -> str:
    """Return text whose signs stand for themselves in Streamlit's Markdown, LaTeX and colours included."""
    return _SIGNS.sub(lambda sign: "\\" + sign[0], str(text or ""))


def escape_plotly(text: object) -> str:
    """Return text whose tags and entities stand for themselves in a figure; LaTeX is off in its settings."""
    return escape_html(str(text), quote=False)
