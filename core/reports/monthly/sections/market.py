"""How we stand: the whole market's shares and five numbers, a region's companies and figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core import numbers
from core.i18n import _
from core.market.attack import order_regions
from core.reports.market.display import cut_lines, sentences, slides
from core.reports.market.display.quadrant_slide import quadrant_slide
from core.reports.market.note import list_text
from core.reports.market.trend import largest_trend
from core.reports.monthly.gap import Gap
from core.reports.overview.display import overview_slide, summary_sentence

if TYPE_CHECKING:
    import pandas as pd

    from core.exchange.slides.content import Slide
    from core.reports.market.display.rows import MarketRows
    from core.reports.monthly.basis import Basis
    from core.reports.monthly.subject import Subject

# As many lines as the page on all has, and as many regions as its chart.
MOST_LINES, MOST_REGIONS = 7, 30


def standing(basis: Basis, subject: Subject) -> Slide | Gap:
    """Return 总览 of the whole market, or the card of a region."""
    return _whole(basis) if subject.is_whole else _region(basis, subject)


def _whole(basis: Basis) -> Slide | Gap:
    caption = basis.caption(_("Overview"), _("Overview"))
    rival = basis.rows().whole["rival_id"].iloc[0]
    trend = largest_trend(basis.store, basis.request.market(), rival, most=MOST_LINES)
    if not trend["share"].notna().any():
        return Gap(_("No share of any month is known: sales or capacities are missing."))
    answer = summary_sentence(basis.overview, basis.company)
    return overview_slide(basis.overview, trend, answer, caption)


def _region(basis: Basis, subject: Subject) -> Slide | Gap:
    rows, row = basis.rows(subject.level), basis.row(subject)
    slide = slides.region_slide(rows, row, "", basis.caption(_("Market map"), _("Market map")))
    # Notes on other regions stay with them.
    others = {note.sentence for note in rows.report.notes if note.regions != (subject.region_id,)}
    slide = replace(slide, notes=tuple(text for text in slide.notes if text not in others))
    known = rows.companies(row)["share"].notna().any()
    return slide if known else replace(slide, picture=None)


def quadrants(basis: Basis, _subject: Subject) -> Slide | Gap:
    """Return 四象限 of all regions."""
    rows = basis.rows()
    ordered = sentences.attack_order(rows.regions)
    if ordered.empty:
        return Gap(_("The four quadrants need two years with sales: no region has a growth and a share."))
    caption = basis.caption(_("Four quadrants"), _("Four quadrants"))
    slide = quadrant_slide(rows, ordered, sentences.quadrant_answer(rows), caption)
    placed = cut_lines.axes(rows).dropna(subset=["share", "growth", "zone"])
    return slide if len(placed) else replace(slide, picture=None)


def number_one(basis: Basis, _subject: Subject) -> Slide | Gap:
    """Return No.1 目标: what the regions that are worth attacking first take."""
    rows = basis.rows()
    table = slides.target_rows(rows, "attack", most=MOST_REGIONS)
    if table.empty:
        return Gap(
            _("No region has a No.1 target that isn't reached: sales of rivals or capacities are missing.")
        )
    caption = basis.caption(_("No.1 target"), _("No.1 target"))
    slide = slides.number_one_slide(rows, table, _first_targets(rows, table), caption)
    # What the page says, word by word, with what it takes where rivals stand still.
    return replace(slide, notes=(sentences.number_one_answer(rows), *slide.notes))


def _first_targets(rows: MarketRows, table: pd.DataFrame) -> str:
    regions, first = rows.regions, table[: sentences.NAMED]
    return _(
        "No.1 secured in {secured} regions; {n} more take {gap}. First: {names}, {little} together.",
        secured=int((regions["state"] == "secured").sum()),
        n=len(order_regions(regions, "attack")),
        gap=numbers.money(order_regions(regions, "attack")["gap"].sum()),
        names=list_text([str(name) for name in first["name"]]),
        little=numbers.money(first["gap"].sum()),
    )
