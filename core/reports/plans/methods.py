"""The figures that the target methods need, as far as the store knows them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError
from core.periods import Period, shift
from core.reports.market.market import market_report
from core.reports.market.trend import market_trend
from core.reports.plans.basis import HISTORY_MONTHS, market_request
from core.targets.methods import MethodResult, compare
from core.targets.season.forecast import Forecast, forecast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.reports.market.request import MarketRequest
    from core.reports.plans.request import PlanRequest
    from core.store.database import Store


@dataclass(frozen=True)
class Starting:
    """What the store knows for the target methods.

    Parameters
    ----------
    figures
        By key of :data:`core.targets.methods.NEEDS`; None = unknown. Money in yuan.
    forecast
        The forecast with its errors; None where the history is too short.
    refusal
        Why there is no forecast; empty where there is one.
    history
        Own sales by month up to the end of the base period, yuan.
    """

    figures: Mapping[str, float | None]
    forecast: Forecast | None
    refusal: str
    history: pd.Series


def starting_figures(store: Store, request: PlanRequest) -> Starting:
    """Return what the store knows for the target methods."""
    asked = market_request(request, "")
    report = market_report(store, asked)
    whole = report.total.iloc[0]
    trend = market_trend(store, _far_back(request))
    own = trend[trend["is_self"]]
    history = pd.Series(own["amount"].to_numpy(np.float64), pd.DatetimeIndex(pd.to_datetime(own["month"])))
    made, refusal = _forecast(history.sort_index(), request)
    growth = _known(whole["growth"])
    last, own_growth = _known(whole["own"]), _known(whole["own_growth"])
    capacity = _known(whole["capacity"])
    gaps = report.regions["gap"].clip(lower=0)
    figures: dict[str, float | None] = {
        "last_year": last,
        "growth": own_growth,
        "forecast": None if made is None else float(made.values[-12:].sum()),
        "capacity": None if capacity is None else capacity * (1 + (growth or 0.0)),
        "target_share": _known(whole["share"]),
        "market_expansion": None if growth is None else 1 + growth,
        "share_expansion": 1.0,
        "number_one": None if last is None or gaps.isna().all() else last + float(gaps.sum()),
    }
    return Starting(figures, made, refusal, history.sort_index())


def method_results(starting: Starting, own: Mapping[str, float | None]) -> tuple[MethodResult, ...]:
    """Set the target by every method, with the planner's own figures in place of the store's.

    Parameters
    ----------
    starting
        Result of :func:`starting_figures`.
    own
        Figures the planner gives; None means the store's.
    """
    given = {key: value for key, value in own.items() if value is not None}
    return compare({**starting.figures, **given})


def _far_back(request: PlanRequest) -> MarketRequest:
    asked = market_request(request, "")
    return replace(asked, start=shift(request.base_end, 1 - HISTORY_MONTHS))


def _forecast(history: pd.Series, request: PlanRequest) -> tuple[Forecast | None, str]:
    ahead = Period(shift(request.base_end, 1), dt.date(request.year, 12, 1)).months
    try:
        return forecast(history, ahead, festival=True), ""
    except InputError as error:
        return None, str(error)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
