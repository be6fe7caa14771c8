"""Ways to set a target."""

from __future__ import annotations

import pytest

from core.errors import InputError
from core.i18n import language
from core.targets.methods import METHODS, compare, weighted_target

FIGURES = {
    "last_year": 1000.0, "growth": 0.15, "forecast": 1080.0, "capacity": 5000.0, "target_share": 0.25,
    "market_expansion": 1.1, "share_expansion": 1.2, "power_index": 0.04, "national_target": 30_000.0,
    "required_profit": 120.0, "profit_rate": 0.1, "fixed_cost": 300.0, "contribution_rate": 0.35,
    "number_one": 1411.0,
}  # fmt: skip


def test_eight_methods_side_by_side() -> None:
    """Every method gives the figure its formula gives by hand."""
    targets = {result.key: result.target for result in compare(FIGURES)}
    assert targets == {
        "growth": pytest.approx(1150),
        "forecast": 1080,
        "capacity_share": 1250,
        "expansion": pytest.approx(1320),
        "purchasing_power": 1200,
        "profit_rate": pytest.approx(1200),
        "cost_volume_profit": pytest.approx(1200),
        "number_one": 1411,
    }


def test_too_little_data_gives_no_figure_but_says_what_is_missing() -> None:
    """A method without its figures is shown with what it needs, not with zero."""
    results = {result.key: result for result in compare({"last_year": 1000.0})}
    assert results["growth"].target is None
    assert results["growth"].reason == "Missing: Planned growth rate."
    with pytest.raises(
        InputError, match=r"Growth on last year gives no target. Missing: Planned growth rate"
    ):
        weighted_target(tuple(results.values()), {"growth": 1})


def test_one_method_is_chosen_or_several_are_weighted() -> None:
    """Weights need not sum to one."""
    results = compare(FIGURES)
    assert weighted_target(results, {"capacity_share": 1}) == 1250
    assert weighted_target(results, {"capacity_share": 3, "forecast": 1}) == pytest.approx(1207.5)


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        ({"target_share": 1.2}, "Target market share is 1.2; it must lie between 0 and 1"),
        ({"profit_rate": 0}, "must be above 0"),
        ({"growth": -1.5, "capacity": -1}, r"growth rate is -1.5.*capacity next year is -1"),
        ({"capcity": 1}, "Did you mean capacity"),
        ({"forecast": float("nan")}, "Forecast of next year's sales is nan"),
    ],
)
def test_figures_out_of_range_are_refused_all_at_once(figures: dict[str, float], message: str) -> None:
    """Every wrong figure is named with its range."""
    with pytest.raises(InputError, match=message):
        compare(figures)


@pytest.mark.parametrize("weights", [{}, {"growth": 0}, {"growth": -1, "forecast": 2}])
def test_weights_that_weigh_nothing_are_refused(weights: dict[str, float]) -> None:
    """At least one method must count."""
    with pytest.raises(InputError, match="at least one is above zero"):
        weighted_target(compare(FIGURES), weights)


def test_reasons_are_in_the_planners_language() -> None:
    """Reasons of all methods are Chinese on a Chinese screen."""
    with language("zh_CN"):
        reasons = [result.reason for result in compare(FIGURES)]
    assert len(reasons) == len(METHODS)
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in reason) for reason in reasons)
