"""What holds for single customers: as rules, as rows of the store, as a table that people edit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypedDict

import pandas as pd

from core.errors import AppError, InputError
from core.i18n import _
from core.store.visits import plans as store_visits
from core.visits.hours import clock, hours_of, hours_text, moment
from core.visits.market_days import from_code, market_days
from core.visits.rules import VisitRule

if TYPE_CHECKING:
    from core.store.database import Store

GRID_COLUMNS = (
    "visits", "reason", "hours", "forbidden", "preferred", "market", "min_gap", "max_gap",
    "fixed", "not_before", "first_by", "minutes", "employee_id", "companion",
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
            hours=hours_of(_text(row.hours)),
            min_gap=_whole(row.min_gap),
            max_gap=_whole(row.max_gap),
            **appointments(_text(row.fixed)),
            first_by=_day(row.first_by),
            not_before=_day(row.not_before),
            market=from_code(row.market) if _text(row.market) else None,
            employee_id=_text(row.employee_id) or None,
            companion=_text(row.companion) or None,
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
            "hours": hours_text(rule.hours) or None,
            "min_gap": rule.min_gap,
            "max_gap": rule.max_gap,
            "fixed": ",".join(_appointment_texts(rule)) or None,
            "first_by": rule.first_by,
            "not_before": rule.not_before,
            "market": rule.market.code if rule.market else None,
            "employee_id": rule.employee_id,
            "companion": rule.companion,
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
        terminal_id, name, grade and :data:`GRID_COLUMNS`: weekdays as lists of digits, hours, market days
        and appointments as text; None where nothing differs.
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
        "hours": hours_text(rule.hours) or None,
        "forbidden": [str(day) for day in sorted(rule.forbidden)],
        "preferred": [str(day) for day in sorted(rule.preferred)],
        "min_gap": rule.min_gap,
        "max_gap": rule.max_gap,
        "market": str(rule.market) if rule.market else None,
        "fixed": ", ".join(_appointment_texts(rule)) or None,
        "not_before": rule.not_before,
        "first_by": rule.first_by,
        "minutes": rule.minutes,
        "employee_id": rule.employee_id,
        "companion": rule.companion,
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
                    hours=hours_of(_text(row["hours"])),
                    min_gap=_whole(row["min_gap"]),
                    max_gap=_whole(row["max_gap"]),
                    **appointments(_text(row["fixed"])),
                    first_by=_day(row["first_by"]),
                    not_before=_day(row["not_before"]),
                    market=market_days(_text(row["market"])),
                    employee_id=_text(row["employee_id"]) or None,
                    companion=_text(row["companion"]) or None,
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


class Appointments(TypedDict):
    """Days on which a visit must be made, and when it begins where that was agreed too."""

    fixed: tuple[dt.date, ...]
    times: tuple[tuple[dt.date, float], ...]


def appointments(text: str) -> Appointments:
    """Return the appointments in a text such as 2026-01-05 10:00, 2026-01-19.

    Raises
    ------
    InputError
        A part is no day, or what follows a day is no time.
    """
    found: dict[dt.date, float | None] = {}
    for day, at in re.findall(r"([^\s,，、;；]+)(?:[ T]+(\d{1,2}[:：]\d{2}))?", text):
        (date,) = days_of(day)
        found[date] = moment(at) if at else found.get(date)
    times = tuple((day, at) for day, at in sorted(found.items()) if at is not None)
    return {"fixed": tuple(sorted(found)), "times": times}


def _appointment_texts(rule: VisitRule) -> list[str]:
    at = dict(rule.times)
    return [f"{day} {clock(at[day])}" if day in at else str(day) for day in sorted(rule.fixed)]


def _day(value: object) -> dt.date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()


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
