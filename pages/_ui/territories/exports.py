"""Files to take away: balance and changes as a workbook, shops as GeoJSON, a slide."""

from __future__ import annotations

import io
import json
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from core import numbers
from core.exchange.formula_guard import WORKBOOK
from core.exchange.slides.content import Bars, Series, Slide, SlideTable
from core.i18n import _
from core.reports.territories.design import change_table
from core.reports.territories.units import MEASURES
from pages._ui.charts.palette import BEFORE, US
from pages._ui.components.downloads import XLSX, Download, slide_download
from pages._ui.territories.tables import balances
from pages._ui.territories.travel import travel_table

if TYPE_CHECKING:
    from pages._ui.charts.layout import Caption
    from pages._ui.territories.work import Work

BARS, ROWS = 10, 12


def downloads(work: Work, answer: str, caption: Caption) -> list[Download]:
    """Return what can be taken away."""
    name = _("Territories")
    return [
        Download(_("Table (Excel)"), f"{name}.xlsx", XLSX, partial(workbook, work)),
        Download("GeoJSON", f"{name}.geojson", "application/geo+json", partial(geojson, work)),
        slide_download(partial(territory_slide, work, answer, caption), name),
    ]


def workbook(work: Work) -> bytes:
    """Return the balance, and who gets which shop."""
    proposal = work.proposal or work.today
    changed = change_table(work.shops, proposal)
    headings = {
        "terminal_id": _("Customer ID"),
        "name": _("Customer"),
        "region": _("Region"),
        "grade": _("Grade"),
        "before": _("From rep (ID)"),
        "before_name": _("From rep"),
        "after": _("To rep (ID)"),
        "after_name": _("To rep"),
        "sales": numbers.heading(_("Own sales"), _("yuan")),
    }
    sheets = {_("Balance"): balances(work), _("Changes"): changed[list(headings)].rename(columns=headings)}
    if work.proof is not None:
        sheets[_("Planned travel")] = travel_table(work.proof)
    buffer = io.BytesIO()
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs={"options": WORKBOOK}) as writer:
        for title, table in sheets.items():
            table.to_excel(writer, sheet_name=title, index=False, freeze_panes=(1, 1))
            writer.sheets[title].autofit()
    return buffer.getvalue()


def geojson(work: Work) -> bytes:
    """Return every shop as a point (WGS-84) with its rep today and as proposed."""
    proposal = work.proposal or work.today
    reps = [*work.shops.reps["employee_id"], None]
    features = [
        {
            "type": "Feature",
            "geometry": {
                "type": "Point",
                "coordinates": [round(float(row.lon), 6), round(float(row.lat), 6)],
            },
            "properties": {
                "terminal_id": row.terminal_id,
                "name": row.name,
                "today": reps[before],
                "territory": reps[after],
            },
        }
        for row, before, after in zip(
            work.shops.table.itertuples(index=False), work.shops.today, proposal.territory, strict=True
        )
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def territory_slide(work: Work, answer: str, caption: Caption) -> Slide:
    """Lay out the spreads, today and as proposed, with the customers that change hands."""
    proposal = work.proposal or work.today
    rows = change_table(work.shops, proposal)
    lines = tuple(
        (
            str(row.name),
            str(row.before_name or "—"),
            str(row.after_name),
            numbers.money(row.sales, unit=False),
        )
        for row in rows[:ROWS].itertuples(index=False)
    )
    nothing = ((_("No customer changes hands."), "", "", ""),)
    headings = (
        _("Customer"), _("From rep"), _("To rep"), numbers.heading(_("Own sales"), numbers.money_unit()),
    )  # fmt: skip
    return Slide(
        answer,
        caption.title,
        Bars(
            tuple(_(label) for label in MEASURES.values()),
            (
                Series(
                    _("Today"), tuple(work.today.spread(name) for name in MEASURES), BEFORE, labelled=True
                ),
                Series(_("Proposed"), tuple(proposal.spread(name) for name in MEASURES), US, labelled=True),
            ),
            title=_("Highest ÷ lowest territory"),
            number_format="0.00",
        ),
        SlideTable(headings, lines or nothing, texts=3),
        caption.source,
        notes=work.shops.notes,
    )
