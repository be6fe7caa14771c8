"""The month: plan and result, what explains the difference, and which regions it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core import numbers
from core.colours import GAIN, LOSS, US
from core.cycle.variance.words import effect_label, effect_note
from core.exchange.slides.cells import count_cell, money_cell, percent_cell, points_cell, table_of, text_cell
from core.exchange.slides.content import Bars, Bridge, Series, Slide, Step
from core.i18n import N_, _, format_month
from core.metrics import metric
from core.reports.cycle.meeting.lines import EXPENSE, SALES, TO_DATE, VISITS
from core.reports.market.choices import level_label
from core.reports.monthly.gap import Gap
from core.store.market import geography

if TYPE_CHECKING:
    from core.exchange.slides.cells import Cell
    from core.exchange.slides.content import SlideTable
    from core.reports.cycle.meeting import MonthReview
    from core.reports.monthly.basis import Basis
    from core.reports.monthly.subject import Subject
    from core.store.database import Store
    from core.store.scope import Scope

LINES = {
    SALES: N_("Sales of the month"),
    TO_DATE: N_("Sales of the year so far"),
    VISITS: N_("Visits of the month"),
    EXPENSE: N_("Expenses"),
}
MOST_PARTS = 14


def result(basis: Basis, subject: Subject) -> Slide | Gap:
    """Return plan and result of the month, with the bridge from the same month a year earlier."""
    review = basis.review(subject)
    sold = review.lines.loc[SALES]
    if numbers.is_missing(sold["actual"]):
        return Gap(
            _("{region}: no sales of ours are recorded in {month}.", region=review.name,
              month=format_month(basis.request.month))
        )  # fmt: skip
    caption = basis.caption(
        _("Plan and result · {region}", region=review.name), _("Monthly meeting"), month_only=True
    )
    bridge = review.bridge("year")
    leaves = bridge[bridge["is_leaf"] & bridge["amount"].ne(0)] if len(bridge) else bridge
    notes = [note.sentence for note in review.notes]
    points = _points(leaves) if len(leaves) else ()
    return Slide(
        _answer(review, leaves, format_month(basis.request.month)),
        caption.title,
        _picture(review, leaves, basis),
        _lines(review),
        caption.source,
        notes=tuple(notes),
        points=points,
    )


def _answer(review: MonthReview, leaves: pd.DataFrame, month: str) -> str:
    sold = review.lines.loc[SALES]
    words = {"region": review.name, "month": month, "own": numbers.money(sold["actual"])}
    text = _("{region} sold {own} in {month}", **words)
    before, change = sold["previous"], sold["change"]
    if not numbers.is_missing(before) and before > 0:
        rate = numbers.percent(change / before, sign=True)
        text = _("{text}, {rate} on the year before", text=text, rate=rate)
    if not numbers.is_missing(sold["reached"]):
        text = _("{text}, {reached} of the target", text=text, reached=numbers.percent(sold["reached"]))
    if len(leaves):
        largest = leaves.loc[leaves["amount"].abs().idxmax()]
        text = _(
            "{text}; most of the change: {effect} {amount}",
            text=text,
            effect=effect_label(largest["key"]),
            amount=numbers.money(largest["amount"], sign=True),
        )
    return _("{text}.", text=text)


def _picture(review: MonthReview, leaves: pd.DataFrame, basis: Basis) -> Bridge | None:
    """Return the bridge; None where nothing is known of a year before or nothing was sold in either."""
    bridge = review.check.year
    if bridge is None or leaves.empty or bridge.start < 0 or bridge.end <= 0:
        return None
    scale = numbers.money_divisor()
    start, end = float(bridge.start), float(bridge.end)
    steps = [
        Step(_("A year before"), start / scale, numbers.money(start, unit=False), is_level=True),
        *(
            Step(effect_label(row.key), row.amount / scale, numbers.money(row.amount, unit=False, sign=True))
            for row in leaves.itertuples()
        ),
        Step(format_month(basis.request.month), end / scale, numbers.money(end, unit=False), is_level=True),
    ]
    levels, at = [], 0.0
    for step in steps:
        at = step.value if step.is_level else at + step.value
        levels.append(at)
    if min(levels) < 0:
        return None
    return Bridge(tuple(steps), numbers.heading(_("Own sales"), numbers.money_unit()), "#,##0")


def _points(leaves: pd.DataFrame) -> tuple[str, ...]:
    """Say how the parts of the bridge are computed and why one isn't parted further."""
    return (
        _("How to read it"),
        *(f"{effect_label(row.key)}: {effect_note(row.key, row.reason)}" for row in leaves.itertuples()),
    )


def _lines(review: MonthReview) -> SlideTable:
    rows: list[list[Cell]] = []
    for key, label in LINES.items():
        line = review.lines.loc[key]
        if line[["planned", "actual", "previous"]].isna().all():
            continue
        write = count_cell if key == VISITS else money_cell
        title = _(label) if key == VISITS else numbers.heading(_(label), numbers.money_unit())
        rows.append(
            [
                text_cell(title),
                write(line["planned"]),
                write(line["actual"]),
                percent_cell(line["reached"]),
                write(line["change"], sign=True),
            ]
        )
    headings = ("", _("Target"), _("Actual"), _("Reached (part of the target)"), _("On the year before"))
    return table_of(headings, rows)


def parts(basis: Basis, subject: Subject) -> Slide | Gap:
    """Return which regions the change of the month comes from."""
    review = basis.review(subject)
    rows = review.parts[review.parts["change"].notna()]
    named = rows[rows["region_id"].notna()]
    if named.empty:
        return Gap(
            _("{region}: no region below it can be compared with the year before.", region=review.name)
        )
    ordered = named.sort_values("change", ascending=False)
    best, worst = ordered.iloc[0], ordered.iloc[-1]
    grown = int((named["change"] > 0).sum())
    level = level_label(_level(basis.store, str(best["region_id"]), basis.request.scope))
    answer = _(
        "{grown} of {n} regions ({level}) sold more than a year before: {best} {more} at the top, "
        "{worst} {less} at the bottom.",
        grown=grown,
        n=len(named),
        level=level,
        best=best["name"],
        more=numbers.money(best["change"], sign=True),
        worst=worst["name"],
        less=numbers.money(worst["change"], sign=True),
    )
    shown = ordered
    if len(ordered) > MOST_PARTS:
        half = MOST_PARTS // 2
        shown = pd.concat([ordered[:half], ordered[-half:]])
    caption = basis.caption(_("Regions of the month"), _("Monthly meeting"), month_only=True)
    notes = (
        [] if len(shown) == len(ordered) else [_("The {n} largest gains and losses are shown.", n=len(shown))]
    )
    return Slide(
        answer, caption.title, _part_bars(shown), _part_table(shown), caption.source, notes=tuple(notes)
    )


def _level(store: Store, region_id: str, scope: Scope) -> str:
    return str(geography.path(store, region_id, scope)["level"].iloc[-1])


def _part_bars(rows: pd.DataFrame) -> Bars:
    scale = numbers.money_divisor()
    values = tuple(float(value) / scale for value in rows["change"])
    name = numbers.heading(_("Change on the year before"), numbers.money_unit())
    colours = tuple(GAIN if value >= 0 else LOSS for value in values)
    series = Series(name, values, US, labelled=True)
    return Bars(tuple(map(str, rows["name"])), (series,), name, "+#,##0.0;-#,##0.0;0", colours)


def _part_table(rows: pd.DataFrame) -> SlideTable:
    unit = numbers.money_unit()
    headings = (
        _("Region"),
        numbers.heading(_("Own sales"), unit),
        numbers.heading(_("Change"), unit),
        _(metric("share").label),
        _(metric("share_change").label),
    )
    cells = [
        [
            text_cell(row["name"]),
            money_cell(row["actual"]),
            money_cell(row["change"], sign=True),
            percent_cell(row["share"]),
            points_cell(row["share_change"]),
        ]
        for _index, row in rows.iterrows()
    ]
    return table_of(headings, cells)
