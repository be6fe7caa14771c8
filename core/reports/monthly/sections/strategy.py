"""The strategy card of a region: what is meant, what came of the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import numbers
from core.customers.forms.strategy import MEANS, STRATEGY_CARD
from core.exchange.slides.cells import money_cell, percent_cell, table_of, text_cell
from core.exchange.slides.content import Slide
from core.i18n import N_, _
from core.reports.monthly.gap import Gap

if TYPE_CHECKING:
    import datetime as dt

    from core.exchange.slides.cells import Cell
    from core.exchange.slides.content import SlideTable
    from core.reports.cycle.strategy import Card, StrategyReview
    from core.reports.monthly.basis import Basis
    from core.reports.monthly.subject import Subject

AIMS = {"aim_share": N_("Share"), "aim_sales": N_("Sales"), "money": N_("Expenses")}
SAID = ("rival", *MEANS)


def strategy(basis: Basis, subject: Subject) -> Slide | Gap:
    """Return the card of the month and what came of it and of the one before."""
    review = basis.review(subject).strategy
    card = review.card or review.previous
    if card is None:
        return Gap(_("{region}: there is no strategy card of the month or before it.", region=subject.name))
    caption = basis.caption(
        _("Strategy card · {region}", region=subject.name), _("Monthly meeting"), month_only=True
    )
    labels = {field.name: _(field.label) for field in STRATEGY_CARD.fields}
    payload = card.record.payload
    points = [_("{label}: {text}", label=labels[key], text=payload[key]) for key in SAID if payload.get(key)]
    period = f"{card.start:%Y-%m} – {card.end:%Y-%m}"
    head = _("{period}, owner {owner}", period=period, owner=payload["owner"])
    return Slide(
        _answer(review, card), caption.title, None, _outcome(review, basis.request.month), caption.source,
        points=(head, *points),
    )  # fmt: skip


def _answer(review: StrategyReview, card: Card) -> str:
    aim = str(card.record.payload["aim"])
    if review.card is None:
        return _("No strategy card covers the month; the last one meant: {aim}", aim=aim)
    return _("What is meant: {aim}", aim=aim)


def _outcome(review: StrategyReview, month: dt.date) -> SlideTable | None:
    periods = {"then": review.previous, "now": review.card}
    rows: list[list[Cell]] = []
    for _index, row in review.outcome.iterrows():
        card = periods[row["period"]]
        write = percent_cell if row["key"] == "aim_share" else money_cell
        name = _(AIMS[row["key"]])
        if row["key"] != "aim_share":
            name = numbers.heading(name, numbers.money_unit())
        span = f"{card.start:%Y-%m} – {card.end:%Y-%m}" if card is not None else numbers.MISSING
        if card is not None and card.end > month:
            span = _("{period}, so far", period=span)
        rows.append([text_cell(span), text_cell(name), write(row["meant"]), write(row["came"])])
    return (
        table_of((_("Period"), _("Figure"), _("What was meant"), _("What came")), rows, texts=2)
        if rows
        else None
    )
