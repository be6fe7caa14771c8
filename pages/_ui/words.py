"""Words that Streamlit itself shows, in the user's language.

Streamlit has no translations. ``assets/words.js`` asks for these pairs once and exchanges the texts,
hints and place-holders wherever they turn up in the document.
"""

from __future__ import annotations

from core.i18n import N_, _, language
from core.settings import Settings

PHRASES = (
    N_("Browse files"),
    N_("Upload"),
    N_("Drag and drop files here"),
    N_("Drag and drop file here"),
    N_("Choose an option"),
    N_("Choose options"),
    N_("No results"),
    N_("Fullscreen"),
    N_("Close fullscreen"),
    N_("Download as CSV"),
    N_("Search"),
    N_("Type to search"),
    N_("Show/hide columns"),
    N_("Running..."),
    N_("Stop"),
    N_("Clear"),
    N_("Clear value"),
    N_("Close"),
    N_("Connecting"),
    N_("Connection error"),
)


def pairs() -> dict[str, object]:
    """Return the default language and the Chinese of every phrase."""
    with language("zh_CN"):
        words = {phrase: _(phrase) for phrase in PHRASES}
    return {"default": Settings.from_environment().language, "words": words}
