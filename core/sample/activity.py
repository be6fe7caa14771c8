"""What people do: visits, working time, relations and score sheets."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from core.sample import arrow
from core.sample.cycle.day import day_tables
from core.sample.forms.terminal_forms import terminal_form_table
from core.sample.request import LAST_MONTH, month_days
from core.sample.terminals import BLANK, CLOSED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from core.sample.request import SampleRequest
    from core.sample.staff import Dealers, Staff
    from core.sample.terminals import Terminals

VISITS_A_QUARTER = np.array([12.0, 6.0, 3.0, 1.5, 1.5])
"""Of a shop of grade A, B, C, D and of unknown grade."""
MINUTES = np.array([38.0, 27.0, 18.0, 12.0, 12.0])
NEVER_VISITED = 0.07
CHUNK = 400_000
TIME_LOG_REPS = 300
SHEETS = 300
RELATIONS = 2_000
_PURPOSES = ("订货", "理货陈列", "客情维护", "新品推荐", "收款")
_RESULTS = ("已下单", "已补陈列", "无需求", "负责人不在", "约定下次")
_ACTIVITIES = ("selling", "travel", "waiting", "office")


def activity_tables(
    request: SampleRequest, terminals: Terminals, staff: Staff, dealers: Dealers
) -> Iterator[tuple[str, pa.Table, float]]:
    """Yield tables, rows and the share of this part's work."""
    random = request.stream("activity")
    if request.is_large:
        pieces = -(-len(terminals) // CHUNK)
        for start in range(0, len(terminals), CHUNK):
            rows = _last_visits(request, terminals, staff, start)
            yield "visit", rows, 0.9 / pieces
    else:
        visits = _visits(random, terminals, staff)
        yield "visit", visits, 0.87
    time_log = _time_log(random, staff)
    yield "time_log", time_log, 0.04
    if not request.is_large:
        for name, rows in day_tables(request, visits, time_log, *_shops_and_names(staff)):
            yield name, rows, 0.005
    yield "relation", _relations(random, terminals, dealers), 0.03
    sheets = _score_sheets(random, terminals, staff)
    yield "score_item", sheets, 0.02
    yield "score_item", _earlier_sheets(request.stream("earlier_sheets"), sheets), 0.005
    yield "customer_form", terminal_form_table(request, dealers, staff, sheets), 0.005


def working_days() -> NDArray[np.int64]:
    """Return Mondays to Fridays of the last three months as days since 1970."""
    last = dt.date(LAST_MONTH.year, LAST_MONTH.month + 1, 1)
    days = np.arange(int(month_days()[-3]), (last - dt.date(1970, 1, 1)).days)
    return np.asarray(days[(days + 3) % 7 < 5])  # day 0, 1 January 1970, was a Thursday


def _visits(random: np.random.Generator, terminals: Terminals, staff: Staff) -> pa.Table:
    """Return all visits of three months, spread evenly over each shop's days, in order of time."""
    days = working_days()
    diligence = random.uniform(0.6, 1.08, staff.first_rep + staff.reps)
    frequency = VISITS_A_QUARTER[terminals.grade] * diligence[staff.rep_of_terminal]
    frequency *= np.where(terminals.status == BLANK, 0.25, 1.0)
    count = random.poisson(frequency)
    gone = (terminals.status == CLOSED) | (staff.rep_of_terminal == 0)
    count[gone | (random.random(len(count)) < NEVER_VISITED)] = 0
    shop = np.repeat(np.arange(len(count)), count)
    nth = np.arange(len(shop)) - np.repeat(np.cumsum(count) - count, count)
    place = (nth + random.uniform(0.15, 0.85, len(shop))) / count[shop]
    day = days[np.floor(place * len(days)).astype(np.int64)]
    rep = staff.rep_of_terminal[shop]
    order = np.lexsort((shop, rep, day))
    shop, rep, day = shop[order], rep[order], day[order]
    tour = np.flatnonzero(np.diff(np.concatenate([[-1], day * 10_000_000 + rep])) != 0)
    length = np.diff(np.append(tour, len(shop)))
    turn = np.arange(len(shop)) - np.repeat(tour, length)
    minute = 8 * 60 + 30 + np.floor(turn * 510 / np.repeat(length, length)).astype(np.int64)
    minute += random.integers(0, 15, len(shop))
    order = np.lexsort((rep, day * 1440 + minute))
    return _visit_table(random, terminals, shop[order], rep[order], (day * 1440 + minute)[order], 1)


def _last_visits(request: SampleRequest, terminals: Terminals, staff: Staff, start: int) -> pa.Table:
    """Return the last visit of each visited shop of one piece of a large store, in order of shops."""
    random = request.stream("visits", start)
    part = slice(start, min(start + CHUNK, len(terminals)))
    days = working_days()
    rep = staff.rep_of_terminal[part]
    share = 1 - np.exp(-VISITS_A_QUARTER[terminals.grade[part]])
    share *= (1 - NEVER_VISITED) * np.where(terminals.status[part] == BLANK, 0.3, 1.0)
    visited = (random.random(len(rep)) < share) & (terminals.status[part] != CLOSED) & (rep > 0)
    shop = np.flatnonzero(visited)
    gap = random.exponential(len(days) / VISITS_A_QUARTER[terminals.grade[part][shop]] / 2)
    day = days[np.maximum(len(days) - 1 - gap.astype(np.int64), 0)]
    minute = day * 1440 + random.integers(510, 1020, len(shop))
    return _visit_table(random, terminals, shop + start, rep[shop], minute, start + 1)


def _visit_table(
    random: np.random.Generator,
    terminals: Terminals,
    shop: NDArray[np.int64],
    rep: NDArray[np.int32],
    minute: NDArray[np.int64],
    first_number: int,
) -> pa.Table:
    count = len(shop)
    grade = terminals.grade[shop]
    stay = np.maximum(3, np.round(MINUTES[grade] * random.lognormal(0.0, 0.3, count))).astype(np.int64)
    ordered = (random.random(count) < 0.55) & (terminals.status[shop] != BLANK)
    cents = np.round(terminals.weight[shop] * random.lognormal(5.6, 0.5, count)).astype(np.int64) * 100
    return pa.table(
        {
            "visit_id": arrow.ids("V", np.arange(first_number, first_number + count), 8),
            "employee_id": arrow.ids("E", rep.astype(np.int64), 6),
            "terminal_id": arrow.ids("T", shop + 1, 8),
            "start_at": arrow.moments(minute),
            "end_at": arrow.moments(minute + stay, random.random(count) >= 0.01),
            "purpose": arrow.coded(random.integers(0, len(_PURPOSES), count), _PURPOSES),
            "result": arrow.coded(np.where(ordered, 0, random.integers(1, len(_RESULTS), count)), _RESULTS),
            "order_amount": arrow.money(cents, ordered),
            "effective": ordered | (random.random(count) < 0.6),
        }
    )


def _time_log(random: np.random.Generator, staff: Staff) -> pa.Table:
    """Return the minutes of the first reps; some waste more of their day than others."""
    days = working_days()
    reps = min(staff.reps, TIME_LOG_REPS)
    habit = random.dirichlet([30.0, 14.0, 4.0, 6.0], reps)
    shares = habit[:, None, :] * random.lognormal(0.0, 0.2, (reps, len(days), len(_ACTIVITIES)))
    minutes = np.round(480 * shares / shares.sum(axis=2, keepdims=True))
    present = np.broadcast_to((random.random((reps, len(days))) < 0.95)[..., None], minutes.shape)
    day, rep, kind = np.nonzero(present.transpose(1, 0, 2))
    return pa.table(
        {
            "employee_id": arrow.ids("E", rep + staff.first_rep, 6),
            "day": arrow.days(days[day]),
            "activity": arrow.coded(kind, _ACTIVITIES),
            "minutes": minutes[rep, day, kind],
            "effective": kind == 0,
        }
    )


def _shops_and_names(staff: Staff) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Return the shops of each rep and everybody's name."""
    names = dict(zip(*(staff.table.column(c).to_pylist() for c in ("employee_id", "name")), strict=True))
    order = np.argsort(staff.rep_of_terminal, kind="stable")
    shops = arrow.ids("T", order + 1, 8).to_pylist()
    ends = np.searchsorted(staff.rep_of_terminal[order], np.arange(staff.reps + 1) + staff.first_rep)
    reps = arrow.ids("E", np.arange(staff.reps) + staff.first_rep, 6).to_pylist()
    return {rep: shops[ends[n] : ends[n + 1]] for n, rep in enumerate(reps)}, names


def _relations(random: np.random.Generator, terminals: Terminals, dealers: Dealers) -> pa.Table:
    """Return relations of all dealers and of some A and B shops at the last two quarter ends."""
    shops = np.flatnonzero(terminals.handled & (terminals.grade >= 0) & (terminals.grade <= 1))
    shops = np.sort(random.permutation(shops)[:RELATIONS])
    number = np.concatenate([np.arange(1, len(dealers.county) + 1), shops + 1])
    kind = np.repeat([0, 1], [len(dealers.county), len(shops)])
    names = pa.concat_arrays([arrow.ids("D", number[kind == 0], 5), arrow.ids("T", number[kind == 1], 8)])
    warmth = np.clip(random.normal(1.6, 0.9, len(number)), 0, 3.49)
    now = np.clip(warmth + random.normal(0.1, 0.5, len(number)), 0, 3.49)
    both = np.concatenate([warmth, now])
    return pa.table(
        {
            "customer_type": arrow.coded(np.tile(kind, 2), ("dealer", "terminal")),
            "customer_id": pa.concat_arrays([names, names]),
            "month": arrow.days(np.repeat(month_days()[[-5, -2]], len(number))),
            "state": arrow.coded(np.round(both).astype(int), ("opposed", "loose", "following", "symbiotic")),
            "level": arrow.coded(
                np.clip(np.floor(both * 0.9), 0, 2).astype(int), ("transaction", "adviser", "coexistence")
            ),
            "satisfaction": np.clip(np.round(1.8 + both + random.normal(0, 0.4, len(both))), 1, 5),
        }
    )


def _score_sheets(random: np.random.Generator, terminals: Terminals, staff: Staff) -> pa.Table:
    """Return ten-item score sheets of some A and B shops; a few items were left out."""
    shops = np.flatnonzero(
        terminals.handled & (terminals.grade >= 0) & (terminals.grade <= 1) & (staff.rep_of_terminal > 0)
    )
    shops = np.sort(random.permutation(shops)[:SHEETS])
    level = np.clip(random.normal(6.5, 1.5, (len(shops), 1)), 1, 10)
    # Adding nothing makes a zero of the minus zero that rounding may leave, and that a page would print.
    points = np.clip(np.round(level + random.normal(0.0, 1.3, (len(shops), 10))), 0, 10) + 0.0
    sheet, item = np.nonzero(random.random(points.shape) < 0.99)
    day = random.choice(working_days(), len(shops))
    return pa.table(
        {
            "sheet_id": arrow.ids("S", sheet + 1, 6),
            "item_no": item + 1,
            "terminal_id": arrow.ids("T", shops[sheet] + 1, 8),
            "employee_id": arrow.ids("E", staff.rep_of_terminal[shops[sheet]].astype(np.int64), 6),
            "assessed_on": arrow.days(day[sheet]),
            "assessor": ["终端主管"] * len(sheet),
            "score": points[sheet, item],
        }
    )


def _earlier_sheets(random: np.random.Generator, sheets: pa.Table) -> pa.Table:
    """Return the sheets of half a year and a quarter before, of most of the shops; most became better."""
    frame = sheets.to_pandas(date_as_object=False)
    shops = frame["sheet_id"].unique()
    parts = []
    for number, (back, chance, step) in enumerate(((182, 0.5, 1.1), (91, 0.8, 0.5)), 1):
        kept = shops[random.random(len(shops)) < chance]
        part = frame[frame["sheet_id"].isin(kept)].copy()
        # Some items are won slower than others, so that the profile changes and not only its size.
        slow = np.where(part["item_no"].isin([6, 9, 10]), 0.4, 1.2)
        change = step * slow + random.normal(0.0, 0.8, len(part))
        part["score"] = np.clip(np.round((part["score"] - change) * 2) / 2, 0, 10) + 0.0
        part["sheet_id"] = part["sheet_id"] + f"-{number}"
        part["assessed_on"] = part["assessed_on"] - np.timedelta64(back, "D")
        parts.append(pa.Table.from_pandas(part, schema=sheets.schema, preserve_index=False))
    return pa.concat_tables(parts)
