"""Plan a town of 400 shops and compare with common practice; plan many reps and watch time and memory.

``python benchmarks/visit_plan.py --store STORE --seconds 10 --reps 1000 [--before]``; the paths absolute

The shops are the 400 of the demonstration region nearest to the densest place, graded A/B/C 10/30/60 %,
visited 4, 2 and 1 times in 20 days, 12, 9 and 7 minutes, in their opening hours, in days of 480 minutes
without a break, from one home. The day ends late enough for the way home.

The store is the demonstration region with 60,000 terminals (``python -m core sample --terminals 60000``):
in a smaller one 400 shops lie too far apart for one person's 640 visits.

Common practice: k-means makes five weekday districts; within one, B alternates and C takes turns by week;
each day goes to the nearest shop next that is open on arrival. Days may be longer than 480 minutes. What
has closed meanwhile is missed, so that its way is that of fewer visits; the way per visit made compares
like with like. "made up" goes to what was missed on the next day. "mended" is the same by a careful hand:
districts of equal load, and shops that close at noon first.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.build_before import build_before
from core.reports.visits.rep_work import rep_tasks
from core.reports.visits.request import VisitRequest, default_start, own_company, reps
from core.store.database import Store
from core.visits.calendar import Period
from core.visits.planning import RepPlan, RepTask, late, places, plan, problem
from core.visits.routing import warm_up
from core.visits.rules import VisitRule, WorkDay, working_days
from core.visits.runner import Effort, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

SHOPS, WEEKS = 400, 4
START = dt.date(2026, 11, 2)
NORMS = {"A": (4, 12.0), "B": (2, 9.0), "C": (1, 7.0)}
NOON = 720.0
OPENING = ((480.0, 1080.0), (540.0, 1020.0), (510.0, 720.0), (780.0, 1080.0))


@dataclass(frozen=True)
class Ways:
    """Minutes on the way, minutes of each day, visits made."""

    travel: float
    loads: np.ndarray
    made: int


def town(store: Store) -> pd.DataFrame:
    """Return the 400 shops nearest to the densest place."""
    shops = store.fetch(
        "SELECT t.terminal_id, t.name, t.lat_wgs84 AS lat, t.lon_wgs84 AS lon FROM terminal AS t"
        " WHERE t.lat_wgs84 IS NOT NULL AND COALESCE(t.status, 'listed') <> 'closed' ORDER BY t.terminal_id"
    ).to_pandas()
    cell = (shops["lat"] * 20).round().astype(int) * 100_000 + (shops["lon"] * 20).round().astype(int)
    middle = shops[cell == cell.mode()[0]][["lat", "lon"]].mean()
    east = (shops["lon"] - middle["lon"]) * math.cos(math.radians(middle["lat"]))
    near = shops.assign(far=(shops["lat"] - middle["lat"]) ** 2 + east**2).nsmallest(SHOPS, "far")
    near = near.sort_values("terminal_id").reset_index(drop=True)
    random = np.random.default_rng(1)
    grades = random.permutation(
        np.repeat(list("ABC"), [SHOPS // 10, 3 * SHOPS // 10, SHOPS - 4 * SHOPS // 10])
    )
    # Most shops are open all day, some only in the morning or in the afternoon.
    hours = np.array(OPENING)[random.choice(4, SHOPS, p=[0.5, 0.3, 0.1, 0.1])]
    return near.assign(
        grade=grades,
        planned=[NORMS[g][0] for g in grades],
        minutes=[NORMS[g][1] for g in grades],
        opens=hours[:, 0],
        closes=hours[:, 1],
    )


def task_of(shops: pd.DataFrame) -> RepTask:
    """Return the town as the task of one rep."""
    period = Period(START, WEEKS, working_days(START, WEEKS))
    home = (float(shops["lat"].mean()), float(shops["lon"].mean()))
    hours = shops[["terminal_id", "opens", "closes"]].itertuples(index=False)
    rules = tuple(VisitRule(shop, hours=((opens, closes),)) for shop, opens, closes in hours)
    return RepTask("bench", "bench", home, shops, period, WorkDay(minutes=480, rest_minutes=0), rules=rules)


def check(task: RepTask, found: RepPlan) -> list[str]:
    """Return every broken rule, found without the solver."""
    faults = []
    counts = found.stops.groupby("terminal_id").size().to_dict()
    if counts != task.visited.set_index("terminal_id")["planned"].to_dict():
        faults.append("visits")
    if found.stops.duplicated(["day", "terminal_id"]).any():
        faults.append("twice a day")
    hours = task.shops.set_index("terminal_id").loc[found.stops["terminal_id"]]
    begins, ends = (
        found.stops["begins"].to_numpy(),
        (found.stops["begins"] + found.stops["minutes"]).to_numpy(),
    )
    if (begins < hours["opens"].to_numpy() - 1e-6).any() or (ends > hours["closes"].to_numpy() + 1e-6).any():
        faults.append("opening hours")
    if (found.days["minutes"] > 480 + 1e-6).any():
        faults.append("working day")
    for shop, days in found.stops.groupby("terminal_id")["day"]:
        gaps = {(b - a).days for a, b in zip(sorted(days), sorted(days)[1:], strict=False)}
        if gaps - {28 // len(days)}:
            faults.append(f"gaps of {shop}")
    return faults + late(task, found)


def kmeans(points: np.ndarray, count: int, random: np.random.Generator) -> np.ndarray:
    """Return the cluster of each point, after Lloyd from random points; the best of ten."""
    best, labels = np.inf, np.zeros(len(points), int)
    for _start in range(10):
        centres = points[random.choice(len(points), count, replace=False)]
        for _round in range(100):
            near = ((points[:, None] - centres[None]) ** 2).sum(axis=2)
            mine = near.argmin(axis=1)
            fresh = np.array(
                [points[mine == k].mean(axis=0) if (mine == k).any() else centres[k] for k in range(count)]
            )
            if np.allclose(fresh, centres):
                break
            centres = fresh
        if near.min(axis=1).sum() < best:
            best, labels = near.min(axis=1).sum(), mine
    return labels


def even(points: np.ndarray, labels: np.ndarray, load: np.ndarray, slack: float = 1.03) -> np.ndarray:
    """Give each district at most a little more than a fifth of the load, the clearest cases first."""
    centres = np.array([points[labels == k].mean(axis=0) for k in range(labels.max() + 1)])
    far = np.sqrt(((points[:, None] - centres[None]) ** 2).sum(axis=2))
    nearest_two = np.sort(far, axis=1)[:, :2]
    room = np.full(len(centres), load.sum() / len(centres) * slack)
    mine = np.empty(len(points), int)
    for shop in np.argsort(nearest_two[:, 0] - nearest_two[:, 1], kind="stable"):
        order = np.argsort(far[shop], kind="stable")
        mine[shop] = next((k for k in order if room[k] >= load[shop]), int(room.argmax()))
        room[mine[shop]] -= load[shop]
    return mine


def practice(task: RepTask, *, mended: bool = False, make_up: bool = False) -> Ways:
    """Return what the common practice comes to."""
    shops = task.visited
    _km, way = places(task)
    points = np.column_stack(
        [shops["lon"] * math.cos(math.radians(float(shops["lat"].mean()))), shops["lat"]]
    ).astype(float)
    weekday = kmeans(points, 5, np.random.default_rng(1))
    if mended:
        weekday = even(points, weekday, (shops["planned"] * shops["minutes"]).to_numpy(float))
    days: dict[int, list[int]] = {d: [] for d in range(20)}
    turn: dict[tuple[int, int], int] = {}
    for place, (day, visits) in enumerate(zip(weekday, shops["planned"], strict=True), 1):
        every = 4 // visits
        key = (int(day), int(visits))
        first = turn.get(key, 0) % every
        turn[key] = turn.get(key, 0) + 1
        for week in range(first, 4, every):
            days[5 * week + int(day)].append(place)
    rows = shops[["minutes", "opens", "closes"]].to_numpy()
    travel, loads, made, missed = 0.0, [], 0, list[int]()
    for stops in days.values():
        due = sorted({*stops, *missed}) if make_up else stops
        spent, length, missed = nearest_next(due, way, rows, mended=mended)
        travel += spent
        loads.append(length)
        made += len(due) - len(missed)
    return Ways(travel, np.array(loads), made)


def nearest_next(
    stops: list[int], way: np.ndarray, rows: np.ndarray, *, mended: bool
) -> tuple[float, float, list[int]]:
    """Go to the nearest shop that is open on arrival, wait where none is yet, give up what has closed.

    Returns minutes on the way, length of the day, and shops given up.
    """
    left, at, now, spent, missed = set(stops), 0, 510.0, 0.0, list[int]()
    while left:
        late = {p for p in left if now + way[at, p] + rows[p - 1, 0] > rows[p - 1, 2]}
        missed, left = [*missed, *late], left - late
        if not left:
            break
        begins = {p: max(now + way[at, p], rows[p - 1, 1]) for p in left}
        opened = [p for p in left if begins[p] <= now + way[at, p]]
        # Who plans by hand goes first to the shops that close at noon.
        soon = [p for p in opened if rows[p - 1, 2] <= NOON] if mended else []
        if opened:
            chosen = min(soon or opened, key=lambda p, at=at: (way[at, p], p))
        else:
            chosen = min(left, key=lambda p, begins=begins: (begins[p], p))
        spent, now, at = spent + way[at, chosen], begins[chosen] + rows[chosen - 1, 0], chosen
        left.remove(chosen)
    return spent + way[at, 0], now + way[at, 0] - 510.0, missed


def one_town(store: Store, seconds: float) -> None:
    """Plan the town, check it, print it beside common practice."""
    task = task_of(town(store))
    problem(task)
    began = time.perf_counter()
    shown: list[float] = []
    found = plan(task, seconds=seconds, improved=lambda _best: shown.append(time.perf_counter() - began))
    took = time.perf_counter() - began
    faults = check(task, found)
    ways = {
        "this plan": Ways(found.travel_minutes, found.days["minutes"].to_numpy(), len(found.stops)),
        "practice": practice(task),
        "made up": practice(task, make_up=True),
        "mended": practice(task, mended=True),
    }
    ours = ways["this plan"]
    planned = int(task.visited["planned"].sum())
    print(f"{SHOPS} shops, {planned} visits in 20 days; planned in {took:.1f} s, {found.steps} steps")
    print(f"first plan to look at after {shown[0]:.2f} s, {len(shown) - 1} better ones while searching")
    print(f"broken rules: {faults or 'none'}")
    print(f"{'':28}" + "".join(f"{name:>12}" for name in ways))
    rows: dict[str, Callable[[Ways], str]] = {
        "minutes on the way": lambda w: f"{w.travel:.0f}",
        "visits not made": lambda w: f"{planned - w.made}",
        "minutes per visit made": lambda w: f"{w.travel / w.made:.3f}",
        "shortest day (min)": lambda w: f"{w.loads.min():.0f}",
        "longest day (min)": lambda w: f"{w.loads.max():.0f}",
        "largest deviation of a day": lambda w: f"{np.abs(w.loads / w.loads.mean() - 1).max():.1%}",
        "this plan's way is shorter": lambda w: f"{1 - ours.travel / w.travel:.1%}",
        "... per visit made": lambda w: f"{1 - ours.travel / ours.made / (w.travel / w.made):.1%}",
    }
    for label, cell in rows.items():
        print(f"{label:28}" + "".join(f"{cell(way):>12}" for way in ways.values()))


def many_reps(store: Store, count: int, effort: Effort) -> None:
    """Plan reps side by side; print time, processor time and memory per tenth of them."""
    names = reps(store)["employee_id"].tolist()
    heads = ("reps", "s per rep", "CPU s per rep", "memory (MB)", "of workers", "without plan")
    print("".join(f"{head:>15}" for head in heads))
    step, began, spent, lost = max(count // 10, 1), time.perf_counter(), 0.0, 0
    for done, ran in enumerate(run(_tasks(store, names, count), effort), 1):
        lost += ran.plan is None
        if done % step == 0 or done == count:
            planned = (done - 1) % step + 1
            wall, cpu = time.perf_counter() - began, sum(map(processor_seconds, (*children(), "self")))
            cells = (f"{done}", f"{wall / planned:.2f}", f"{(cpu - spent) / planned:.2f}")
            sizes = (memory("self"), sum(map(memory, children())), lost)
            print("".join(f"{cell:>15}" for cell in (*cells, *(f"{size:.0f}" for size in sizes))), flush=True)
            began, spent = time.perf_counter(), cpu


def _tasks(store: Store, names: list[str], count: int) -> Iterator[tuple[str, list[RepTask]]]:
    """Yield the reps of the store over and over, each time under another key and so with another seed."""
    request = VisitRequest(own_company(store), default_start(store), fit=True)
    for number in range(count):
        name = names[number % len(names)]
        key = f"{name}-{number}"
        yield key, [replace(task, employee_id=key) for task in rep_tasks(store, request, name)]


def memory(process: str) -> float:
    """Return the resident memory of a process in MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def processor_seconds(process: str) -> float:
    """Return the processor time a process has taken so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def children() -> list[str]:
    """Return the numbers of the processes this one has started."""
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--reps", type=int, default=100)
    parser.add_argument("--iterations", type=int, default=5_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--before", action="store_true", help="run the build before, too")
    options = parser.parse_args()
    warm_up(print, crossing=True)
    with Store.open(options.store, create=False) as store:
        one_town(store, options.seconds)
        many_reps(store, options.reps, Effort(None, options.iterations, options.workers))
    if options.before:
        print("the build before:", flush=True)
        given = [argument for argument in sys.argv[1:] if argument != "--before"]
        with build_before() as build:
            script = build / "benchmarks" / "visit_plan.py"
            subprocess.run([sys.executable, str(script), *given], cwd=build, check=True)


if __name__ == "__main__":
    main()
