"""The slides of the market pages: the page's answer, its picture and its table, on one sheet to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core import numbers
from core.exchange.slides.content import Bars, Lines, Series, Slide, SlideTable
from core.i18n import _
from core.market import labels
from core.metrics import metric
from pages._ui.charts.palette import RIVAL, US, company_colours
from pages._ui.market import region_card, summary, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.reports.overview.overview import Overview
    from pages._ui.charts.layout import Caption
    from pages._ui.market.market_view import MarketView

ROWS, BARS, COMPANIES = 12, 8, 8
TARGET = ("state", "target_base", "gap")


def overview_slide(overview: Overview, trend: pd.DataFrame, answer: str, caption: Caption) -> Slide:
    """Lay out 总览: shares month by month, the five numbers, the next three steps.

    Parameters
    ----------
    trend
        Months of the companies, as on the page.
    """
    cards = summary.number_cards(overview)
    rows = tuple(
        (card.label, card.value, f"{card.change} {card.against}" if card.change else numbers.MISSING)
        for card in cards
    )
    steps = [action.sentence for action in overview.actions]
    return Slide(
        answer,
        caption.title,
        _lines(trend),
        SlideTable((_("Figure"), _("Now"), _("Change")), rows),
        caption.source,
        notes=tuple(note.sentence for note in overview.report.notes),
        points=(_("Next three steps"), *steps) if steps else (),
    )


def number_one_slide(market: MarketView, cards: pd.DataFrame, answer: str, caption: Caption) -> Slide:
    """Lay out No.1 目标: our sales, the rival's and the target of the first regions.

    Parameters
    ----------
    cards
        Rows of the page's chart, in its order: region_id, name, own, rival_sales, base in the screen's
        unit; at least one.
    answer, caption
        See :func:`overview_slide`.
    """
    first = cards[:BARS]
    picture = Bars(
        tuple(str(name) for name in first["name"]),
        (
            Series(_("Own sales"), _values(first["own"]), US),
            Series(_("Rival to beat"), _values(first["rival_sales"]), RIVAL),
            Series(_("Base target"), _values(first["base"]), US, hollow=True, labelled=True),
        ),
        title=_("Sales in the period ({unit})", unit=numbers.money_unit()),
        number_format="#,##0",
    )
    regions = market.regions.set_index("region_id", drop=False).loc[cards["region_id"][:ROWS]]
    notes = tuple(note.sentence for note in market.report.notes)
    return Slide(
        answer,
        caption.title,
        picture,
        table.slide_table(regions, TARGET, texts=2),
        caption.source,
        notes=notes,
    )


def region_slide(market: MarketView, row: Mapping[str, object], answer: str, caption: Caption) -> Slide:
    """Lay out the card of one region, or of everything together: who sells how much, and our standing.

    Parameters
    ----------
    answer, caption
        See :func:`overview_slide`; of one region, the answer is its own.
    """
    everyone = market.companies(row)
    recorded = everyone[everyone["share"].notna()].sort_values("amount", ascending=False)[:COMPANIES]
    recorded = recorded.assign(is_benchmark=recorded["company_id"] == row["rival_id"])
    picture = Bars(
        tuple(str(name) for name in recorded["name"]),
        (Series(_(metric("share").label), _values(recorded["share"]), US, labelled=True),),
        number_format="0.0%",
        colours=tuple(company_colours(recorded)),
    )
    rows = tuple((fact.label, fact.value, fact.note) for fact in region_card.standing_facts(row, {}))
    return Slide(
        answer if market.is_whole(row) else _region_answer(row),
        f"{row['name']} · {caption.title}",
        picture,
        SlideTable((_("Figure"), _("Now"), ""), rows),
        caption.source,
        notes=tuple(note.sentence for note in market.report.notes),
    )


def _region_answer(row: Mapping[str, object]) -> str:
    """Say how we stand in one region, with what is known about it."""
    state = str(row["state"])
    words = {"region": row["name"], "state": labels.label("state", state)}
    if pd.isna(row["share"]) or pd.isna(row["rank"]):
        return _("{region}: {state}. {explanation}", explanation=labels.explanation("state", state), **words)
    words |= {"share": numbers.percent(row["share"]), "rank": numbers.count(row["rank"])}
    if not float(str(row["gap"])) > 0:
        return _("{region}: {state}, with {share} of the market and rank {rank}.", **words)
    return _(
        "{region}: {state}, with {share} of the market and rank {rank}; {gap} more makes us No.1.",
        gap=numbers.money(row["gap"]),
        **words,
    )


def _lines(trend: pd.DataFrame) -> Lines:
    """Return one line per company, coloured as on the page."""
    shares = trend.pivot_table(index="month", columns="company_id", values="share", dropna=False)
    companies = trend.drop_duplicates("company_id")
    series = tuple(
        Series(str(row.label), _values(shares[row.company_id]), colour, loud=row.is_self or row.is_benchmark)
        for row, colour in zip(
            companies.rename(columns={"name": "label"}).itertuples(), company_colours(companies), strict=True
        )
    )
    months = tuple(month.date() for month in pd.to_datetime(shares.index))
    return Lines(months, series)


def _values(values: pd.Series) -> tuple[float | None, ...]:
    return tuple(None if pd.isna(value) else float(value) for value in values)
