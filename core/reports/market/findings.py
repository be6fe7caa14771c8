"""Findings about a market table: what is missing, what isn't comparable, what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import numbers
from core.i18n import N_, _, ngettext
from core.reports.market.bridges import bridges
from core.reports.market.note import Note, list_text

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.market.request import MarketRequest

_COLUMNS = [
    "region_id",
    "name",
    "name_en",
    "capacity",
    "capacity_source",
    "capacity_source_previous",
    "growth",
    "own",
    "own_source",
    "own_source_previous",
    "recorded_sales",
    "s_above_capacity",
    "sales_difference",
    "months",
    "months_previous",
]


def find_notes(
    request: MarketRequest,
    regions: pd.DataFrame,
    total: pd.DataFrame,
    unplaced: float,
    other_markets: str | None,
) -> tuple[Note, ...]:
    """Return what to know about a market table, warnings first.

    Parameters
    ----------
    regions, total
        The tables of :class:`core.reports.market.market.MarketReport`.
    unplaced
        Yuan sold by terminals without a region.
    other_markets
        Ids of further markets of the category; None when there are none.
    """
    between = bridges(regions, total)
    # A selection of rows copies every column: a hundred of them are nothing to these rules.
    regions = regions[_COLUMNS]
    found = [
        *_about_capacity(regions),
        *_about_periods(request, regions),
        *_about_absence(regions),
        *_about_sources(regions, total, unplaced),
        *between,
    ]
    if other_markets is not None:
        found.append(
            Note(
                "several_markets",
                "information",
                _(
                    "Several markets have the category {category}; the first one's figures count, not those "
                    "of {others}.",
                    category=request.category,
                    others=other_markets,
                ),
            )
        )
    return tuple(sorted(found, key=lambda note: note.level != "warning"))


def _about_capacity(regions: pd.DataFrame) -> list[Note]:
    summed, mixed = (regions[regions["capacity_source"] == source] for source in ("sum_of_sales", "mixed"))
    notes = []
    if len(summed):
        text = ngettext(
            "In {n} region no capacity is recorded; the sum of all companies' sales stands for it.",
            "In {n} regions no capacity is recorded; the sum of all companies' sales stands for it.",
            len(summed),
        )
        notes.append(_note("capacity_is_sum", "information", text, summed))
    if len(mixed):
        text = ngettext(
            "In {n} region the capacity is recorded for some months or parts only; the sum of sales "
            "stands for the others.",
            "In {n} regions the capacity is recorded for some months or parts only; the sum of sales "
            "stands for the others.",
            len(mixed),
        )
        notes.append(_note("capacity_mixed", "warning", text, mixed))
    return [
        *notes,
        *_naming(
            ("no_figures", "information", N_("No figures at all: {names}."), regions["capacity"].isna()),
            (
                "sales_above_capacity",
                "warning",
                N_("Recorded sales exceed the capacity: {names}. The capacity is too low there."),
                regions["s_above_capacity"],
            ),
            regions=regions,
        ),
    ]


def _about_periods(request: MarketRequest, regions: pd.DataFrame) -> list[Note]:
    asked = request.period.months
    active = regions["months"] > 0
    sources = regions[["capacity_source", "capacity_source_previous"]]
    other = sources.notna().all(axis=1) & (sources["capacity_source"] != sources["capacity_source_previous"])
    return _naming(
        (
            "period_incomplete",
            "warning",
            N_("The period has {asked} months, but figures of fewer: {names}."),
            active & (regions["months"] < asked),
        ),
        (
            "no_previous",
            "warning",
            N_("No figures a year earlier, so the growth is unknown: {names}."),
            active & (regions["months_previous"] == 0),
        ),
        (
            "previous_incomplete",
            "warning",
            N_("A year earlier fewer months have figures, so the growth looks too high: {names}."),
            active & (regions["months_previous"] > 0) & (regions["months_previous"] < regions["months"]),
        ),
        (
            "capacity_source_changed",
            "warning",
            N_(
                "The capacity is recorded in one of both years and a sum of sales in the other, so the "
                "growth is unknown: {names}."
            ),
            other & regions["growth"].isna(),
        ),
        (
            "capacity_source_partly_changed",
            "warning",
            N_(
                "The capacity comes in part from another source than a year earlier; the growth compares "
                "the two all the same: {names}."
            ),
            other & regions["growth"].notna(),
        ),
        regions=regions,
        asked=asked,
    )


def _about_absence(regions: pd.DataFrame) -> list[Note]:
    absent = regions["own_source"] == "no_row"
    return _naming(
        (
            "own_absent",
            "information",
            N_(
                "No row of ours in the period, and our books count as complete, so own sales are zero: "
                "{names}. A setting turns this off for each market."
            ),
            absent,
        ),
        (
            "own_entered",
            "information",
            N_("New since a year earlier, where our books have no row; no growth rate of ours: {names}."),
            (regions["own_source_previous"] == "no_row") & (regions["own"] > 0),
        ),
        regions=regions,
    )


def _about_sources(regions: pd.DataFrame, total: pd.DataFrame, unplaced: float) -> list[Note]:
    notes = []
    replaced = regions[regions["sales_difference"].notna()]
    if len(replaced):
        notes.append(
            _note(
                "recorded_counts",
                "information",
                _(
                    "Figures recorded for regions count instead of what is recorded below them; together "
                    "they differ by {difference}.",
                    difference=numbers.money(float(replaced["sales_difference"].sum())),
                ),
                replaced,
            )
        )
    if unplaced:
        notes.append(
            Note(
                "terminals_without_region",
                "information",
                _(
                    "Shops without a region sold {amount}: that counts in the whole market, in no region.",
                    amount=numbers.money(unplaced),
                ),
            )
        )
    below = float(regions["recorded_sales"].sum())
    whole = float(total["recorded_sales"].fillna(0).sum()) - unplaced
    if abs(whole - below) >= 1:
        notes.append(
            Note(
                "level_differs_from_whole",
                "information",
                _(
                    "The regions of this level add up to {sum}, the whole to {whole}: figures recorded "
                    "higher up, or outside this level, can't be divided among them.",
                    sum=numbers.money(below),
                    whole=numbers.money(whole),
                ),
            )
        )
    return notes


def _naming(
    *findings: tuple[str, str, str, pd.Series], regions: pd.DataFrame, **values: object
) -> list[Note]:
    """Return one note per finding that concerns any region: its code, level, sentence and which regions."""
    return [
        _note(code, level, _(text, names=list_text(_names(regions[rows])), **values), regions[rows])
        for code, level, text, rows in findings
        if rows.any()
    ]


def _names(regions: pd.DataFrame) -> list[str]:
    from core.reports.market.choices import names_of

    return [str(name) for name in names_of(regions)]


def _note(code: str, level: str, sentence: str, regions: pd.DataFrame) -> Note:
    return Note(code, level, sentence, tuple(regions["region_id"]))
