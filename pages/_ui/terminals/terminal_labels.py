"""The words of terminal codes."""

from __future__ import annotations

from core.i18n import N_, _

_STATUS = {
    "blank": N_("Blank"),
    "listed": N_("Listed"),
    "maintain": N_("Maintain"),
    "consolidate": N_("Consolidate"),
    "improve": N_("Improve"),
    "closed": N_("Closed"),
}


def status_word(code: object) -> str:
    """Return the word of a terminal's status; one of the company's own stays as it is."""
    text = str(code or "")
    return _(_STATUS[text]) if text in _STATUS else text or "—"
