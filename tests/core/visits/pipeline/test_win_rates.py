"""Win rates and their intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.visits.pipeline.win_rates import LEAST_SETTLED, wilson_interval, win_rates_by, win_rates_by_stage
from tests.core.visits.pipeline.world import histories, history


def test_wilson_worked() -> None:
    """8 of 20 won lie between 21.9 % and 61.3 %; none of 10 between 0 and 27.8 %."""
    assert wilson_interval(8, 20) == pytest.approx((0.2188, 0.6134), abs=1e-4)
    assert wilson_interval(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert np.isnan(wilson_interval(0, 0)).all()


def test_more_won_than_settled_is_refused() -> None:
    """Three of two is no rate."""
    with pytest.raises(InputError):
        wilson_interval(3, 2)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 500), st.data())
def test_wilson_solves_its_equation(settled: int, data: st.DataObject) -> None:
    """Each end lies 1.96 of its own standard errors from the rate."""
    won = data.draw(st.integers(0, settled))
    for end in wilson_interval(won, settled):
        if 0 < end < 1:
            assert abs(won / settled - end) == pytest.approx(
                1.95996 * np.sqrt(end * (1 - end) / settled), rel=1e-4, abs=1e-7
            )


def test_too_few_have_no_rate() -> None:
    """Nine settled prospects have no rate, ten have one; the count is shown either way."""
    rows = [(f"T{n:02}", "2025-01-01", "hot") for n in range(LEAST_SETTLED)]
    ended = [*rows, *((shop, "2025-02-01", "won" if shop < "T04" else "drop") for shop, _d, _c in rows)]
    table = history(*sorted(ended[:-1])).sort_values(["terminal_id", "changed_at"])
    few = win_rates_by_stage(table).set_index("group").loc["hot"]
    assert (few["settled"], few["open"], few["won"]) == (9, 1, 4)
    assert np.isnan(few["rate"])
    assert np.isnan(few["low"])
    enough = win_rates_by_stage(history(*sorted(ended))).set_index("group").loc["hot"]
    assert enough["rate"] == 0.4
    assert enough["days"] == 31


def test_an_unknown_source_is_a_group_of_its_own() -> None:
    """Prospects without a source aren't counted into any other."""
    table = pd.concat(
        [history(("T1", "2025-01-01", "won")), history(("T2", "2025-01-01", "won"), source=None)],
        ignore_index=True,
    )
    found = win_rates_by(table, "source")
    assert dict(zip(found["group"].fillna("?"), found["won"], strict=True)) == {"referral": 1, "?": 1}


@settings(deadline=None, max_examples=20)
@given(histories())
def test_rates_equal_a_plain_count(table: pd.DataFrame) -> None:
    """Reached, settled and won are what going through each prospect by hand counts."""
    found = win_rates_by_stage(table).set_index("group")
    for stage in found.index:
        shops = [rows["stage"].tolist() for _shop, rows in table.groupby("terminal_id")]
        reached = [stages for stages in shops if stage in stages]
        assert found.at[stage, "reached"] == len(reached)
        assert found.at[stage, "won"] == sum(stages[-1] == "won" for stages in reached)
        assert found.at[stage, "settled"] == sum(stages[-1] in ("won", "lost") for stages in reached)
