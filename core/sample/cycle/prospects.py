"""Prospects of the demonstration region: over a year of stages, and the reviews of their talks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from core.customers.forms import form
from core.customers.forms.validate import to_json, validate
from core.sample.cycle import prospect_words as words
from core.sample.request import LAST_MONTH, MONTHS, months
from core.sample.terminals import BLANK, CLOSED

if TYPE_CHECKING:
    from core.sample.request import SampleRequest
    from core.sample.staff import Staff
    from core.sample.terminals import Terminals

MOST = 900
"""Prospects with a history; those of the first reps in a large region."""
DAYS = 700
"""How long ago the first of those that are still blank was found."""
END = dt.datetime(LAST_MONTH.year, LAST_MONTH.month, 31, 18)
START = dt.datetime(LAST_MONTH.year - 1, 8, 3, 9)
"""When the list of prospects was begun, with everybody known by then."""
LIFE = (("cold", 55.0), ("warm", 38.0), ("hot", 24.0))
"""Stages, and how many days a prospect stays in each on average."""
GOES_ON = {"cold": 0.6, "warm": 0.66, "hot": 0.62}
"""Part that goes on to the next stage; the rest is dropped, nurtured, or a no-go account."""
SOURCES = (
    ("canvassing", 0.42),
    ("referral", 0.18),
    ("customer", 0.16),
    ("telephone", 0.14),
    ("partner", 0.10),
)
LUCK = {"referral": 1.25, "customer": 1.2, "telephone": 0.75}
REVIEWED = 0.8
"""Part of the warm and hot prospects whose last talk was reviewed."""


@dataclass
class _Record:
    """One row of the history."""

    at: dt.datetime
    possibility: str
    progress: str
    source: str
    no_go: bool = False
    decision: str | None = None


def prospect_tables(
    request: SampleRequest, terminals: Terminals, staff: Staff
) -> Iterator[tuple[str, pa.Table]]:
    """Yield the rows of visit_prospect, prospect_stage and of the reviews; all of shops with a rep.

    Shops that began to sell in the last year were won the month before; the others are blank.
    """
    random = request.stream("prospects")
    rep, opened = staff.rep_of_terminal, terminals.opened
    fresh = (terminals.status != BLANK) & (terminals.status != CLOSED) & (opened > MONTHS - 13)
    blank = (terminals.status == BLANK) & (random.random(len(rep), np.float32) < 0.75)
    shops = np.flatnonzero((fresh | blank) & (rep > 0))
    shops = np.sort(shops[np.argsort(rep[shops], kind="stable")][:MOST])
    employees = dict(zip(*(staff.table.column(c).to_pylist() for c in ("employee_id", "name")), strict=True))
    histories: dict[str, list[_Record]] = {}
    reviews: list[tuple[str, dict[str, Any], str]] = []
    for shop in shops.tolist():
        starts = months()[int(opened[shop])] if fresh[shop] else None
        history = _won_before(random, starts) if starts else _until_now(random)
        history = _since_start(history)
        if not history:
            continue
        name = f"T{shop + 1:08}"
        histories[name] = history
        actor = employees.get(f"E{int(rep[shop]):06}", words.OFFICE)
        review = _review(random, history[-1])
        if review is not None:
            reviews.append((name, review, actor))
    if histories:
        yield "visit_prospect", _rows(histories, latest=True)
        yield "prospect_stage", _rows(histories, latest=False)
    if reviews:
        yield "customer_form", _forms(reviews)


def _source(random: np.random.Generator) -> str:
    parts = [part for _name, part in SOURCES]
    return SOURCES[int(random.choice(len(SOURCES), p=parts))][0]


def _won_before(random: np.random.Generator, starts: dt.date) -> list[_Record]:
    """Return the stages of a shop that sells since a month: backwards from the day it was won."""
    won = dt.datetime.combine(starts, dt.time(10)) - dt.timedelta(float(random.uniform(2, 25)))
    possibility, source = ("A", "A", "B")[int(random.integers(3))], _source(random)
    stays = [float(random.exponential(days)) + 4 for _stage, days in LIFE]
    at, records = won - dt.timedelta(sum(stays)), []
    for (stage, _days), stay in zip(LIFE, stays, strict=True):
        records.append(_Record(at, possibility, stage, source))
        at += dt.timedelta(stay)
    return [*records, _Record(won, possibility, "hot", source, decision="won")]


def _until_now(random: np.random.Generator) -> list[_Record]:
    """Return the stages of a blank shop up to the last day; empty where it would have been won long ago."""
    at = END - dt.timedelta(float(random.uniform(3, DAYS)))
    source = _source(random)
    possibility = "ABC"[int(random.choice(3, p=[0.25, 0.45, 0.30]))]
    records: list[_Record] = []
    for stage, days in LIFE:
        records.append(_Record(at, possibility, stage, source))
        at += dt.timedelta(float(random.exponential(days)) + 4)
        if at >= END:
            return records
        chance = GOES_ON[stage] * LUCK.get(source, 1.0) * {"A": 1.15, "B": 1.0, "C": 0.75}[possibility]
        if random.random() > chance:
            end = _Record(at, possibility, stage, source, no_go=bool(random.random() < 0.2))
            end.decision = None if end.no_go else "nurture" if random.random() < 0.2 else "drop"
            return [*records, end]
    # A shop that was won earlier would be selling by now.
    if at < END - dt.timedelta(150):
        return []
    return [*records, _Record(at, possibility, "hot", source, decision="won")]


def _since_start(history: list[_Record]) -> list[_Record]:
    """Return a history from the day the list was begun; empty where it was over before."""
    later = [record for record in history if record.at > START]
    earlier = history[len(history) - len(later) - 1] if len(later) < len(history) else None
    if earlier is None or earlier.decision or earlier.no_go:
        return later
    return [replace(earlier, at=START), *later]


def _review(random: np.random.Generator, last: _Record) -> dict[str, Any] | None:
    """Return the review of the last talk with an open prospect; some of the next visits are overdue."""
    if last.decision or last.no_go or last.progress == "cold" or random.random() > REVIEWED:
        return None
    since = max(1, (END - last.at).days)
    talked = END.date() - dt.timedelta(int(random.integers(0, min(since, 30))))
    said: dict[str, Any] = {
        "talked_on": talked,
        "next_content": words.NEXT[int(random.integers(len(words.NEXT)))],
    }
    said["next_on"] = talked + dt.timedelta(int(random.integers(5, 22)))
    said["result"] = words.RESULTS[int(random.integers(len(words.RESULTS)))]
    said["ladder"] = {"warm": ("little", "much"), "hot": ("much", "convinced")}[last.progress][
        int(random.integers(2))
    ]
    for point in ("future", "impression", "reactions", "timing", "key_person", "conditions", "pair_call"):
        said[point] = bool(random.random() < (0.25 if point == "pair_call" else 0.72))
    return said


def _rows(histories: dict[str, list[_Record]], *, latest: bool) -> pa.Table:
    kept = [
        (shop, number, record)
        for shop, records in histories.items()
        for number, record in enumerate(records, 1)
        if not latest or number == len(records)
    ]
    columns: dict[str, list[Any]] = {
        "terminal_id": [shop for shop, _number, _record in kept],
        **{
            field: [getattr(record, field) for _shop, _number, record in kept]
            for field in ("possibility", "progress", "source", "no_go", "decision")
        },
    }
    kinds = {"no_go": pa.bool_()}
    table = pa.table(
        {name: pa.array(values, kinds.get(name, pa.string())) for name, values in columns.items()}
    )
    if latest:
        return table
    moments = pa.array([record.at.replace(microsecond=0) for _s, _n, record in kept], pa.timestamp("us"))
    numbers = pa.array([number for _s, number, _r in kept], pa.int32())
    who = pa.array([words.OFFICE] * len(kept), pa.string())
    for name, column in (("number", numbers), ("changed_at", moments), ("changed_by", who)):
        table = table.append_column(name, column)
    return table


def _forms(reviews: list[tuple[str, dict[str, Any], str]]) -> pa.Table:
    declared = form("negotiation_review")
    when = [dt.datetime.combine(said["talked_on"], dt.time(17)) for _shop, said, _actor in reviews]
    texts: dict[str, list[str]] = {
        "form": [declared.name] * len(reviews),
        "customer_type": ["terminal"] * len(reviews),
        "customer_id": [shop for shop, _said, _actor in reviews],
        "record_id": ["demo200"] * len(reviews),
        "payload": [to_json(validate(declared, said)) for _shop, said, _actor in reviews],
        "updated_by": [actor for _shop, _said, actor in reviews],
    }
    return pa.table(
        {
            **{name: pa.array(values, pa.string()) for name, values in texts.items()},
            "version": pa.array([1] * len(reviews), pa.int32()),
            "updated_at": pa.array(when, pa.timestamp("us")),
        }
    )
