"""Words that Streamlit itself shows, in the user's language.

Streamlit has no translations. ``assets/words.js`` asks for these pairs once and exchanges the texts,
hints and place-holders wherever they turn up in the document. ``{size}`` stands for any text.
"""

from __future__ import annotations

from core.i18n import N_, _, language
from core.settings import Settings

FILES = (
    N_("Upload"),
    N_("Add files"),
    N_("Drag and drop files here"),
    N_("Drag and drop a file here"),
    N_("{size} per file"),
    N_("{type} files are not allowed."),
    N_("File must be {size} or smaller."),
)
CHOICES = (
    N_("Choose an option"),
    N_("Choose options"),
    N_("No options to select"),
    N_("No results"),
    N_("Select all"),
    N_("Clear all"),
    N_("Clear value"),
    N_("Open"),
    N_("Increment"),
    N_("Decrement"),
    N_("Press Enter to apply"),
    N_("Copy to clipboard"),
    N_("Show password text"),
)
TABLES = (
    N_("Download as CSV"),
    N_("Search"),
    N_("Show/hide columns"),
    N_("Fullscreen"),
    N_("Close fullscreen"),
    N_("Clear selection"),
    N_("Sort ascending"),
    N_("Sort descending"),
    N_("Autosize"),
    N_("Pin column"),
    N_("Unpin column"),
    N_("Hide column"),
    N_("Copy column name"),
    N_("Statistics"),
    N_("Format"),
    N_("Automatic"),
    N_("Plain"),
    N_("Compact"),
    N_("Percent"),
    N_("Dollar"),
    N_("Euro"),
    N_("Accounting"),
    N_("Scientific"),
    N_("Localized"),
    N_("Distance"),
    N_("Calendar"),
    N_("Empty"),
    N_("Distinct"),
    N_("Minimum"),
    N_("Maximum"),
    N_("Average"),
    N_("Median"),
    N_("Sum"),
    N_("Range"),
    N_("Standard deviation"),
    N_("Minimum length"),
    N_("Maximum length"),
    N_("Average length"),
    N_("Loading..."),
    N_("empty"),
)
CHARTS = (
    N_("Download plot as a PNG"),
    N_("Download plot as a png"),
    N_("Zoom"),
    N_("Pan"),
    N_("Box Select"),
    N_("Lasso Select"),
    N_("Zoom in"),
    N_("Zoom out"),
    N_("Autoscale"),
    N_("Reset axes"),
    N_("Reset view"),
    N_("Reset"),
)
FRAME = (
    N_("Close"),
    N_("Dismiss"),
    N_("Running..."),
    N_("Connecting"),
    N_("Connection error"),
    N_("Connection timed out."),
    N_("Main menu"),
    N_("Collapse sidebar"),
    N_("Expand sidebar"),
    N_("Skip to main content"),
    N_("Page not found"),
    N_("The page that you have requested does not seem to exist. Running the app's main page."),
    N_("Streamlit server is not responding. Are you connected to the internet?"),
    N_(
        "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:"
    ),
    N_("About"),
    N_("Theme"),
    N_("System"),
    N_("Light"),
    N_("Dark"),
    N_("Use system setting"),
)


def pairs() -> dict[str, object]:
    """Return the default language and the Chinese of every phrase."""
    with language("zh_CN"):
        words = {phrase: _(phrase) for phrase in (*FILES, *CHOICES, *TABLES, *CHARTS, *FRAME)}
    return {"default": Settings.from_environment().language, "words": words}
