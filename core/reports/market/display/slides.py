"""The slides of the market: what a page says, its picture and its table, on one sheet to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core import numbers
from core.colours import RIVAL, US, company_colours
from core.exchange.slides.content import Bars, Lines, Series, Slide, SlideTable
from core.i18n import _
from core.market.attack import order_regions
from core.metrics import metric
from core.reports.market.display.facts import standing_facts
from core.reports.market.display.sentences import region_answer
from core.reports.market.display.tables import metric_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.exchange.slides.content import Caption
    from core.reports.market.display.rows import MarketRows

ROWS, BARS, COMPANIES = 12, 8, 8
LONGEST_NOTE = 20
TARGET = ("state", "target_base", "gap")


def target_rows(market: MarketRows, order: str, *, most: int, also: str = "") -> pd.DataFrame:
    """Return the first regions of an order of attack, with amounts in the unit of the screen.

    Parameters
    ----------
    order
        A key of :data:`core.market.attack.ATTACK_VIEWS`.
    most
        How many regions.
    also
        A region that is among them wherever it ranks.

    Returns
    -------
    pandas.DataFrame
        region_id, name, gap (yuan); own, rival_sales, capacity, low, base and high (the band of the target)
        in the unit of the screen.
    """
    regions = order_regions(market.regions, order)
    rest = regions[most:]
    rows = pd.concat([regions[:most], rest[rest["region_id"] == also]], ignore_index=True)
    columns = {
        "own": "own",
        "rival_sales": "rival_sales",
        "capacity": "capacity",
        "low": "target_least",
        "base": "target_base",
        "high": "target_fixed",
    }
    amounts = {name: rows[column] / numbers.money_divisor() for name, column in columns.items()}
    return rows[["region_id", "name", "gap"]].assign(**amounts)


def number_one_slide(market: MarketRows, cards: pd.DataFrame, answer: str, caption: Caption) -> Slide:
    """Lay out No.1 目标: our sales, the rival's and the target of the first regions.

    Parameters
    ----------
    cards
        Rows of the page's chart, in its order: region_id, name, own, rival_sales, base in the screen's
        unit; at least one.
    answer, caption
        What the picture says, and what it says about itself.
    """
    first = cards[:BARS]
    picture = Bars(
        tuple(str(name) for name in first["name"]),
        (
            Series(_("Own sales"), values_of(first["own"]), US),
            Series(_("Rival to beat"), values_of(first["rival_sales"]), RIVAL),
            Series(_("Base target"), values_of(first["base"]), US, hollow=True, labelled=True),
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
        metric_rows(regions, TARGET, texts=2),
        caption.source,
        notes=notes,
    )


def region_slide(market: MarketRows, row: Mapping[str, object], answer: str, caption: Caption) -> Slide:
    """Lay out the card of one region, or of everything together: who sells how much, and our standing.

    Parameters
    ----------
    answer, caption
        See :func:`number_one_slide`; of one region, the answer is its own.
    """
    everyone = market.companies(row)
    recorded = everyone[everyone["share"].notna()].sort_values("amount", ascending=False)[:COMPANIES]
    recorded = recorded.assign(is_benchmark=recorded["company_id"] == row["rival_id"])
    picture = Bars(
        tuple(str(name) for name in recorded["name"]),
        (Series(_(metric("share").label), values_of(recorded["share"]), US, labelled=True),),
        number_format="0.0%",
        colours=tuple(company_colours(recorded)),
    )
    facts = standing_facts(row, {})
    rows = tuple((f.label, f.value, f.note if len(f.note) <= LONGEST_NOTE else "") for f in facts)
    # What is too long for the table stands below it, before what is known of all regions.
    long = [_("{label}: {text}", label=f.label, text=f.note) for f in facts if len(f.note) > LONGEST_NOTE]
    return Slide(
        answer if market.is_whole(row) else region_answer(row),
        f"{row['name']} · {caption.title}",
        picture,
        SlideTable((_("Figure"), _("Now"), ""), rows),
        caption.source,
        notes=(*long, *(note.sentence for note in market.report.notes)),
    )


def share_lines(trend: pd.DataFrame) -> Lines:
    """Return one line per company, coloured as on the page."""
    shares = trend.pivot_table(index="month", columns="company_id", values="share", dropna=False)
    companies = trend.drop_duplicates("company_id")
    series = tuple(
        Series(
            str(row.label), values_of(shares[row.company_id]), colour, loud=row.is_self or row.is_benchmark
        )
        for row, colour in zip(
            companies.rename(columns={"name": "label"}).itertuples(), company_colours(companies), strict=True
        )
    )
    months = tuple(month.date() for month in pd.to_datetime(shares.index))
    return Lines(months, series)


def values_of(values: pd.Series) -> tuple[float | None, ...]:
    """Return the values of a picture; what is missing is None."""
    return tuple(None if pd.isna(value) else float(value) for value in values)
