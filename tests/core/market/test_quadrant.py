"""The four zones: the document's table, the cuts, and how firmly a zone holds."""

import itertools

import numpy as np
import pytest

from core.market.labels import describe
from core.market.options import GROWTH_CUTS, SHARE_CUTS, MarketOptions
from core.market.quadrant import (
    BCG,
    DIFFICULTY,
    DIRECTION,
    ZONES,
    Axes,
    Cuts,
    bcg_cells,
    borderline,
    growth_presets,
    rank_in_zone,
    resolve_cuts,
    robustness,
    share_presets,
    zones,
)


def axes(growth: list[float], share: list[float], relative: list[float] | None = None) -> Axes:
    """Return axes of regions whose capacity was 100 a year earlier."""
    rate, part = np.array(growth), np.array(share)
    capacity = 100 * (1 + rate)
    ratio = np.full(len(rate), np.nan) if relative is None else np.array(relative)
    return Axes(capacity, np.full(len(rate), 100.0), part * capacity, rate, part, ratio)


def test_the_table_of_the_document_word_for_word() -> None:
    """Zone, order, difficulty and direction are those of S3 p100, the bracket included."""
    four = axes([0.2, 0.0, 0.2, 0.0], [0.5, 0.5, 0.1, 0.1])
    code = zones(four, Cuts(growth=0.1, share=0.26))
    rows = [
        (
            describe("zone", ZONES[c]).term,
            int(c) + 1,
            describe("difficulty", DIFFICULTY[c]).term,
            describe("direction", DIRECTION[c]).term,
        )
        for c in code
    ]
    assert rows == [
        ("成长竞争区", 1, "易", "(取代加装)"),
        ("稳定区", 2, "易", "维持重点"),
        ("不稳定区", 3, "难", "深耕战略"),
        ("衰退区", 4, "难", "维持重点"),
    ]


def test_on_the_cut_is_high() -> None:
    """A region exactly on both cuts is in the growth competition zone, computed growth included."""
    on_line = axes([110 / 100 - 1], [0.26])
    assert ZONES[zones(on_line, Cuts(growth=0.1, share=0.26))[0]] == "growth_competition"


def test_unknown_growth_or_share_has_no_zone() -> None:
    """Missing is not low."""
    assert zones(axes([np.nan, 0.1], [0.3, np.nan]), Cuts(0.0, 0.2)).tolist() == [-1, -1]


def test_growth_presets() -> None:
    """The default growth cut is the market's own, weighted by capacity; the others are as named [B.4]."""
    two = Axes(
        capacity=np.array([1100.0, 90.0, 5.0]),
        capacity_previous=np.array([1000.0, 100.0, np.nan]),
        own=np.array([1.0, 1.0, 1.0]),
        growth=np.array([0.1, -0.1, np.nan]),
        share=np.array([0.1, 0.2, 0.3]),
        relative_share=np.array([np.nan] * 3),
    )
    presets = growth_presets(two)
    assert tuple(presets) == GROWTH_CUTS
    assert list(presets.values()) == pytest.approx([1190 / 1100 - 1, 0, 0.1, 0])


def test_share_presets() -> None:
    """The default share cut is the lower limit 26.12 %; the average is weighted by capacity [B.4]."""
    presets = share_presets(axes([0.0, 1.0], [0.1, 0.4]))
    assert tuple(presets) == SHARE_CUTS
    assert list(presets.values()) == pytest.approx([0.2612, 90 / 300, 0.25, 1.0], abs=1e-4)


def test_own_numbers_as_cuts() -> None:
    """A cut may be any number; a named one is looked up; "relative" changes the axis."""
    some = axes([0.0, 0.2], [0.1, 0.4], [0.5, 2.0])
    assert resolve_cuts(some, MarketOptions("us", growth_cut=0.07, share_cut=0.3)) == Cuts(0.07, 0.3)
    relative = resolve_cuts(some, MarketOptions("us", growth_cut="zero", share_cut="relative"))
    assert relative == Cuts(0.0, 1.0, relative=True)
    assert [ZONES[c] for c in zones(some, relative)] == ["unstable", "growth_competition"]


def test_presets_of_nothing_are_unknown() -> None:
    """Without any region the data-driven cuts are unknown, and nobody gets a zone."""
    empty = axes([], [])
    assert np.isnan(growth_presets(empty)["weighted_average"])
    assert np.isnan(growth_presets(empty)["median"])
    assert np.isnan(share_presets(empty)["own_average"])


def test_borderline_is_within_one_point() -> None:
    """9.0 % and 11.0 % are borderline to a cut of 10 %, 8.9 % isn't; either axis is enough [B.4]."""
    some = axes([0.09, 0.11, 0.089, 0.5], [0.5, 0.5, 0.5, 0.265])
    assert borderline(some, Cuts(0.1, 0.26), 0.01).tolist() == [True, True, False, True]


def test_robustness_equals_counting_all_combinations() -> None:
    """The product form is the part of the 16 preset combinations that keep the zone, counted one by one."""
    random = np.random.default_rng(3)
    growth, share = random.normal(0.05, 0.08, 40), random.uniform(0, 0.6, 40)
    relative = np.where(random.random(40) < 0.2, np.nan, random.uniform(0.3, 3, 40))
    some = axes(growth.tolist(), share.tolist(), relative.tolist())
    chosen = resolve_cuts(some, MarketOptions("us"))
    base = zones(some, chosen)
    kept, told = np.zeros(40), np.zeros(40)
    for growth_cut, share_cut in itertools.product(GROWTH_CUTS, SHARE_CUTS):
        zone = zones(
            some, resolve_cuts(some, MarketOptions("us", growth_cut=growth_cut, share_cut=share_cut))
        )
        kept += zone == base
        told += zone >= 0
    np.testing.assert_allclose(robustness(some, chosen), kept / told)


def test_extreme_regions_are_robust() -> None:
    """A region far from every cut keeps its zone whatever lines one draws."""
    some = axes([0.5, -0.2, 0.01], [0.7, 0.02, 0.3], [3, 0.1, 1.2])
    firm = robustness(some, resolve_cuts(some, MarketOptions("us")))
    assert firm[:2] == pytest.approx([1, 1])
    assert firm[2] < 1


def test_rank_inside_a_zone() -> None:
    """Larger opportunity first, then the smaller needed gain; equals share a rank; unknown comes last."""
    zone = np.array([0, 0, 0, 0, 2, -1])
    opportunity = np.array([5.0, 9.0, 5.0, 5.0, 1.0, 99.0])
    needed = np.array([0.2, 0.9, 0.1, np.nan, 0.1, 0.1])
    np.testing.assert_array_equal(rank_in_zone(zone, opportunity, needed), [3, 1, 2, 4, 1, np.nan])
    np.testing.assert_array_equal(
        rank_in_zone(np.array([1, 1, 1]), np.array([2.0, 2.0, 1.0]), np.array([0.1, 0.1, 0.1])), [1, 1, 3]
    )


def test_growth_share_matrix_uses_the_relative_share() -> None:
    """A region with a high share but a larger rival is a question mark, not a star."""
    some = axes([0.2, 0.2, 0.0, 0.0, 0.2], [0.4] * 5, [1.0, 0.9, 2.0, 0.1, np.nan])
    codes = bcg_cells(some, Cuts(0.1, 0.26))
    assert [BCG[c] if c >= 0 else None for c in codes] == ["star", "question_mark", "cash_cow", "dog", None]
