"""The market report as sheets of a file: the table, what its columns mean, and what to know about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core.exchange.tables import Sheet
from core.i18n import N_, _
from core.metrics import Format, Metric, metric
from core.reports.market.choices import level_label, names_of

if TYPE_CHECKING:
    from core.reports.market.market import MarketReport

# What the store adds to the columns of the market table; those are explained in core.metrics.
_ADDED = (
    Metric("name", N_("Region"), N_("recorded"), N_("The region's name.")),
    Metric("level", N_("Region level"), N_("recorded"), N_("Code of the level.")),
    Metric("parent_id", N_("Parent region"), N_("recorded"), N_("The region this one belongs to.")),
    Metric("rival_name", N_("Benchmark rival's name"), N_("recorded"), N_("The rival's name.")),
    Metric(
        "capacity_source",
        N_("Source of the capacity"),
        N_("recorded, sum_of_sales, or mixed"),
        N_(
            "recorded: for the region or its parts; sum_of_sales: all companies' sales stand for it; mixed: "
            "both."
        ),
    ),
    Metric(
        "sales_difference",
        N_("Recorded less summed sales"),
        N_("figures recorded for regions less what is recorded below them"),
        N_("The recorded figure counts; shops that aren't in the store make the difference."),
        format=Format.MONEY,
    ),
    Metric(
        "months",
        N_("Months with figures"),
        N_("number of months of the period with sales or capacity"),
        N_("Fewer than the period has: the figures are too low."),
        format=Format.INTEGER,
    ),
    Metric(
        "months_previous",
        N_("Months with figures a year earlier"),
        N_("number of months a year earlier with sales or capacity"),
        N_("Fewer than in the period: the growth looks too high."),
        format=Format.INTEGER,
    ),
)
ADDED = {declared.key: declared for declared in _ADDED}
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
_REST = (
    "own_previous own_growth share_previous share_change share_symbol rival_share rival_growth "
    "ratio_previous named_rivals difficulty direction borderline robustness zone_rank opportunity "
    "needed_gain warnings gap_fixed gap_least feasibility market_needed cushion recorded_sales others "
    "unidentified s_above_capacity capacity_source sales_difference months months_previous parent_id missing"
)
COLUMNS = (*FIRST, *_REST.split())
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

    Parameters
    ----------
    report
        What to write.

    Returns
    -------
    list of Sheet
        The table under its English column names, one row per region; the meaning of the columns; the
        question, and the notes.
    """
    declared = {column: ADDED.get(column) or metric(column) for column in COLUMNS}
    table = report.regions.assign(name=names_of(report.regions))[list(COLUMNS)]
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
        (_("No.1 multiple"), f"{asked.k:g}"),
        (_("Growth cut"), str(asked.growth_cut)),
        (_("Share cut"), str(asked.share_cut)),
        *((_("Note"), note.sentence) for note in report.notes),
    ]
    return pd.DataFrame(rows, columns=[_("Item"), _("Content")])
