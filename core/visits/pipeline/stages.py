"""Stages of prospects over time, read from the history of their records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.i18n import N_
from core.visits.prospects import PROGRESS

if TYPE_CHECKING:
    import datetime as dt

STAGES: dict[str, str] = {**PROGRESS, "nurture": N_("Nurtured")}
"""Open stages, the nearest to a decision first. Who is nurtured is asked again later [W:17]."""
WON, LOST = "won", "lost"


def stage_of(records: pd.DataFrame) -> pd.Series:
    """Return the stage of each record: a key of :data:`STAGES`, won, lost, or missing where none is given.

    Parameters
    ----------
    records
        progress, no_go, decision.
    """
    decision, no_go = records["decision"], records["no_go"].fillna(False).astype(bool)
    stage = np.select(
        [no_go | decision.eq("drop"), decision.eq("won"), decision.eq("nurture")],
        [LOST, WON, "nurture"],
        records["progress"].astype(object).where(records["progress"].notna(), ""),
    )
    return pd.Series(stage, index=records.index, dtype=object).where(stage != "", None)


def stages_at(history: pd.DataFrame, moment: dt.datetime | pd.Timestamp) -> pd.Series:
    """Return the stage of each prospect just before a moment, by terminal; those begun by then.

    Parameters
    ----------
    history
        terminal_id, changed_at, stage; per terminal in the order of the changes.
    """
    before = history[history["changed_at"] < moment]
    last = before.drop_duplicates("terminal_id", keep="last")
    return pd.Series(last["stage"].to_numpy(), index=last["terminal_id"].to_numpy(), dtype=object)


def wins(history: pd.DataFrame) -> pd.DataFrame:
    """Return terminal_id and changed_at of every change into won."""
    won = history["stage"].eq(WON)
    same = history["terminal_id"].eq(history["terminal_id"].shift())
    again = won.shift(fill_value=False) & same
    return history.loc[won & ~again, ["terminal_id", "changed_at"]]
