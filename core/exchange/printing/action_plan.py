"""The action plan of a key account, with the document's own headings [S3 p149]."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.exchange.printing.form import PaperForm
from core.i18n import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

EMPTY_ROWS = 6
"""Rows of a plan without actions, to be filled in by hand."""


@dataclass(frozen=True)
class PlanHead:
    """What stands over the plan."""

    customer: str
    manager: str
    day: dt.date


def plan_page(head: PlanHead, actions: Sequence[Mapping[str, Any]]) -> PaperForm:
    """Return the plan as a page, its actions in order of their end.

    Parameters
    ----------
    actions
        Fields of :data:`core.customers.forms.key_accounts.ACTION`.
    """
    ordered = sorted(actions, key=lambda row: (row["end"] is None, str(row["end"]), str(row["start"])))
    rows = [
        (row["action"], row["steps"], row["responsible"], _period(row["start"], row["end"]), row["remarks"])
        for row in ordered
    ]
    columns = [
        _("Action - reason"),
        _("Steps"),
        _("Responsible person"),
        _("Starting and ending time"),
        _("Other comments"),
    ]
    return PaperForm(
        _("Action plan for the key account"),
        {
            _("Name of the customer"): head.customer,
            _("Name of the account manager"): head.manager,
            _("Date"): head.day.isoformat(),
        },
        pd.DataFrame(rows or [(None,) * 5] * EMPTY_ROWS, columns=columns, dtype=object),
        widths=dict(zip(columns, (40, 40, 14, 26, 30), strict=True)),
    )


def _period(start: dt.date | None, end: dt.date | None) -> str | None:
    if start is None and end is None:
        return None
    return f"{start or ''} – {end or ''}".strip()
