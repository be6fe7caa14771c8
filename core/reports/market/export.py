"""The market report as sheets of a file: the table, what its columns mean, and what to know about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core.exchange.tables import Sheet
from core.i18n import _
from core.metrics import FAMILIES, Format, Metric, metric
from core.reports.market.choices import level_label, names_of

if TYPE_CHECKING:
    from core.reports.market.market import MarketReport

# First what the market table is about, then the detail.
FIRST = (
    "region_id",
    "name",
    "level",
    "capacity",
    "capacity_previous",
    "growth",
    "own",
    "share",
    "rank",
    "rival_id",
    "rival_name",
    "rival_sales",
    "ratio",
    "state",
    "structure",
    "zone",
    "attack_order",
    "target_fixed",
    "target_least",
    "target_proportional",
    "target_base",
    "gap",
    "feasible",
)
# All others follow in the order in which they are declared.
COLUMNS = (
    *FIRST,
    *(each.key for each in FAMILIES["market"].values() if each.export and each.key not in FIRST),
)
_KINDS = {
    Format.MONEY: "money",
    Format.PERCENT: "percent",
    Format.CHANGE: "percent",
    Format.POINTS: "percent",
    Format.MULTIPLE: "ratio",
    Format.INTEGER: "count",
}


def market_sheets(report: MarketReport) -> list[Sheet]:
    """Return a market report as sheets, in the language in use.

    Returns
    -------
    list of Sheet
        The table under its English column names, one row per region; the meaning of the columns; the
        question, and the notes.
    """
    declared = {column: metric(column) for column in COLUMNS}
    table = report.regions.assign(name=names_of(report.regions))[list(declared)]
    kinds = {column: _KINDS[m.format] for column, m in declared.items() if m.format in _KINDS}
    # Sums of fen are exact to the fen; what is behind it is noise of binary fractions.
    money = [column for column, kind in kinds.items() if kind == "money"]
    table = table.assign(**{column: table[column].round(2) for column in money})
    return [
        Sheet("market", table, kinds),
        Sheet(_("Columns"), _meanings(declared)),
        Sheet(_("About"), _about(report)),
    ]


def _meanings(declared: dict[str, Metric]) -> pd.DataFrame:
    rows = [
        (key, _(m.label), m.unit, _(m.formula), _(m.explanation), m.source) for key, m in declared.items()
    ]
    titles = [_("Column"), _("Label"), _("Unit of values"), _("Formula"), _("Meaning"), _("Source")]
    return pd.DataFrame(rows, columns=titles)


def _about(report: MarketReport) -> pd.DataFrame:
    asked = report.request
    before = asked.period.previous
    rows = [
        (_("Own company"), asked.own_company),
        (_("Period"), f"{asked.start:%Y-%m} – {asked.end:%Y-%m}"),
        (_("Compared with"), f"{before.start:%Y-%m} – {before.end:%Y-%m}"),
        (_("Region level"), level_label(asked.level)),
        (_("Category"), asked.category or _("All categories")),
        (_("Within"), asked.within or "—"),
        (_("No row of ours means"), _("zero sales") if report.absent_is_zero else _("unknown sales")),
        (_("No.1 multiple"), f"{asked.k:g}"),
        (_("Growth cut"), str(asked.growth_cut)),
        (_("Share cut"), str(asked.share_cut)),
        *((_("Note"), note.sentence) for note in report.notes),
    ]
    return pd.DataFrame(rows, columns=[_("Item"), _("Content")])
