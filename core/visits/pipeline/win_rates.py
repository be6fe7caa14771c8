"""Win rates by stage, source and possibility, with their uncertainty and the time to close."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from core.errors import InputError
from core.i18n import _
from core.visits.pipeline.stages import LOST, STAGES, WON, wins

LEAST_SETTLED = 10
"""Decided prospects below which a rate says nothing [I]."""
Z_95 = 1.959963984540054


def wilson_interval(won: int, settled: int, z: float = Z_95) -> tuple[float, float]:
    """Return Wilson's score interval of a rate: (centre ± half) with z standard errors [K].

    Returns
    -------
    (float, float)
        Ends between 0 and 1; NaN where nothing is settled.
    """
    if not 0 <= won <= settled:
        raise InputError(_("Expected 0 to {most} won, found {value}.", most=settled, value=won))
    if not settled:
        return math.nan, math.nan
    rate, square = won / settled, z * z / settled
    centre = (rate + square / 2) / (1 + square)
    half = z / (1 + square) * math.sqrt(rate * (1 - rate) / settled + square / settled / 4)
    return max(0.0, centre - half), min(1.0, centre + half)


def win_rates_by_stage(history: pd.DataFrame) -> pd.DataFrame:
    """Return the win rate of those who ever reached a stage; see :func:`_rates` for the columns.

    Parameters
    ----------
    history
        terminal_id, changed_at, stage; per terminal in the order of the changes.
    """
    reached = history[history["stage"].isin(list(STAGES))].drop_duplicates(["terminal_id", "stage"])
    entries = reached.rename(columns={"stage": "group", "changed_at": "since"})
    table = _rates(history, entries[["terminal_id", "group", "since"]]).reindex(list(STAGES)).reset_index()
    counts = ["reached", "open", "settled", "won"]
    return table.assign(**table[counts].fillna(0).astype(int))


def win_rates_by(history: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the win rate by the last known value of a column, from the first record of each prospect.

    Parameters
    ----------
    history
        terminal_id, changed_at, stage and the column, ``source`` or ``possibility``.
    column
        What groups; prospects without a value are a group without a name (None).
    """
    first = history.drop_duplicates("terminal_id")[["terminal_id", "changed_at"]]
    value = history.dropna(subset=[column]).drop_duplicates("terminal_id", keep="last")
    group = first["terminal_id"].map(value.set_index("terminal_id")[column])
    entries = first.rename(columns={"changed_at": "since"}).assign(group=group.fillna(""))
    table = _rates(history, entries).reset_index()
    return table.assign(group=table["group"].where(table["group"] != "", None))


def _rates(history: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    """Return per group how many reached it, are open, settled and won, and how sure the rate is.

    Returns
    -------
    DataFrame
        index group; reached, open, settled (won or lost), won, rate (won ÷ settled; missing below
        :data:`LEAST_SETTLED`), low, high (Wilson, 95 %; missing with the rate), days (median from
        reaching the group to won; missing without a win).
    """
    last = history.drop_duplicates("terminal_id", keep="last").set_index("terminal_id")["stage"]
    won_at = wins(history).drop_duplicates("terminal_id", keep="last").set_index("terminal_id")["changed_at"]
    now = pd.Series(last.reindex(entries["terminal_id"]).to_numpy(), index=entries.index)
    won_on = pd.Series(won_at.reindex(entries["terminal_id"]).to_numpy("datetime64[ns]"), index=entries.index)
    won = now.eq(WON)
    days = (won_on - entries["since"]).dt.total_seconds() / 86_400
    facts = entries.assign(
        won=won, settled=won | now.eq(LOST), days=days.where(won & (days >= 0)), reached=True
    )
    table = facts.groupby("group").agg(
        reached=("reached", "sum"), settled=("settled", "sum"), won=("won", "sum"), days=("days", "median")
    )
    ends = [wilson_interval(int(w), int(s)) for w, s in zip(table["won"], table["settled"], strict=True)]
    enough = table["settled"] >= LEAST_SETTLED
    rate = table["won"] / table["settled"].where(table["settled"] > 0)
    return table.assign(
        open=table["reached"] - table["settled"],
        rate=rate.where(enough),
        low=np.where(enough, [low for low, _high in ends], np.nan),
        high=np.where(enough, [high for _low, high in ends], np.nan),
    )
