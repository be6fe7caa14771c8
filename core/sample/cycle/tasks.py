"""Two months of work tasks in every state, late ones among them, each from a finding of this region."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from core.cycle.tasks.task import Finding, Goal, Task
from core.sample.cycle import task_words as words
from core.sample.request import MONTHS
from core.sample.terminals import BLANK
from core.store.cycle.tasks.rows import values_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.sample.geography.province import Province
    from core.sample.market import MarketFigures
    from core.sample.staff import Dealers, Staff
    from core.sample.terminals import Terminals

AUGUST, SEPTEMBER = dt.date(2026, 8, 31), dt.date(2026, 9, 30)
K, WINDOW = 1.7, 12
_SCALE = {"company": "OWN", "months": str(WINDOW), "k": str(K)}
_DIRECTOR = 1
_TYPES = {
    **dict.fromkeys(("due", "baseline_day", "closed_on"), pa.date32()),
    **dict.fromkeys(("created_at", "updated_at", "happened_at"), pa.timestamp("us")),
    **dict.fromkeys(("target", "baseline", "signed_value"), pa.float64()),
    "version": pa.int32(),
}


@dataclass(frozen=True)
class Ground:
    """What the tasks are about.

    Parameters
    ----------
    shops
        terminal_id, name and region_id of the first shops, in their order.
    """

    province: Province
    figures: MarketFigures
    terminals: Terminals
    staff: Staff
    dealers: Dealers
    shops: pa.Table


@dataclass(frozen=True)
class Story:
    """One task and what happened to it.

    Parameters
    ----------
    steps
        State, day and reason of each move.
    """

    task: Task
    made: dt.date
    steps: tuple[tuple[str, dt.date, str], ...] = ()


def task_tables(ground: Ground) -> Iterator[tuple[str, pa.Table]]:
    """Yield the tables ``task`` and ``task_event`` with their rows."""
    names = dict(
        zip(*(ground.staff.table.column(c).to_pylist() for c in ("employee_id", "name")), strict=True)
    )
    tasks: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    for number, story in enumerate([*_market(ground), *_visits(ground), *_people(ground)], start=1):
        rows = _rows(f"demo{number:03}", story, names)
        tasks.append(rows[0])
        events.extend(rows[1])
    yield "task", _table(tasks)
    yield "task_event", _table(events)


def _rows(task_id: str, story: Story, names: dict[str, str]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the row of a task and those of its history."""
    boss, owner = names[_employee(_DIRECTOR)], names.get(story.task.owner_id or "", words.OFFICE)
    made = dt.datetime.combine(story.made, dt.time(9, 30))
    events = [_event(task_id, 1, made, boss, None, "open", None)]
    signed = False
    for version, (state, day, reason) in enumerate(story.steps, start=2):
        actor = owner if state in {"doing", "done"} and not reason else boss
        at = dt.datetime.combine(day, dt.time(16, 5))
        events.append(_event(task_id, version, at, actor, events[-1]["state_after"], state, reason or None))
        signed = state == "signed"
    last = events[-1]
    row = {
        **values_of(story.task), "task_id": task_id, "state": last["state_after"], "version": last["version"],
        "created_at": made, "created_by": boss, "updated_at": last["happened_at"],
        "updated_by": last["actor"],
        "closed_on": last["happened_at"].date() if last["state_after"] in {"signed", "dropped"} else None,
        "signed_by": boss if signed else None, "signed_verdict": "manual" if signed else None,
        "signed_value": None,
    }  # fmt: skip
    return row, events


def _event(
    task_id: str,
    version: int,
    at: dt.datetime,
    actor: str,
    before: str | None,
    after: str,
    reason: str | None,
) -> dict[str, Any]:
    action = "create" if before is None else "sign" if after == "signed" else "move"
    return {
        "task_id": task_id, "version": version, "happened_at": at, "actor": actor, "action": action,
        "state_before": before, "state_after": after, "reason": reason, "before": None, "after": None,
    }  # fmt: skip


def _market(ground: Ground) -> Iterator[Story]:
    """Tell of counties: two within reach, two that close the gap, one whose lead shrinks, one far away."""
    then, now = _ratios(ground.figures, MONTHS - 3), _ratios(ground.figures, MONTHS - 1)
    year_before = _ratios(ground.figures, MONTHS - 15)
    in_reach = np.flatnonzero((then > 1 / K) & (then < K) & (now < K))
    for number, county in enumerate(in_reach[np.argsort(-then[in_reach], kind="stable")][:2]):
        due, begun = ((dt.date(2026, 10, 23), 15), (dt.date(2026, 11, 27), 21))[number]
        yield Story(
            _ratio_task(ground, county, "win", K, then[county], due),
            dt.date(2026, 9, 14),
            (("doing", dt.date(2026, 9, begun), ""),),
        )
    # Aims have two decimals, as they are shown.
    aim = np.floor(then * 100 + 1) / 100
    rising = np.flatnonzero((then > 1 / K) & (then < K) & (now >= aim))
    for county in rising[np.argsort(then[rising] / now[rising], kind="stable")][:2]:
        yield Story(
            _ratio_task(ground, county, "region", float(aim[county]), then[county], dt.date(2026, 10, 30)),
            dt.date(2026, 9, 16),
            (("doing", dt.date(2026, 9, 18), ""),),
        )
    shrinking = np.flatnonzero((then >= K) & (then < year_before))
    for county in shrinking[np.argsort((then / year_before)[shrinking], kind="stable")][:1]:
        yield Story(
            _ratio_task(
                ground,
                county,
                "defend",
                round(float(year_before[county]), 2),
                then[county],
                dt.date(2026, 11, 20),
            ),
            dt.date(2026, 9, 15),
            (("doing", dt.date(2026, 9, 22), ""),),
        )
    far = np.flatnonzero(then < 1 / K)
    for county in far[np.argsort(then[far], kind="stable")][:1]:
        task = _county_task(ground, county, "subdivide", words.SUBDIVIDE, words.FAR, dt.date(2026, 10, 16))
        yield Story(task, dt.date(2026, 9, 14), (("dropped", dt.date(2026, 9, 28), words.DROPPED),))
    blind = np.flatnonzero(~ground.figures.sales_recorded[:, -1, 1:6].any(axis=1))
    for number, county in enumerate(blind[:2]):
        task = _county_task(
            ground, county, "missing_data", words.FIND_OUT, words.BLIND, dt.date(2026, 10, 20)
        )
        done = (("doing", dt.date(2026, 9, 24), ""), ("done", dt.date(2026, 10, 19), ""))
        yield Story(task, dt.date(2026, 9, 15), (*done, ("signed", dt.date(2026, 10, 21), ""))[: 3 - number])
    county = int(np.argmax(ground.province.population))
    task = _county_task(
        ground, county, "unvisited", words.VISIT_ALL, words.UNVISITED, dt.date(2026, 11, 6),
        goal=Goal("unvisited", 0, None, SEPTEMBER),
    )  # fmt: skip
    yield Story(task, dt.date(2026, 10, 12), (("doing", dt.date(2026, 10, 13), ""),))


def _visits(ground: Ground) -> Iterator[Story]:
    """Tell of shops: blank ones to win, customers to visit, and a list of blank shops."""
    terminals, count = ground.terminals, ground.shops.num_rows
    status, grade = terminals.status[:count], terminals.grade[:count]
    rep = ground.staff.rep_of_terminal[:count]
    named = (rep > 0) & np.array(ground.shops.column("region_id").is_valid().to_numpy())
    blank = np.flatnonzero(named & (status == BLANK))
    for shop, state, day in ((s, ("", "doing")[n], (16, 23)[n]) for n, s in enumerate(blank[:2])):
        goal = Goal("shop_sells", 1, 0, AUGUST, {"company": "OWN"})
        task = _shop_task(
            ground, shop, "blank_shop", words.WIN_SHOP, words.BLANK_SHOP, dt.date(2026, 10, day), goal
        )
        yield Story(task, dt.date(2026, 9, 14), ((state, dt.date(2026, 9, 17), ""),) if state else ())
    customers = np.flatnonzero(named & (status != BLANK) & (grade >= 0))
    for shop, day in zip(customers[::97][:6], (19, 19, 26, 27, 30, 30), strict=False):
        goal = Goal("visits", 1, 0, dt.date(2026, 10, 9), {})
        task = _shop_task(
            ground, shop, "overdue_visit", words.VISIT_SHOP, words.OVERDUE, dt.date(2026, 10, day), goal
        )
        yield Story(task, dt.date(2026, 10, 12))
    if len(blank) > 2:
        listed = blank[rep[blank] == rep[blank[-1]]][:12]
        ids = [f"T{shop + 1:08}" for shop in listed]
        yield Story(
            Task(
                words.VISIT_LIST.format(n=len(ids)), dt.date(2026, 11, 13),
                Finding("shops", "demo", words.LIST, "terminal-map", {"situation": "blank"}),
                region_id=ground.shops.column("region_id")[int(listed[0])].as_py(),
                owner_id=_employee(rep[listed[0]]),
                goal=Goal("shops_visited", len(ids), 0, SEPTEMBER, {"shops": ",".join(ids)}),
            ),
            dt.date(2026, 10, 12), (("doing", dt.date(2026, 10, 14), ""),),
        )  # fmt: skip


def _people(ground: Ground) -> Iterator[Story]:
    """Tell of what managers sign: a talk with a dealer, and ideas of their own."""
    dealer = ground.dealers.table.slice(0, 1).to_pylist()[0]
    about = {"customer_type": "dealer", "customer_id": dealer["dealer_id"], "region_id": dealer["region_id"]}
    owner = dealer["owner_employee_id"] or _employee(2)
    finding = Finding(
        "customer", dealer["dealer_id"], words.DEALER_WHY.format(dealer=dealer["name"]), "customer",
        {"customer": f"dealer:{dealer['dealer_id']}"},
    )  # fmt: skip
    done = (("doing", dt.date(2026, 10, 14), ""), ("done", dt.date(2026, 10, 28), ""))
    task = Task(
        words.DEALER_TALK.format(dealer=dealer["name"]),
        dt.date(2026, 10, 30),
        finding,
        owner_id=owner,
        **about,
    )
    yield Story(task, dt.date(2026, 10, 12), done)
    for title, why, made, due, steps in words.BY_HAND:
        finding = Finding("manual", "", why)
        task = Task(title, due, finding, region_id=ground.province.city_ids[0], owner_id=_employee(2))
        yield Story(task, made, steps)


def _ratio_task(ground: Ground, county: int, kind: str, target: float, baseline: float, due: dt.date) -> Task:
    """Return the task to bring a county to so many times the largest rival."""
    name = ground.province.county_names[county][0]
    why = words.RATIO.format(county=name, ratio=f"{baseline:.2f}", k=f"{K:.3g}")
    title = words.RATIO_TITLES[kind].format(county=name, target=f"{target:.2f}")
    goal = Goal("ratio", float(target), float(baseline), AUGUST, _SCALE)
    return _county_task(ground, county, kind, title, why, due, goal=goal)


def _county_task(
    ground: Ground, county: int, kind: str, title: str, why: str, due: dt.date, *, goal: Goal | None = None
) -> Task:
    region, name = ground.province.county_ids[county], ground.province.county_names[county][0]
    manager = int(ground.staff.manager_of_city[ground.province.city[county]])
    finding = Finding(kind, f"{kind}:{region}", why.format(county=name), "number-one", {"region": region})
    return Task(
        title.format(county=name), due, finding, region_id=region, owner_id=_employee(manager), goal=goal
    )


def _shop_task(ground: Ground, shop: int, kind: str, title: str, why: str, due: dt.date, goal: Goal) -> Task:
    row = ground.shops.slice(int(shop), 1).to_pylist()[0]
    page = {"customer": f"terminal:{row['terminal_id']}"}
    return Task(
        title.format(shop=row["name"]), due,
        Finding(kind, row["terminal_id"], why.format(shop=row["name"]), "customer", page),
        region_id=row["region_id"], customer_type="terminal", customer_id=row["terminal_id"],
        owner_id=_employee(ground.staff.rep_of_terminal[shop]), goal=goal,
    )  # fmt: skip


def _ratios(figures: MarketFigures, last: int) -> NDArray[np.float64]:
    """Return our sales ÷ the largest rival's in twelve months; NaN where not all months are known."""
    part = slice(last - WINDOW + 1, last + 1)
    known = figures.sales_recorded[:, part, :6].all(axis=(1, 2))
    sums = figures.totals[:, part, :6].sum(axis=1).astype(np.float64)
    ratio = np.full(len(sums), np.nan)
    usable = known & (sums[:, 1:].max(axis=1) > 0) & (sums[:, 0] > 0)
    ratio[usable] = sums[usable, 0] / sums[usable, 1:].max(axis=1)
    return ratio


def _employee(number: int | np.integer[Any]) -> str:
    return f"E{int(number):06}"


def _table(rows: list[dict[str, Any]]) -> pa.Table:
    names = list(dict.fromkeys(itertools.chain.from_iterable(rows)))
    return pa.table(
        {name: pa.array([row[name] for row in rows], _TYPES.get(name, pa.string())) for name in names}
    )
