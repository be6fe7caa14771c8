"""The three standard sheets of the visits and the daily report, as one workbook [S3 p118, p120]."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from core.exchange import tables
from core.exchange.tables import Sheet
from core.i18n import _
from core.known_words import known_word
from core.visits.prospects import DECISIONS, HORIZONS, PROGRESS, PURPOSES, SOURCES, horizons, next_step

if TYPE_CHECKING:
    from core.visits.calendar import Period


def target_list(shops: pd.DataFrame) -> Sheet:
    """Return 目标名单: every customer of the rep, by name, with grade and frequency.

    Parameters
    ----------
    shops
        terminal_id, name, grade, outlet_type, region, address, visits, planned, minutes, own.
    """
    rows = shops[shops["visits"] > 0].reset_index(drop=True)
    table = pd.DataFrame(
        {
            _("No."): rows.index + 1,
            _("Customer ID"): rows["terminal_id"],
            _("Customer"): rows["name"],
            _("Grade"): rows["grade"],
            _("Type"): rows["outlet_type"].map(known_word),
            _("Region"): rows["region"],
            _("Address"): rows["address"],
            _("Visits in 4 weeks"): rows["visits"],
            _("Visits planned"): rows["planned"],
            _("Minutes a visit"): rows["minutes"],
            _("Own sales a month (yuan)"): rows["own"],
        }
    )
    return Sheet(_("Target list"), table, {_("Own sales a month (yuan)"): "money"})


def prospect_list(prospects: pd.DataFrame) -> Sheet:
    """Return 潜在客户名单: named accounts to be won, how far each is, and what the next visit is for.

    Parameters
    ----------
    prospects
        terminal_id, name, region, address, possibility, progress, source, visits, no_go, decision, next_on
        and next_content (of the last talk).
    """
    steps, lists = next_step(prospects), horizons(prospects)

    def words(values: pd.Series, labels: dict[str, str]) -> list[str | None]:
        return [None if pd.isna(v) else _(labels[v]) if v in labels else str(v) for v in values]

    table = pd.DataFrame(
        {
            _("Customer ID"): prospects["terminal_id"],
            _("Customer"): prospects["name"],
            _("Region"): prospects["region"],
            _("Address"): prospects["address"],
            _("Possibility (A/B/C)"): prospects["possibility"],
            _("Progress (Hot/Warm/Cold)"): words(prospects["progress"], PROGRESS),
            _("Found by"): words(prospects["source"], SOURCES),
            _("Visits made"): prospects["visits"],
            _("Next is visit no."): steps["next_visit"],
            _("Purpose of the visit"): [
                None if pd.isna(n) else _(PURPOSES[int(n) - 1]) for n in steps["next_visit"]
            ],
            _("Next visit on"): [None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in prospects["next_on"]],
            _("Content of the next visit"): prospects["next_content"],
            _("List"): words(lists, HORIZONS),
            _("No-go account"): [_("yes") if no_go else "" for no_go in prospects["no_go"]],
            _("Decision"): words(prospects["decision"], DECISIONS),
        }
    )
    return Sheet(_("Prospect list"), table)


def visit_control(
    stops: pd.DataFrame, shops: pd.DataFrame, period: Period, done: pd.DataFrame | None = None
) -> Sheet:
    """Return 拜访管理表: one row per customer, one column per week with its days, planned and done.

    Parameters
    ----------
    stops
        terminal_id and day (date) of the plan.
    shops
        terminal_id, name, grade.
    done
        terminal_id and day of the visits made; None where none are known yet.
    """
    week = [(day - period.start).days // 7 for day in stops["day"]]
    days = stops.assign(week=week, text=[f"{day:%m-%d}" for day in stops["day"]])
    by_week = days.groupby(["terminal_id", "week"])["text"].agg("、".join).unstack()
    order = shops[shops["terminal_id"].isin(by_week.index)].sort_values(["grade", "terminal_id"])
    by_week = by_week.reindex(order["terminal_id"])
    counts = stops.groupby("terminal_id").size().reindex(order["terminal_id"])
    columns = {
        _("Customer ID"): order["terminal_id"].to_numpy(),
        _("Customer"): order["name"].to_numpy(),
        _("Grade"): order["grade"].to_numpy(),
    }
    for number in range(period.weeks):
        label = _("Progress wk{number}", number=number + 1)
        columns[label] = by_week[number].to_numpy() if number in by_week else None
    columns[_("Planned")] = counts.to_numpy()
    made = (
        None if done is None else done.groupby("terminal_id").size().reindex(order["terminal_id"]).fillna(0)
    )
    columns[_("Done")] = None if made is None else made.to_numpy().astype(int)
    return Sheet(_("Visit control"), pd.DataFrame(columns))


def daily_report(rows: pd.DataFrame) -> Sheet:
    """Return the daily report: what is planned, and room for what happened and the next appointment.

    Parameters
    ----------
    rows
        Result of :func:`core.reports.visits.plan.visit_rows`.
    """
    empty = pd.Series([None] * len(rows), dtype=object)
    table = pd.DataFrame(
        {
            _("Day"): rows["day"].map(str),
            _("No."): rows["position"],
            _("Customer ID"): rows["terminal_id"],
            _("Customer"): rows["name"],
            _("Grade"): rows["grade"],
            _("Address"): rows["address"],
            _("Planned from"): rows["begins"],
            _("Planned to"): rows["ends"],
            _("Arrived"): empty,
            _("Left"): empty,
            _("Met the key person"): empty,
            _("Talk and result"): empty,
            _("Order (yuan)"): empty,
            _("Rival's moves"): empty,
            _("Next visit on"): empty,
            _("Next visit about"): empty,
        }
    )
    return Sheet(_("Daily report"), table)


def to_bytes(sheets: list[Sheet]) -> bytes:
    """Return a workbook of some sheets; a customer called “=1+1” stays a text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "visits.xlsx"
        tables.write(path, sheets)
        return path.read_bytes()
