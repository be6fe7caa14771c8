"""How the overview reads, on its page and on a slide: the five numbers in words, its sentence, its slide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core import numbers
from core.exchange.slides.content import Slide, SlideTable
from core.i18n import N_, _
from core.metrics import metric
from core.reports.market.display.slides import share_lines

if TYPE_CHECKING:
    import pandas as pd

    from core.exchange.slides.content import Caption
    from core.reports.overview.overview import Number, Overview

A_YEAR = N_("YoY")
AGAINST = {"unvisited_customers": N_("on the cycle before")}


@dataclass(frozen=True)
class NumberWords:
    """One of the five numbers in words.

    Parameters
    ----------
    change, against
        With its sign, and against what; empty where nothing can be compared.
    """

    label: str
    value: str
    change: str
    against: str


def number_words(number: Number) -> NumberWords:
    """Return one of the five numbers in words: value, change, and against what."""
    texts = {
        "total_share": (numbers.percent(number.value), numbers.points(number.change)),
        "total_gap": (numbers.money(number.value), numbers.money(number.change, sign=True)),
    }
    counted = numbers.count(number.value)
    if number.out_of is not None and number.value is not None:
        counted = f"{counted} / {numbers.count(number.out_of)}"
    value, change = texts.get(number.key, (counted, numbers.count(number.change, sign=True)))
    known = number.change is not None
    return NumberWords(
        _(metric(number.key).label),
        value,
        change if known else "",
        _(AGAINST.get(number.key, A_YEAR)) if known else "",
    )


def summary_sentence(overview: Overview, company: str) -> str:
    """Say in one sentence how we stand."""
    share, secured, in_range, gap, _unvisited = overview.numbers
    if share.value is None:
        return _("{company}: no share is known; sales or market capacities are missing.", company=company)
    return _(
        "{company} has {share} of the market ({change} on last year): No.1 secured in {secured} regions, "
        "{in_range} more in range; {gap} short of No.1 everywhere.",
        company=company,
        share=numbers.percent(share.value),
        change=numbers.points(share.change),
        secured=numbers.count(secured.value),
        in_range=numbers.count(in_range.value),
        gap=numbers.money(gap.value),
    )


def overview_slide(overview: Overview, trend: pd.DataFrame, answer: str, caption: Caption) -> Slide:
    """Lay out 总览: shares month by month, the five numbers, the next three steps.

    Parameters
    ----------
    trend
        Months of the companies, as on the page.
    """
    words = [number_words(number) for number in overview.numbers]
    rows = tuple(
        (each.label, each.value, f"{each.change} {each.against}" if each.change else numbers.MISSING)
        for each in words
    )
    steps = [action.sentence for action in overview.actions]
    return Slide(
        answer,
        caption.title,
        share_lines(trend),
        SlideTable((_("Figure"), _("Now"), _("Change")), rows),
        caption.source,
        notes=tuple(note.sentence for note in overview.report.notes),
        points=(_("Next three steps"), *steps) if steps else (),
    )
