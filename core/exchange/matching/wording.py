"""The words of why two names are alike, and what is done with a name."""

from __future__ import annotations

from core.exchange.matching.results import Candidate, Verdict
from core.i18n import N_, _

_REASONS = {
    "confirmed": N_("confirmed before"),
    "exact": N_("the same but for blanks, brackets and widths"),
    "script": N_("the same in simplified characters"),
    "suffix": N_("the same without the legal form or level"),
    "pinyin": N_("sounds the same"),
    "contained": N_("one name holds the other"),
    "edit": N_("a few characters differ"),
    "path": N_("the regions named lead there"),
    "code": N_("the administrative code"),
    "short": N_("the official short name"),
    "abbreviation": N_("a shortened name"),
    "changed": N_("renamed or merged in {year}"),
    "earlier": N_("the name before {year}"),
}
_VERDICTS = {
    Verdict.ACCEPTED: N_("Accepted"),
    Verdict.PROPOSED: N_("To be confirmed"),
    Verdict.TIED: N_("Several are possible"),
    Verdict.UNKNOWN: N_("Not known"),
}
REASONS = tuple(_REASONS)


def reason_words(candidate: Candidate) -> str:
    """Return why a candidate is one, in the current language."""
    return _(_REASONS[candidate.reason], year=candidate.year or "")


def verdict_words(verdict: Verdict) -> str:
    """Return what is done with a name, in the current language."""
    return _(_VERDICTS[verdict])
