"""The forecast of the next three months: who is open in which stage now, and how often such were won.

The past is cut into months that end at the day of the forecast. Each beginning of a month is a landmark: of
the prospects open in a stage there, which part was won in the first, second and third month after it? That is
the chance of the stage, with its time to close in it. Only landmarks whose month is over count.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.visits.pipeline.stages import STAGES, stages_at, wins

if TYPE_CHECKING:
    from numpy.typing import NDArray

MONTHS_AHEAD = 3
MOST_MONTHS_BACK = 24
LEAST_OBSERVATIONS = 20
"""Prospects × landmarks below which a stage has no chance [I]."""
LEAST_LANDMARKS = 3
"""Landmarks below which nothing is said about who isn't in the list yet [I]."""
NEW = "new"
"""Row of those who are won in time and aren't in the list yet."""


@dataclass(frozen=True, eq=False)
class PipelineMonths:
    """The recorded past, month by month.

    Parameters
    ----------
    edges
        Beginnings of the months, the last one the day of the forecast; n + 1.
    open, open_value
        Prospects open at each edge by stage, and the sum of their known values; (n + 1, stages).
    won, won_value
        Won in the k-th month after each edge, by the stage at the edge; (n, stages + 1, 3). The last row
        is who wasn't open there. Months after the last edge are 0 and never read.
    """

    edges: tuple[dt.datetime, ...]
    open: NDArray[np.float64]
    open_value: NDArray[np.float64]
    won: NDArray[np.float64]
    won_value: NDArray[np.float64]

    @property
    def months(self) -> int:
        """Number of whole months."""
        return len(self.edges) - 1

    def came(self, month: int, *, value: bool = False) -> float:
        """Return what was won in a month."""
        return float((self.won_value if value else self.won)[month, :, 0].sum())


def pipeline_months(history: pd.DataFrame, values: pd.Series, until: dt.date) -> PipelineMonths:
    """Cut the history of prospects into months.

    Parameters
    ----------
    history
        terminal_id, changed_at, stage; per terminal in the order of the changes.
    values
        Yuan a month by terminal; NaN unknown, which counts in no sum.
    until
        The day of the forecast; changes of that day and later are not known.
    """
    edges = _edges(history, until)
    codes = list(STAGES)
    n = len(edges) - 1
    worth = values[values.notna()]
    opened, opened_value = np.zeros((n + 1, len(codes))), np.zeros((n + 1, len(codes)))
    won, won_value = np.zeros((2, n, len(codes) + 1, MONTHS_AHEAD))
    known = history[history["changed_at"] < edges[-1]]
    events = wins(known)
    month_of = np.searchsorted(np.array(edges, "datetime64[ns]"), events["changed_at"], side="right") - 1
    for number, edge in enumerate(edges):
        stage = stages_at(known, edge).map({code: place for place, code in enumerate(codes)}).dropna()
        place = stage.astype(int)
        opened[number] = np.bincount(place, minlength=len(codes))
        value = pd.Series(place.index, index=place.index).map(worth).fillna(0.0)
        opened_value[number] = np.bincount(place, weights=value, minlength=len(codes))
        for ahead in range(min(MONTHS_AHEAD, n - number)):
            shops = events.loc[month_of == number + ahead, "terminal_id"]
            group = shops.map(place).fillna(len(codes)).astype(int)
            won[number, :, ahead] = np.bincount(group, minlength=len(codes) + 1)
            weights = shops.map(worth).fillna(0.0)
            won_value[number, :, ahead] = np.bincount(group, weights=weights, minlength=len(codes) + 1)
    return PipelineMonths(tuple(edges), opened, opened_value, won, won_value)


def _edges(history: pd.DataFrame, until: dt.date) -> list[dt.datetime]:
    end = pd.Timestamp(until)
    edges = [end]
    first = history["changed_at"].min()
    while len(edges) <= MOST_MONTHS_BACK and (earlier := end - pd.DateOffset(months=len(edges))) > first:
        edges.append(earlier)
    return [edge.to_pydatetime() for edge in reversed(edges)]


@dataclass(frozen=True, eq=False)
class Forecast:
    """What is expected to be won in the three months after an edge.

    Parameters
    ----------
    observed
        Prospects × landmarks behind the chances of each stage; (stages, 3).
    chances
        Chance by stage and month; NaN where too little is observed.
    count, value
        Expected wins, and yuan a month, by stage and month; the last row is :data:`NEW`. NaN where the
        chance is.
    """

    observed: NDArray[np.float64]
    chances: NDArray[np.float64]
    count: NDArray[np.float64]
    value: NDArray[np.float64]

    @property
    def known(self) -> bool:
        """Whether one stage at least, and who isn't in the list yet, can be told for all months."""
        return bool(np.isfinite(self.chances).all(axis=1).any() and np.isfinite(self.count[-1]).all())

    def total(self, *, value: bool = False) -> NDArray[np.float64]:
        """Return the sum of the stages that can be told, by month; NaN where the past is too short."""
        table = self.value if value else self.count
        return np.asarray(np.nansum(table, axis=0) if self.known else np.full(MONTHS_AHEAD, np.nan))


def forecast(months: PipelineMonths, at: int) -> Forecast:
    """Forecast from an edge with nothing but what was known there.

    Parameters
    ----------
    at
        Number of the edge; ``months.months`` is the day of the forecast.
    """
    stages = months.open.shape[1]
    observed, hits = np.zeros((stages, MONTHS_AHEAD)), np.zeros((stages, MONTHS_AHEAD))
    fresh, fresh_value = np.full((2, MONTHS_AHEAD), np.nan)
    for ahead in range(MONTHS_AHEAD):
        # The month that begins ``ahead`` months after a landmark has to be over at the edge.
        over = max(0, at - ahead)
        observed[:, ahead] = months.open[:over].sum(axis=0)
        hits[:, ahead] = months.won[:over, :stages, ahead].sum(axis=0)
        if over >= LEAST_LANDMARKS:
            fresh[ahead] = months.won[:over, stages, ahead].mean()
            fresh_value[ahead] = months.won_value[:over, stages, ahead].mean()
    chances = np.where(observed >= LEAST_OBSERVATIONS, hits / np.maximum(observed, 1), np.nan)
    return Forecast(
        observed,
        chances,
        np.vstack([chances * months.open[at][:, None], fresh]),
        np.vstack([chances * months.open_value[at][:, None], fresh_value]),
    )
