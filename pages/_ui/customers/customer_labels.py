"""The words of dealers' codes."""

from __future__ import annotations

from core.i18n import N_, _

_TIERS = {"large": N_("Large customer"), "medium": N_("Medium customer"), "small": N_("Ordinary customer")}
_LEVELS = {"first": N_("General distributor"), "second": N_("Sub-dealer")}
_KINDS = {"dealer": N_("Dealer"), "terminal": N_("Terminal")}


def tier_word(code: object) -> str:
    """Return the word of a dealer's tier [S2, 2-4]; one of the company's own stays as it is."""
    return _word(_TIERS, code)


def level_word(code: object) -> str:
    """Return the word of a dealer's level."""
    return _word(_LEVELS, code)


def kind_word(code: object) -> str:
    """Return the word of a kind of customer."""
    return _word(_KINDS, code)


def _word(words: dict[str, str], code: object) -> str:
    text = "" if code is None or code != code else str(code)  # noqa: PLR0124 - NaN is not itself
    return _(words[text]) if text in words else text or "—"
