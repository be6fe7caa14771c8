"""Forecasts and their backtest."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from core.errors import InputError
from core.targets.season.forecast import Method, forecast, last_year

SHAPE = np.array([100, 86, 119, 126, 138, 155, 163, 160, 131, 122, 107, 93]) / 125


def growing(years: int, growth: float, noise: float = 0.0) -> pd.Series:
    """Return a seasonal history that grows by a rate per year."""
    months = np.arange(years * 12)
    wobble = 1 + noise * np.random.default_rng(5).standard_normal(months.size)
    values = 1000 * (1 + growth) ** (months / 12) * SHAPE[months % 12] * wobble
    return pd.Series(values, index=pd.date_range("2020-01-01", periods=months.size, freq="MS"))


def test_steady_growth_beats_last_year() -> None:
    """Where sales grow by 20 % a year, smoothing is chosen and comes near; last year is 1/6 low."""
    result = forecast(growing(5, 0.2, 0.01), 12)
    assert result.method is Method.SMOOTHING
    assert result.backtest.last_year == pytest.approx(1 / 6, abs=0.02)
    assert result.backtest.smoothing < 0.06
    assert result.backtest.scaled < 1
    truth = growing(6, 0.2).iloc[-12:]
    assert result.values.index.equals(truth.index)
    assert np.abs(result.values - truth).sum() / truth.sum() < 0.06


def test_last_year_wins_where_it_is_exact() -> None:
    """On a history that repeats itself, last year's months have no error and make the forecast."""
    history = growing(4, 0.0)
    result = forecast(history, 12)
    assert result.method is Method.LAST_YEAR
    assert result.backtest.last_year == 0
    assert result.values.to_numpy().tolist() == history.to_numpy()[-12:].tolist()


def test_last_year_repeats_for_longer_spans() -> None:
    """Thirteen months ahead, the thirteenth repeats the first."""
    history = growing(2, 0.1)
    values = last_year(history, 13).to_numpy()
    assert values[12] == values[0] == history.iloc[-12]


def test_too_short_a_history_is_refused_with_the_length_needed() -> None:
    """Two years to fit and one to test on make 36 months."""
    with pytest.raises(InputError, match=r"needs 36 months, 24 to fit and 12 to test on; there are 24"):
        forecast(growing(2, 0.1), 12)
    assert len(forecast(growing(3, 0.1, 0.05), 3).values) == 3


def test_yuan_or_ten_thousand_yuan_gives_the_same_forecast() -> None:
    """The optimiser sees the same figures in either unit."""
    history = growing(4, 0.1, 0.05)
    yuan, wan = forecast(history * 10_000, 12), forecast(history, 12)
    np.testing.assert_allclose(yuan.values / 10_000, wan.values, rtol=1e-6)


def test_no_sales_at_all_forecast_nothing() -> None:
    """A history of zeros has no error rate, and nothing to forecast."""
    history = growing(3, 0.0) * 0
    result = forecast(history, 6)
    assert result.values.tolist() == [0] * 6
    assert np.isnan(result.backtest.last_year)


def test_festival_effect_is_carried_into_the_forecast() -> None:
    """Where January and February follow the festival's date, aligning them lowers the error."""
    from tests.core.targets.season.test_seasonality import festival_history

    history = festival_history(0.01)
    plain, aligned = forecast(history, 12), forecast(history, 12, festival=True)
    assert aligned.backtest.smoothing < plain.backtest.smoothing / 2
    assert aligned.backtest.smoothing < aligned.backtest.last_year
