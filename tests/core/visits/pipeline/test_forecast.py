"""The forecast against a slow count, and its error against what came."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from core.visits.pipeline import forecast as rules
from core.visits.pipeline.backtest import forecast_error
from core.visits.pipeline.forecast import PipelineMonths, forecast, pipeline_months
from core.visits.pipeline.stages import STAGES
from tests.core.visits.pipeline.world import histories, history

UNTIL = dt.date(2026, 1, 1)
VALUES = pd.Series({f"T{n}": (np.nan if n == 3 else 100.0 * (n + 1)) for n in range(8)})


def months(opened: list[list[float]], won: list[list[list[float]]]) -> PipelineMonths:
    """Return months of hot prospects alone: open at each edge, won by month ahead, hot and new."""
    n = len(won)
    table = np.zeros((2, n, len(STAGES) + 1, 3))
    table[:, :, 0], table[:, :, -1] = np.array(won)[:, 0], np.array(won)[:, 1]
    hot = np.zeros((n + 1, len(STAGES)))
    hot[:, 0] = np.array(opened).ravel()
    edges = tuple(dt.datetime(2025, 1, 1) + dt.timedelta(30 * number) for number in range(n + 1))
    return PipelineMonths(edges, hot, hot * 10, table[0], table[1] * 10)


STEADY = months([[10.0]] * 10, [[[5, 2, 1], [0, 1, 2]]] * 9)


def test_a_steady_pipeline_goes_on_as_it_was() -> None:
    """Of ten hot prospects five, two and one are won each month, and none, one and two of others."""
    found = forecast(STEADY, 9)
    assert found.chances[0].tolist() == [0.5, 0.2, 0.1]
    assert found.count[0].tolist() == [5, 2, 1]
    assert found.count[-1].tolist() == [0, 1, 2]
    assert found.total().tolist() == [5, 3, 3]
    assert found.total(value=True).tolist() == [50, 30, 30]


def test_a_stage_seen_too_seldom_has_no_chance() -> None:
    """Nineteen prospects × landmarks are too few, and nothing stands in for them."""
    found = forecast(months([[19.0], [10.0]], [[[5, 0, 0], [0, 0, 0]]]), 1)
    assert np.isnan(found.chances[0, 0])
    assert np.isnan(found.total()).all()
    assert not found.known


def test_without_enough_past_there_is_no_error() -> None:
    """Two earlier forecasts say nothing about the next; where nothing came there is no percentage."""
    short = forecast_error(months([[30.0]] * 10, [[[5, 2, 1], [0, 1, 2]]] * 9))
    assert len(short.table) == 2
    assert short.wape is None
    assert short.bias is None
    nothing = forecast_error(months([[30.0]] * 13, [[[0, 0, 0], [0, 0, 0]]] * 12))
    assert len(nothing.table) > 3
    assert nothing.wape is None


def test_the_error_of_a_pipeline_that_runs_dry() -> None:
    """Eleven are expected each quarter where 12, 9 and 6 come: 8 ÷ 27 off and 6 ÷ 27 too much."""
    won = [[[5, 2, 1], [0, 1, 2]]] * 7 + [[[2, 0, 0], [0, 0, 0]]] * 3
    found = forecast_error(months([[10.0]] * 11, won))
    assert found.table["came"].tolist() == [12, 9, 6]
    assert found.table["expected"].tolist() == pytest.approx([11, 11, 11])
    assert found.wape == pytest.approx((1 + 2 + 5) / 27)
    assert found.bias == pytest.approx((-1 + 2 + 5) / 27)
    assert found.table["plain"].tolist() == [15, 15, 15]
    assert found.plain_wape == pytest.approx((3 + 6 + 9) / 27)


@settings(deadline=None, max_examples=20)
@given(histories())
def test_months_equal_a_plain_count(table: pd.DataFrame) -> None:
    """Open at each edge and won after it are what going through each prospect by hand counts."""
    found = pipeline_months(table, VALUES, UNTIL)
    codes = list(STAGES)
    opened, won = np.zeros_like(found.open), np.zeros_like(found.won)
    value = np.zeros_like(found.open_value)
    for shop, rows in table.groupby("terminal_id"):
        records = list(zip(rows["changed_at"], rows["stage"], strict=True))
        for number, edge in enumerate(found.edges):
            stage = next((s for at, s in reversed(records) if at < edge), None)
            place = codes.index(stage) if stage in codes else len(codes)
            if place < len(codes):
                opened[number, place] += 1
                value[number, place] += np.nan_to_num(VALUES[shop])
            for ahead in range(3):
                if number + ahead >= found.months:
                    continue
                start, end = found.edges[number + ahead], found.edges[number + ahead + 1]
                for before, (at, now) in zip([None, *(s for _a, s in records)], records, strict=False):
                    won[number, place, ahead] += start <= at < end and now == "won" and before != "won"
    assert np.array_equal(opened, found.open)
    assert np.allclose(value, found.open_value)
    assert np.array_equal(won, found.won)


@settings(deadline=None, max_examples=10)
@given(histories())
def test_a_forecast_knows_nothing_of_what_came_later(table: pd.DataFrame) -> None:
    """Cutting the history off at an edge leaves the forecast from that edge as it was."""
    whole = pipeline_months(table, VALUES, UNTIL)
    for at in range(whole.months + 1):
        day = whole.edges[at]
        cut = pipeline_months(table[table["changed_at"] < day], VALUES, day.date())
        if cut.months != at:
            continue
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(rules, "LEAST_OBSERVATIONS", 1)
            patch.setattr(rules, "LEAST_LANDMARKS", 1)
            assert np.array_equal(forecast(whole, at).count, forecast(cut, at).count, equal_nan=True)


def test_a_prospect_without_a_value_adds_to_no_amount() -> None:
    """It counts as open and as won, and its yuan are unknown, not guessed."""
    rows = [("T3", "2025-01-02", "hot"), ("T3", "2025-10-15", "won")]
    found = pipeline_months(history(*rows), VALUES, UNTIL)
    assert found.won.sum() > 0
    assert found.won_value.sum() == 0
    assert found.open_value.sum() == 0
