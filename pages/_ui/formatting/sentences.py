"""Sentences one after the other, parted as the user's language parts them."""

from __future__ import annotations

from core.i18n import current_language

# The Chinese full stop brings its own room.
_BETWEEN = {"zh_CN": ""}


def sentences(*sentence: str) -> str:
    """Return sentences as one text; an empty one is left out."""
    return _BETWEEN.get(current_language(), " ").join(part for part in sentence if part)
