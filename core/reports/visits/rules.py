"""What holds for single customers: as rules, as rows of the store, as a table that people edit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from core.errors import AppError, InputError
from core.i18n import _
from core.store.visits import plans as store_visits
from core.visits.rules import VisitRule

if TYPE_CHECKING:
    from core.store.database import Store

GRID_COLUMNS = (
    "visits", "reason", "opens", "closes", "forbidden", "preferred",
    "min_gap", "max_gap", "fixed", "first_by", "minutes", "employee_id",
)  # fmt: skip
"""Columns of the table that people edit, in the order of the screen, after terminal_id, name and grade."""


def rules_of(rows: pd.DataFrame) -> list[VisitRule]:
    """Turn rows of ``visit_rule`` into rules."""
    return [
        VisitRule(
            row.terminal_id,
            visits=_number(row.visits),
            reason=_text(row.reason),
            minutes=_number(row.minutes),
            preferred=frozenset(map(int, _text(row.preferred))),
            forbidden=frozenset(map(int, _text(row.forbidden))),
            opens=_number(row.opens),
            closes=_number(row.closes),
            min_gap=_whole(row.min_gap),
            max_gap=_whole(row.max_gap),
            fixed=tuple(dt.date.fromisoformat(day) for day in _text(row.fixed).split(",") if day),
            first_by=None if pd.isna(row.first_by) else pd.Timestamp(row.first_by).date(),
            employee_id=_text(row.employee_id) or None,
        )
        for row in rows.itertuples()
    ]


def keep(store: Store, rules: Sequence[VisitRule], *, actor: str = "local") -> None:
    """Save rules in place of those the same customers had; an empty rule leaves nothing.

    Parameters
    ----------
    store
        The store.
    rules
        At most one per customer.
    actor
        Who changed them.
    """
    rows = [
        {
            "terminal_id": rule.terminal_id,
            "visits": rule.visits,
            "reason": None if rule.is_empty else rule.reason or None,
            "minutes": rule.minutes,
            "preferred": _digits(rule.preferred),
            "forbidden": _digits(rule.forbidden),
            "opens": rule.opens,
            "closes": rule.closes,
            "min_gap": rule.min_gap,
            "max_gap": rule.max_gap,
            "fixed": ",".join(map(str, sorted(rule.fixed))) or None,
            "first_by": rule.first_by,
            "employee_id": rule.employee_id,
        }
        for rule in rules
    ]
    store_visits.save_rules(
        store, pd.DataFrame(rows, columns=list(store_visits.RULE_COLUMNS), dtype=object), actor=actor
    )


def grid(shops: pd.DataFrame, rules: Iterable[VisitRule]) -> pd.DataFrame:
    """Return one row per customer with what differs, as people edit it.

    Parameters
    ----------
    shops
        terminal_id, name, grade.
    rules
        What differs now.

    Returns
    -------
    DataFrame
        terminal_id, name, grade and :data:`GRID_COLUMNS`: opens and closes as times of day, weekdays as
        lists of digits, fixed as days with commas; None where nothing differs.
    """
    known = {rule.terminal_id: rule for rule in rules}
    rows = [_grid_row(known.get(shop, VisitRule(shop))) for shop in shops["terminal_id"]]
    table = pd.DataFrame(rows, columns=list(GRID_COLUMNS), index=shops.index, dtype=object)
    for number in ("visits", "minutes", "min_gap", "max_gap"):
        table[number] = table[number].astype("Float64" if number in ("visits", "minutes") else "Int64")
    return pd.concat([shops[["terminal_id", "name", "grade"]], table], axis=1)


def _grid_row(rule: VisitRule) -> dict[str, object]:
    return {
        "visits": rule.visits,
        "reason": rule.reason or None,
        "opens": time_of(rule.opens),
        "closes": time_of(rule.closes),
        "forbidden": [str(day) for day in sorted(rule.forbidden)],
        "preferred": [str(day) for day in sorted(rule.preferred)],
        "min_gap": rule.min_gap,
        "max_gap": rule.max_gap,
        "fixed": ", ".join(map(str, sorted(rule.fixed))) or None,
        "first_by": rule.first_by,
        "minutes": rule.minutes,
        "employee_id": rule.employee_id,
    }


def from_grid(table: pd.DataFrame) -> list[VisitRule]:
    """Return the rules that an edited table says.

    Parameters
    ----------
    table
        Rows as :func:`grid` returns them.

    Raises
    ------
    InputError
        Some rows can't hold; every one is named with what is wrong.
    """
    rules, faults = [], []
    for row in table.to_dict("records"):
        try:
            rules.append(
                VisitRule(
                    str(row["terminal_id"]),
                    visits=_number(row["visits"]),
                    reason=_text(row["reason"]),
                    minutes=_number(row["minutes"]),
                    preferred=_weekdays(row["preferred"]),
                    forbidden=_weekdays(row["forbidden"]),
                    opens=minutes_of(row["opens"]),
                    closes=minutes_of(row["closes"]),
                    min_gap=_whole(row["min_gap"]),
                    max_gap=_whole(row["max_gap"]),
                    fixed=days_of(_text(row["fixed"])),
                    first_by=None if pd.isna(row["first_by"]) else pd.Timestamp(row["first_by"]).date(),
                    employee_id=_text(row["employee_id"]) or None,
                )
            )
        except AppError as error:
            faults.append(f"**{row['name']}** · {error}")
    if faults:
        raise InputError("  \n".join(faults), _("Nothing was saved."))
    return rules


def days_of(text: str) -> tuple[dt.date, ...]:
    """Return the days in a text, ISO dates with commas or blanks between them.

    Raises
    ------
    InputError
        A part is no day.
    """
    found = []
    for part in re.split(r"[\s,，、;；]+", text.strip()):
        if not part:
            continue
        try:
            found.append(dt.date.fromisoformat(part.replace("/", "-").replace(".", "-")))
        except ValueError as error:
            raise InputError(
                _("“{text}” is no day.", text=part), _("Write it as {example}.", example="2026-01-05")
            ) from error
    return tuple(sorted(set(found)))


def time_of(minutes: float | None) -> dt.time | None:
    """Return minutes after midnight as a time of day; the end of the day as its last minute."""
    if minutes is None:
        return None
    whole = min(round(minutes), 1439)
    return dt.time(whole // 60, whole % 60)


def minutes_of(time: object) -> float | None:
    """Return a time of day as minutes after midnight."""
    if isinstance(time, str) and time:
        time = dt.time.fromisoformat(time)
    return float(time.hour * 60 + time.minute) if isinstance(time, dt.time) else None


def _weekdays(value: object) -> frozenset[int]:
    return frozenset(map(int, value)) if isinstance(value, Iterable) else frozenset()


def _digits(weekdays: frozenset[int]) -> str | None:
    return "".join(map(str, sorted(weekdays))) or None


def _number(value: object) -> float | None:
    return None if pd.isna(value) else float(str(value))


def _whole(value: object) -> int | None:
    return None if pd.isna(value) else int(float(str(value)))


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)
