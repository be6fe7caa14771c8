"""Values for the parameters of every query, taken from the data, so that each query finds what there is."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING, Any

from core.cluster.check.lookups import LISTS, LOOKUPS, OF_QUERIES

if TYPE_CHECKING:
    from core.cluster.engine import Engine

_HALF_YEAR = 6
_FIRST_DAY = dt.date(2000, 1, 1)


class Values:
    """What the data of an engine offer as values.

    Parameters
    ----------
    engine
        Holds the tables.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._common = {**FIXED, **self._looked_up(), **self._listed(), **self._days()}

    def of(self, query: str) -> dict[str, object]:
        """Return the values for a query: those of its own, then those that a name has everywhere."""
        own = {
            name: self._first(value) if isinstance(value, str) and value.startswith("SELECT ") else value
            for name, value in OF_QUERIES.get(query, {}).items()
        }
        return {**self._common, **{name: self._named(value) for name, value in own.items()}}

    def narrow(self) -> dict[str, object]:
        """Return values that leave less: the regions a user may see and one category."""
        return {
            "scope": self._common["tops"],
            "category": self._first(
                "SELECT p.category FROM product AS p WHERE p.category IS NOT NULL"
                " GROUP BY p.category ORDER BY COUNT(*) DESC, p.category LIMIT 1"
            ),
        }

    def _named(self, value: object) -> object:
        """Return the value of another name where a value is ``=NAME``."""
        if isinstance(value, str) and value.startswith("="):
            return self._common[value[1:]]
        return value

    def _first(self, text: str) -> Any:  # noqa: ANN401 - any type of column
        rows = self._engine.run_text(text)
        return rows.column(0)[0].as_py() if rows.num_rows else None

    def _looked_up(self) -> dict[str, object]:
        return {name: self._first(text) for name, text in LOOKUPS.items()}

    def _listed(self) -> dict[str, object]:
        return {name: self._engine.run_text(text).column(0).to_pylist() for name, text in LISTS.items()}

    def _days(self) -> dict[str, object]:
        """Return the half year up to the last month with sales in shops, and the same a year before."""
        month = self._first("SELECT MAX(s.month) FROM terminal_sales AS s") or _FIRST_DAY
        start = _months_before(month, _HALF_YEAR - 1)
        last_day = month.replace(day=calendar.monthrange(month.year, month.month)[1])
        after = last_day + dt.timedelta(days=1)
        months = [_months_before(month, number) for number in reversed(range(_HALF_YEAR))]
        year_ago = _months_before(month, 12)
        return {
            **dict.fromkeys(("start", "first_day", "first_month", "cycle_start", "during"), start),
            **dict.fromkeys(("end", "last_month", "month", "new_after"), month),
            **dict.fromkeys(("as_of", "until", "last_day"), last_day),
            **dict.fromkeys(("end_day",), after),
            **dict.fromkeys(("middle", "before"), months[_HALF_YEAR // 2]),
            **dict.fromkeys(("previous_start", "from_day", "after", "new_before"), _months_before(start, 12)),
            **dict.fromkeys(("previous_end", "previous"), year_ago),
            "previous_end_day": _months_before(after, 12),
            "early": _months_before(start, _HALF_YEAR),
            "days": [last_day, last_day - dt.timedelta(days=7)],
            "year": month.year,
            "months": float(_HALF_YEAR),
            "months_before": float(_HALF_YEAR),
        }


def _months_before(month: dt.date, number: int) -> dt.date:
    """Return the first day of a month some months before."""
    year, index = divmod(month.year * 12 + month.month - 1 - number, 12)
    return dt.date(year, index + 1, 1)


FIXED: dict[str, object] = {
    "scope": None,
    "category": None,
    "homeless": True,
    "unplaced": True,
    "by_category": False,
    "is_latin": True,
    "wanted": "a",
    "length": 2,
    "k": 1.7,
    "kind": "terminal",
    "customer_type": "terminal",
    "owner": "employee",
    "limit": 50,
    "offset": 0,
    "named": 1,
    "count": 1,
    "version": 0,
    "factor": "population",
    "product": None,
    "task": None,
    "zoom": 16,
    "shift": 16,
    "first_cell": 0,
    "last_cell": (1 << 48) - 1,
    "first_terminal": "",
    "last_terminal": "\U0010ffff",
    **{f"rival_{number}": None for number in range(2, 6)},
}
"""Values that no data are needed for."""
