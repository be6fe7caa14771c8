"""The five principles: how often each is kept, where most are broken, and what those markets are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import numbers
from core.colours import AGGREGATE, US
from core.exchange.slides.cells import count_cell, metric_cell, table_of, text_cell
from core.exchange.slides.content import Bars, Series, Slide
from core.i18n import _
from core.metrics import heading, metric
from core.reports.market.note import list_text
from core.reports.monthly.gap import Gap
from core.reports.strategy.principles import LABELS, principles_sentence

if TYPE_CHECKING:
    from core.reports.monthly.basis import Basis
    from core.reports.monthly.subject import Subject
    from core.reports.strategy.principles import PrincipleReport

MOST_ROWS = 10
VALUE = ("value_score", "value_rank")


def principles(basis: Basis, _subject: Subject) -> Slide | Gap:
    """Return 五大原则 of all regions, those with most broken ones beside the value of their market."""
    report = basis.principles()
    if not report.checks["status"].isin(["pass", "fail"]).any():
        return Gap(_("No principle can be decided on: visits and sales of rivals in the shops are missing."))
    caption = basis.caption(_("Five principles"), _("Four quadrants"))
    declared = [metric(key, "strategy") for key in VALUE]
    broken = metric("broken", "strategy")
    values = basis.values().reindex(report.table["region_id"])
    rows = [
        [text_cell(row["name"]), count_cell(row["broken"]), *(metric_cell(m, value[m.key]) for m in declared)]
        for row, value in zip(
            report.table[:MOST_ROWS].to_dict("records"), values[:MOST_ROWS].to_dict("records"), strict=True
        )
    ]
    headings = (_("Region"), heading(broken), *(heading(each) for each in declared))
    return Slide(
        principles_sentence(report), caption.title, _bars(report), table_of(headings, rows), caption.source
    )


def _bars(report: PrincipleReport) -> Bars:
    counts = report.checks.groupby(["principle", "status"]).size().unstack(fill_value=0)
    counts = counts.reindex(index=list(LABELS), columns=["pass", "fail"], fill_value=0)
    series = tuple(
        Series(name, tuple(float(count) for count in counts[status]), colour, labelled=True)
        for name, status, colour in (
            (_("Regions that keep it"), "pass", US),
            (_("Regions that break it"), "fail", AGGREGATE),
        )
    )
    return Bars(tuple(_(label) for label in LABELS.values()), series, number_format="#,##0")


def region_points(basis: Basis, subject: Subject) -> tuple[str, ...]:
    """Return the principles that a region breaks and the value of its market, as far as they are known."""
    rows = basis.principles(subject.level).of(str(subject.region_id))
    states = {status: rows[rows["status"] == status]["principle"] for status in ("pass", "fail")}
    points = []
    if len(states["pass"]) or len(states["fail"]):
        names = [_(LABELS[str(key)]) for key in states["fail"]]
        points.append(
            _("Principles broken: {names}", names=list_text(names))
            if names
            else _("None of the principles that apply is broken.")
        )
    values = basis.values(subject.level)
    if subject.region_id in values.index and not numbers.is_missing(
        values.loc[subject.region_id, "value_score"]
    ):
        row = values.loc[subject.region_id]
        points.append(
            _(
                "Market value {score}, rank {rank} of {all}",
                score=numbers.decimal(row["value_score"], 1),
                rank=numbers.count(row["value_rank"]),
                all=numbers.count(values["value_score"].notna().sum()),
            )
        )
    return (_("Principles and market value"), *points) if points else ()
