"""The ten-item score sheet of a rep's relationship with a terminal [1-1]: ten times ten points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.i18n import N_, _

if TYPE_CHECKING:
    import pandas as pd

ITEMS: dict[int, str] = {
    1: N_("Staff cards: kept and known by heart"),
    2: N_("Staff: acquainted both ways"),
    3: N_("Staff: familiar both ways"),
    4: N_("Visit frequency and visit targets attained"),
    5: N_("Helped the staff or the shop with something"),
    6: N_("Staff recommend our product first"),
    7: N_("Point-of-sale material or display placed free of charge"),
    8: N_("Staff know the product"),
    9: N_("Feedback from the staff: amount and quality"),
    10: N_("Regular, measured talks with the staff"),
}
STANDARD = 10
"""Points of an item; the sheet has 100."""

ROLES: dict[str, str] = {
    "provincial_manager": N_("Provincial manager"),
    "business_supervisor": N_("Business supervisor"),
    "terminal_supervisor": N_("Terminal supervisor"),
    "rep": N_("Terminal rep"),
}
"""Each has a sheet of its own; the document shows the rep's."""

FULL_FEEDBACK = 3
"""Records of feedback in a month that are worth the whole ten points of item 9 [I]."""


@dataclass(frozen=True)
class Template:
    """A sheet for one role.

    Parameters
    ----------
    role
        Of :data:`ROLES`.
    items
        Item number -> its wording.
    standard
        Item number -> points at most; they sum to 100.
    """

    role: str
    items: Mapping[int, str]
    standard: Mapping[int, float]

    def __post_init__(self) -> None:
        if set(self.items) != set(range(1, 11)) or set(self.standard) != set(self.items):
            raise InputError(_("A score sheet has the items 1 to 10."))
        if any(not 0 <= points <= 100 for points in self.standard.values()):
            raise InputError(_("The points of an item lie between 0 and 100."))
        if abs(sum(self.standard.values()) - 100) > 1e-9:
            raise InputError(
                _("The points of the sheet sum to {sum}.", sum=sum(self.standard.values())),
                _("Expected 100."),
            )


@dataclass(frozen=True)
class Proposal:
    """Points proposed from records, with the figures they come from.

    Parameters
    ----------
    points
        Out of ten, in halves; None where nothing is known.
    done, expected
        What was recorded, and what would be worth ten points.
    """

    points: float | None
    done: float
    expected: float | None


def frequency_points(visits: int, planned: float | None) -> Proposal:
    """Propose item 4: visits made against visits planned, never above ten.

    Parameters
    ----------
    visits
        Visits in the period.
    planned
        Visits planned in it; None or 0 without a plan, when nothing is proposed.
    """
    if not planned:
        return Proposal(None, float(visits), None)
    return Proposal(_halves(visits / planned), float(visits), float(planned))


def feedback_points(records: int | None, months: float, full: float = FULL_FEEDBACK) -> Proposal:
    """Propose item 9: records of feedback against ``full`` of them a month.

    Parameters
    ----------
    records
        Records in the period; None where no feedback is kept at all.
    full
        Records a month that are worth ten points.
    """
    if months <= 0 or full <= 0:
        raise InputError(_("Expected a period and a number of records above 0."))
    if records is None:
        return Proposal(None, 0.0, full * months)
    return Proposal(_halves(records / (full * months)), float(records), full * months)


def _halves(part: float) -> float:
    return float(np.floor(min(part, 1.0) * STANDARD * 2 + 0.5) / 2)


def sheet_totals(points: pd.DataFrame) -> pd.Series:
    """Sum sheets.

    Parameters
    ----------
    points
        One row per sheet and one column per item; missing where an item was not scored.

    Returns
    -------
    pandas.Series
        0 to 100 per sheet. The total of an incomplete sheet is missing: an item left out is not a zero.
    """
    return points.sum(axis=1).where(points.notna().all(axis=1))
