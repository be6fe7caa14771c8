"""The plan of each region, its reasons, its prices, and what it turns on."""

import numpy as np
import pytest

from core.errors import InfeasibleError
from core.i18n import language
from core.market.concentration import terms
from core.market.concentration.explanation import cut, explain
from core.market.concentration.options import ConcentrationOptions
from core.market.concentration.plan import DECISIONS, REASONS, ConcentrationPlan, concentrate
from core.market.concentration.regions import INPUTS, Regions
from core.market.concentration.sensitivity import price_of_attack, price_of_rep, sensitivity
from tests.core.market.concentration.oracle import Row, frame

LEADER: Row = {"state": "leading_in_range", "ratio": 1.36, "own": 136.0, "gap": 34.0}
EFFORT = 8 * (np.sqrt(1.25) - 1)
STATES: dict[str, Row] = {
    "taken": LEADER,
    "secured": {"state": "secured", "ratio": 3.0, "own": 300.0, "gap": 0.0},
    "sole_supplier": {"state": "sole_supplier", "ratio": np.nan, "rival_sales": np.nan, "gap": np.nan},
    "no_own_sales": {"state": "no_own_sales", "ratio": 0.0, "own": 0.0, "margin_rate": np.nan},
    "out_of_range": {"state": "out_of_range", "ratio": 0.4, "own": 40.0},
    "too_long": {"ratio": 0.6, "own": 60.0},
    "no_profit": {**LEADER, "spending_rate": 0.3},
    "missing": {**LEADER, "visits": np.nan, "reps": np.nan},
}


def plan(rows: list[Row], **options: float) -> ConcentrationPlan:
    """Plan some regions with as many reps as are at work, and whatever else is said."""
    table = frame(rows)
    return concentrate(Regions(table, ConcentrationOptions(**{"reps": table["reps"].sum(), **options})))


@pytest.mark.parametrize("reason", STATES)
def test_reason(reason: str) -> None:
    """Each kind of region, with strength to spare, is taken or left for its own reason."""
    assert plan([STATES[reason]], reps=5.0, intensity=1.5).table["reason"].tolist() == [reason]


def test_missing_inputs_are_named() -> None:
    """A region that lacks visits and a margin says so, and is neither attacked nor thinned out."""
    row = plan([{"visits": np.nan, "reps": np.nan, "margin_rate": np.nan}], reps=5.0).table.iloc[0]
    assert (row["decision"], row["missing"]) == ("hold", "visits,margin")
    assert np.isnan(row["value_per_effort"])


def test_strength_ends_at_the_cut() -> None:
    """With reps for one attack of two, the better one is taken and the other is outbid."""
    found = plan([LEADER, {**LEADER, "gap": 30.0}], reps=2 + EFFORT, quarters=1)
    assert found.table["reason"].tolist() == ["taken", "outbid"]
    assert cut(found) == pytest.approx(34 * 0.2 * 7 / 4 / EFFORT)


def test_strength_is_taken_where_it_wins_more() -> None:
    """Without a spare rep, the out-of-range region gives up visits for the leader's attack."""
    found = plan([LEADER, {**STATES["out_of_range"], "reps": 2.0, "visits": 200.0}])
    assert found.table["decision"].tolist() == ["attack", "thin_out"]
    assert found.value == pytest.approx(found.table["value"].sum())
    assert found.table.loc[1, "value"] < 0 < found.value
    assert found.load == pytest.approx([3.0, 3.0, 3.0, 3.0])


def test_an_exposed_secured_region_is_defended_first() -> None:
    """A rival that grows by half a year breaks a ratio of 2: visits are reserved before any attack."""
    found = plan([{"state": "secured", "ratio": 2.0, "own": 200.0, "gap": 0.0}], reps=3.0, rival_growth=0.5)
    assert found.table["reason"].tolist() == ["exposed"]
    assert found.load == pytest.approx(np.full(4, 1 + 8 * (np.sqrt(1.7 * 1.5 / 2) - 1) / 4))


def test_an_exposed_region_that_can_t_be_defended_is_refused() -> None:
    """Without the reps for its defence there is no plan."""
    with pytest.raises(InfeasibleError):
        plan([{"state": "secured", "ratio": 2.0, "own": 200.0, "gap": 0.0}], rival_growth=0.5)


def test_price_of_one_more_rep_is_that_of_what_it_wins() -> None:
    """A rep that makes the first attack possible is worth the attack."""
    found = plan([LEADER], quarters=1)
    assert found.value == 0
    assert price_of_rep(found) == pytest.approx(34 * 0.2 * 7 / 4)


def test_price_of_a_decision() -> None:
    """Leaving out what is taken, or forcing what is left, costs the difference of both."""
    found = plan([LEADER, {**LEADER, "gap": 30.0}], reps=2 + EFFORT, quarters=1)
    difference = 4 * 0.2 * 7 / 4
    assert price_of_attack(found, 1) == pytest.approx(difference)
    assert price_of_attack(found, 0) == pytest.approx(difference)


def test_a_decision_that_strength_can_t_bear_is_refused() -> None:
    """An attack on the only region can't be forced without a rep to spare."""
    with pytest.raises(InfeasibleError):
        price_of_attack(plan([LEADER], quarters=1), 0)


def test_decisions_that_turn_on_the_response() -> None:
    """With strength for the square rule only, the attack falls away when visits work half as strongly."""
    turns = sensitivity(plan([LEADER, STATES["secured"]], reps=2 + EFFORT, quarters=1))
    assert list(turns.weaker) == ["hold", "defend"]
    assert list(turns.stronger) == ["attack", "defend"]
    assert turns.firm.tolist() == [False, True]


@pytest.mark.parametrize("code", ["zh_CN", "en"])
def test_every_reason_is_put_into_words(code: str) -> None:
    """Whatever the reason, the explanation is a sentence with its numbers, none of them missing."""
    with language(code):
        found = plan([*STATES.values(), {**LEADER, "gap": 0.5}], reps=9.0, intensity=1.5, quarters=2)
        texts = [explain(row, cut=cut(found)) for row in found.table.to_dict("records")]
    assert all(texts)
    assert not any("nan" in text or "None" in text or "NA" in text for text in texts)


def test_every_code_has_words() -> None:
    """Decisions, reasons and inputs are all named, and no name is without a code."""
    assert set(terms.DECISION_TERMS) == set(DECISIONS)
    assert set(terms.REASON_TERMS) == set(REASONS)
    assert set(terms.INPUT_TERMS) == set(INPUTS)
