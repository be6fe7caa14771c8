"""How long the places of visits are kept: where somebody was is blanked when it is older."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from core.periods import shift
from core.settings import Settings
from core.store.database import Unchanged

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store


def clear_coordinates(store: Store, months: int | None = None, today: dt.date | None = None) -> int:
    """Blank the places of arrivals that are older than some months; the visits themselves stay.

    Parameters
    ----------
    months
        Full months that places are kept beside the present one; 0 for ever. None for the setting.

    Returns
    -------
    int
        Arrivals whose place was blanked; 0 leaves no trace.
    """
    months = Settings.from_environment().place_months if months is None else months
    if months <= 0:
        return 0
    before = shift((today or dt.date.today()).replace(day=1), -months)

    def work(cursor: duckdb.DuckDBPyConnection) -> int:
        cleared = int(
            cursor.execute(
                "UPDATE visit_check_in AS c SET lat = NULL, lon = NULL, accuracy_m = NULL"
                " WHERE c.arrived_at < $before AND c.lat IS NOT NULL",
                {"before": before},
            ).fetchall()[0][0]
        )
        if not cleared:
            raise Unchanged(0)
        return cleared

    details = {"entity": "visit_check_in", "after": f"< {before:%Y-%m-%d}"}
    return store.write("clear_coordinates", work, details=details)
