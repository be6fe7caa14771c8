"""The day's report and the manager's board as workbooks to print [S3 p120, p122]."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from core.customers.forms.relationship import OUTCOMES, REVIEW
from core.cycle.day.board import STATES
from core.cycle.day.entry import DISPLAY, STOCK
from core.cycle.day.time_use import ACTIVITIES
from core.exchange.tables import Sheet
from core.i18n import _
from core.known_words import known_word


@dataclass(frozen=True, eq=False)
class DayPaper:
    """What the report of a day is written from.

    Parameters
    ----------
    route
        Shops of the day: route of :class:`core.reports.cycle.day.RepDay`.
    minutes
        Reported minutes by activity.
    """

    name: str
    day: dt.date
    route: pd.DataFrame
    visits: pd.DataFrame
    minutes: Mapping[str, float]
    remark: str
    tomorrow: str
    next_day: dt.date
    next_stops: Sequence[str]


def day_sheets(paper: DayPaper) -> list[Sheet]:
    """Return the visits of the day, its planned shops that nobody visited, its time, and tomorrow."""
    return [_visits(paper), _summary(paper)]


def _visits(paper: DayPaper) -> Sheet:
    rows = [_visit(number, row) for number, row in enumerate(paper.visits.to_dict("records"), 1)]
    missed = paper.route[~paper.route["terminal_id"].isin(paper.visits["terminal_id"])]
    rows += [
        {_("Customer ID"): row.terminal_id, _("Customer"): row.name, _("Result"): _("Not visited")}
        for row in missed[["terminal_id", "name"]].itertuples(index=False)
    ]
    table = pd.DataFrame(rows, columns=list(_visit(0, {})))
    return Sheet(_("Daily report"), table, {_("Order (yuan)"): "money"})


def _visit(number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    review = row.get("review") or {}
    points = [_(label) for code, label in REVIEW.items() if review.get(code) is True]
    return {
        _("No."): number,
        _("Customer ID"): row.get("terminal_id"),
        _("Customer"): row.get("name"),
        _("Arrived"): _clock(row.get("start_at")),
        _("Left"): _clock(row.get("end_at")),
        _("Purpose"): known_word(row.get("purpose")) or None,
        _("Result"): known_word(row.get("result")) or None,
        _("Order (yuan)"): row.get("order_amount"),
        _("Stock on the shelf"): _word(STOCK, row.get("stock")),
        _("Display"): _word(DISPLAY, row.get("display")),
        _("Our facings"): row.get("facings"),
        _("Outcome of the talk"): _word(OUTCOMES, review.get("outcome")),
        _("Points of the talk"): _(", ").join(points) or None,
        _("Next visit on"): review.get("next_on"),
        _("Next visit about"): review.get("next_content"),
        _("Remarks"): row.get("remark"),
    }


def _summary(paper: DayPaper) -> Sheet:
    orders = paper.visits["order_amount"].sum(min_count=1)
    visited = paper.route["terminal_id"].isin(paper.visits["terminal_id"])
    planned = paper.route["reason"].isin(("planned", "agreed", "late"))
    said: list[tuple[str, object]] = [
        (_("Sales representative"), paper.name),
        (_("Day"), f"{paper.day:%Y-%m-%d}"),
        (_("Shops on the route"), int(planned.sum())),
        (_("Visited of the route"), int((planned & visited).sum())),
        (_("Visits made"), len(paper.visits)),
        (_("Orders (yuan)"), None if pd.isna(orders) else float(orders)),
        *(
            (_("{activity} (minutes)", activity=_(ACTIVITIES.get(code, code))), value)
            for code, value in paper.minutes.items()
        ),
        (_("What must be known of the day"), paper.remark or None),
        (_("Next day"), f"{paper.next_day:%Y-%m-%d}"),
        *((str(number), name) for number, name in enumerate(paper.next_stops, 1)),
        (_("Also planned"), paper.tomorrow or None),
        (_("Signed"), None),
    ]
    return Sheet(_("Summary of the day"), pd.DataFrame(said, columns=[_("Item"), _("Content")]))


def board_table(board: pd.DataFrame) -> pd.DataFrame:
    """Return the manager's board with the headings of the screen.

    Parameters
    ----------
    board
        Result of :func:`core.cycle.day.board.board`.
    """
    return pd.DataFrame(
        {
            _("Sales representative"): board["name"],
            _("State of the day"): [_state(row) for row in board.to_dict("records")],
            _("Planned"): board["planned"],
            _("Planned and done"): board["done"],
            _("Done rate"): board["done_rate"],
            _("Beside the plan"): board["extra"],
            _("Visits made"): board["visits"],
            _("In others' shops"): board["elsewhere"],
            _("First arrival"): board["first"].map(_clock),
            _("Last departure"): board["last"].map(_clock),
            _("Minutes in the shops"): board["dwell"],
            _("Effective time"): board["effective_share"],
            _("Orders (yuan)"): board["order_amount"],
            _("Planned for the next day"): board["tomorrow"],
        }
    )


def _state(row: Mapping[str, Any]) -> str:
    """Return how a rep's day stands; where an arrival is open, the shop and since when."""
    if pd.isna(row["at_shop"]) or row["state"] == "reported":
        return _(STATES[row["state"]])
    return _("In {shop} since {time}", shop=row["at_shop"], time=_clock(row["arrived_at"]))


def board_sheet(board: pd.DataFrame) -> Sheet:
    """Return the manager's board as a sheet."""
    kinds = {_("Done rate"): "percent", _("Effective time"): "percent", _("Orders (yuan)"): "money"}
    return Sheet(_("Daily board"), board_table(board), kinds)


def _clock(moment: object) -> str | None:
    return None if moment is None or pd.isna(moment) else f"{pd.Timestamp(moment):%H:%M}"


def _word(choices: Mapping[str, str], code: object) -> str | None:
    if code is None or pd.isna(code):
        return None
    return _(choices[str(code)]) if str(code) in choices else str(code)
