"""Histories of prospects for tests."""

from __future__ import annotations

import datetime as dt

import pandas as pd
from hypothesis import strategies as st

from core.visits.pipeline.stages import stage_of

START = dt.datetime(2025, 1, 1)
CODES = ("cold", "warm", "hot", "nurture", "won", "drop", "no_go", "")


def history(*rows: tuple[str, str, str], source: str = "referral") -> pd.DataFrame:
    """Return a history from (terminal, day, code): progress, decision, ``no_go`` or nothing."""
    table = pd.DataFrame(
        {
            "terminal_id": [shop for shop, _day, _code in rows],
            "changed_at": pd.to_datetime([day for _shop, day, _code in rows]),
            "progress": [code if code in ("cold", "warm", "hot") else None for _s, _d, code in rows],
            "no_go": [code == "no_go" for _s, _d, code in rows],
            "decision": [code if code in ("nurture", "won", "drop") else None for _s, _d, code in rows],
            "possibility": "A",
            "source": source,
        }
    )
    return table.assign(stage=stage_of(table).to_numpy())


@st.composite
def histories(draw: st.DrawFn) -> pd.DataFrame:
    """Draw a year of up to eight prospects."""
    rows = []
    for number in range(draw(st.integers(1, 8))):
        days = sorted(draw(st.lists(st.integers(0, 360), min_size=1, max_size=5, unique=True)))
        codes = draw(st.lists(st.sampled_from(CODES), min_size=len(days), max_size=len(days)))
        rows += [
            (f"T{number}", f"{START + dt.timedelta(days=day, hours=9)}", code)
            for day, code in zip(days, codes, strict=True)
        ]
    return history(*rows)
