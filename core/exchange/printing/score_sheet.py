"""The score sheet of a rep's relationship with a terminal, with the document's own headings [S1 1-1]."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from core.customers.forms.terminals import note_field, score_field
from core.exchange.printing.form import PaperForm
from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.customers.accounts.score_sheet import Template


@dataclass(frozen=True)
class SheetHead:
    """What stands over the items.

    Parameters
    ----------
    employee, region, number
        The rep, the managed region and the number of the sheet; empty to be written by hand.
    """

    employee: str
    region: str
    number: str
    terminal: str


def score_page(head: SheetHead, template: Template, values: Mapping[str, object] | None) -> PaperForm:
    """Return the sheet as a page; without values it is empty, to be filled in by hand.

    Parameters
    ----------
    template
        Wording and points of the items.
    values
        The sheet's fields; items without points stay empty, and then so does the total.
    """
    filled = values or {}
    scores = [filled.get(score_field(item)) for item in template.items]
    total = None if any(score is None for score in scores) else sum(float(str(score)) for score in scores)
    table = pd.DataFrame(
        {
            _("No."): [*map(str, template.items), ""],
            _("Item assessed"): [*(_(wording) for wording in template.items.values()), _("Total")],
            _("Standard points"): [*template.standard.values(), sum(template.standard.values())],
            _("Points given"): pd.Series([*scores, total], dtype=object),
            _("Remarks"): pd.Series(
                [*(filled.get(note_field(item)) for item in template.items), None], dtype=object
            ),
        }
    )
    day = filled.get("assessed_on")
    return PaperForm(
        _("Quantitative assessment of the terminal rep's customer relationship"),
        {
            _("Sales representative"): head.employee,
            _("Managed region"): head.region,
            _("Sheet number"): head.number,
            _("Terminal"): head.terminal,
        },
        table,
        {
            _("Assessor (signed by hand)"): str(filled.get("assessor") or ""),
            _("Time of the assessment"): "" if day is None else str(day),
        },
        {_("No."): 16, _("Item assessed"): 44, _("Remarks"): 36},
    )
