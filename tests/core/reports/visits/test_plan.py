"""Visit plans from the store: planned, saved, resumed, moved, compared with what was done."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from core.commands import plan_visits
from core.customers.forms.prospects import RIVAL_VISITS
from core.errors import InputError
from core.reports.visits.activity import activity_change
from core.reports.visits.adherence import adherence, planned_stops, prospect_table
from core.reports.visits.plan import missing_visits, plan_many, save, shown_plan, visit_rows
from core.reports.visits.rep_work import rep_tasks, rep_work
from core.reports.visits.request import VisitRequest, default_start, own_company, reps
from core.store.forms import forms as store_forms
from core.store.forms.rows import FormKey
from core.store.scope import Scope
from core.store.visits import plans as store_visits
from core.store.visits import prospects as store_prospects
from core.visits import travel_server
from core.visits.planning import places
from core.visits.replanning import move
from core.visits.runner import Effort
from core.visits.travel_server import Server

if TYPE_CHECKING:
    from core.store.database import Store

QUICK = Effort(seconds=None, iterations=2_000)


@pytest.fixture
def store(region: Store) -> Store:
    """A small demonstration region, to write to."""
    return region


@pytest.fixture
def request_(store) -> VisitRequest:
    """Four weeks, cut to fit."""
    return VisitRequest(own_company(store), default_start(store), fit=True)


def names(store, count: int) -> list[str]:
    """The first reps."""
    return reps(store)["employee_id"].tolist()[:count]


def test_the_period_begins_on_a_monday_after_the_last_visit(store) -> None:
    """So that the demonstration plans what comes next."""
    start = default_start(store)
    assert start.weekday() == 0
    assert 0 < (start - store_visits.last_visit_day(store)).days <= 7


def test_a_plan_is_saved_and_read_back_the_same(store, request_) -> None:
    """Stops, sums, and every planned visit of the task."""
    [outcome] = plan_many(store, request_, names(store, 1), QUICK)
    task, found = shown_plan(store, request_, outcome.employee_id, outcome.plan_id)
    assert found.stops["terminal_id"].tolist() == outcome.plan.stops["terminal_id"].tolist()
    assert found.travel_minutes == pytest.approx(outcome.plan.travel_minutes)
    assert task.visited["planned"].sum() == len(found.stops)
    row = store_visits.plans(store, outcome.employee_id).iloc[0]
    assert (row["visits"], row["version"]) == (len(found.stops), 1)


def test_an_interrupted_run_goes_on_where_it_stopped(store, request_) -> None:
    """What is planned from the same inputs is not planned again; another norm is another input."""
    list(plan_many(store, request_, names(store, 1), QUICK))
    outcomes = list(plan_many(store, request_, names(store, 2), QUICK))
    assert [o.reused for o in outcomes] == [True, False]
    again = list(plan_many(store, request_, names(store, 1), QUICK, again=True))
    assert [o.reused for o in again] == [False]


def test_processes_give_the_same_plans_as_a_loop(store, request_) -> None:
    """The runner does not decide."""
    loop = {o.employee_id: o.plan for o in plan_many(store, request_, names(store, 2), QUICK)}
    effort = Effort(seconds=None, iterations=2_000, workers=2)
    for outcome in plan_many(store, request_, names(store, 2), effort, again=True):
        assert outcome.plan.stops.equals(loop[outcome.employee_id].stops)


def test_a_rep_who_cannot_be_planned_does_not_stop_the_others(store, request_) -> None:
    """The reason comes back in words."""
    outcomes = list(plan_many(store, request_, ["nobody", *names(store, 1)], QUICK))
    assert outcomes[0].plan is None
    assert "nobody" in outcomes[0].error
    assert outcomes[1].plan is not None


def test_an_override_reaches_the_task(store, request_) -> None:
    """Kept in the store with its reason; a shop given to another rep is visited by that one."""
    rep = names(store, 1)[0]
    shops = rep_work(store, VisitRequest(request_.own_company, request_.start), rep).table
    first, second = shops.loc[shops["status"] != "closed", "terminal_id"].tolist()[:2]
    rows = pd.DataFrame([dict.fromkeys(store_visits.RULE_COLUMNS)] * 2)
    rows["terminal_id"] = [first, second]
    rows.loc[0, ["visits", "reason", "forbidden", "fixed"]] = [
        8,
        "branch",
        "0",
        str(request_.start + dt.timedelta(1)),
    ]
    other = names(store, 2)[1]
    rows.loc[1, "employee_id"] = other
    store_visits.save_rules(store, rows)
    work = rep_work(store, VisitRequest(request_.own_company, request_.start), rep)
    table = work.table.set_index("terminal_id")
    assert table.loc[first, ["planned", "basis", "reason"]].tolist() == [8, "override", "branch"]
    assert table.at[second, "planned"] == 0
    given = rep_work(store, VisitRequest(request_.own_company, request_.start), other).table
    assert given.set_index("terminal_id").at[second, "planned"] > 0
    assert work.task.rules[0].forbidden == frozenset({0})


def test_adherence_counts_the_plan_against_the_log(store, request_) -> None:
    """A plan of the past weeks is compared with the visits in the log; the board ties with the rep."""
    rep = names(store, 1)[0]
    end = request_.start
    done = store_visits.visits_done(store, rep, end - dt.timedelta(28), end)
    days = done.drop_duplicates(["terminal_id", "day"]).head(3)
    stops = pd.DataFrame({"day": days["day"], "position": 1, "terminal_id": days["terminal_id"]})
    stops = stops.assign(begins=540.0, minutes=10.0, travel_minutes=1.0, km=1.0)
    header = store_visits.PlanHeader(rep, end - dt.timedelta(28), 4, 1.0, 1.0, "x")
    store_visits.save_plan(store, header, stops)
    found = adherence(store, request_, rep, end)
    assert found.rates["on_day"] == found.rates["due"] == len(stops)
    assert found.visits == len(done)
    assert len(planned_stops(store, rep, end - dt.timedelta(28), end, request_)) == len(stops)
    board = store_visits.board(store, end - dt.timedelta(28), end).set_index("employee_id")
    assert board.loc[rep, ["due", "on_day", "unvisited"]].tolist() == [
        len(stops),
        len(stops),
        found.unvisited,
    ]
    assert board["visits"].sum() > 0


def test_prospects_are_kept(store, request_) -> None:
    """Blank terminals are the named accounts; what is entered stays."""
    rep = next(r for r in names(store, 9) if len(prospect_table(store, request_, r)))
    table = prospect_table(store, request_, rep)
    fresh = table[table["version"] == 0].head(1)
    assert fresh["possibility"].isna().all()
    shop = fresh["terminal_id"].item()
    row = fresh[[*store_prospects.PROSPECT_COLUMNS, "version"]].assign(possibility="A", progress="hot")
    store_prospects.save_prospects(store, row)
    assert prospect_table(store, request_, rep).set_index("terminal_id").at[shop, "possibility"] == "A"


def test_a_scope_hides_shops_plans_and_visits(store, request_) -> None:
    """A user of another region sees no rep, no stop, no visit."""
    [outcome] = plan_many(store, request_, names(store, 1), QUICK)
    nothing = Scope(("no-such-region",))
    assert len(store_visits.reps(store, nothing)) == 0
    assert len(store_visits.plans(store, scope=nothing)) == 0
    assert len(store_visits.plan_stops(store, outcome.plan_id, nothing)) == 0
    assert len(store_visits.board(store, dt.date(2026, 1, 1), request_.start, nothing)) == 0
    assert store_visits.last_visit_day(store, nothing) is None


def test_a_moved_visit_is_a_new_version(store, request_) -> None:
    """The effect is known first; what the move breaks is said; a visit that is not there is refused."""
    [outcome] = plan_many(store, request_, names(store, 1), QUICK)
    task, found = shown_plan(store, request_, outcome.employee_id, outcome.plan_id)
    stop = found.stops.iloc[0]
    target = next(d for d in task.period.days if d != stop["day"])
    moved = move(task, found, stop["terminal_id"], stop["day"], target)
    assert moved.plan.travel_minutes - found.travel_minutes == pytest.approx(moved.travel_minutes)
    assert len(moved.plan.stops) == len(found.stops)
    assert save(store, request_, moved.plan, base=outcome.plan_id, changes=1).endswith("-2")
    with pytest.raises(InputError):
        move(task, found, "nobody", stop["day"], target)
    with pytest.raises(InputError):
        move(task, found, stop["terminal_id"], stop["day"], dt.date(2000, 1, 1))


def test_without_cutting_a_load_that_does_not_fit_is_refused(store, request_) -> None:
    """With days of an hour the load is many times the time; cut to fit it is not."""
    rep = names(store, 1)[0]
    with store.cursor() as cursor:
        cursor.execute(
            "UPDATE employee SET work_minutes_per_day = 200 WHERE employee_id = $rep", {"rep": rep}
        )
    full = VisitRequest(request_.own_company, request_.start)
    work = rep_work(store, full, rep)
    assert work.load.share > 1
    assert work.load.missing_reps == pytest.approx(work.load.over / work.load.capacity)
    assert len(work.cut) + len(work.far)
    [outcome] = plan_many(store, full, [rep], QUICK)
    assert outcome.plan is None
    assert outcome.error
    assert rep_work(store, request_, rep).load.share <= 1


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "json"])
def test_the_command_writes_every_format(store, tmp_path, ending: str, capsys) -> None:
    """One row per visit; the message says how many."""
    path, rep = tmp_path / f"plan.{ending}", names(store, 1)[0]
    file = store.path
    store.close()
    import argparse

    parser = argparse.ArgumentParser()
    plan_visits.register(parser.add_subparsers())
    options = parser.parse_args(
        ["plan-visits", "--store", str(file), "--weeks", "1", "--seconds", "0.3", "--employee", rep, "--fit",
         "--language", "en", "--out", str(path)]
    )  # fmt: skip
    assert options.run(options) == 0
    read = {
        "csv": pd.read_csv,
        "xlsx": pd.read_excel,
        "parquet": pd.read_parquet,
        "json": lambda p: pd.DataFrame(json.loads(p.read_text("utf-8"))),
    }
    assert f"{len(read[ending](path))} visits of 1 reps" in capsys.readouterr().out


def test_the_command_plans_alike_here_and_on_a_cluster(store, tmp_path) -> None:
    """By steps, every stop is the same; a folder takes the visits and the reps without a plan."""
    import argparse

    file, rep = store.path, names(store, 1)[0]
    store.close()
    parser = argparse.ArgumentParser()
    plan_visits.register(parser.add_subparsers())
    call = ["plan-visits", "--store", str(file), "--weeks", "1", "--steps", "300", "--employee", rep, "--fit"]
    folder, single = tmp_path / "there", tmp_path / "here.parquet"
    folder.mkdir()
    for place in (["--engine", "sail", "--out", str(folder)], ["--out", str(single)]):
        options = parser.parse_args([*call, "--again", *place])
        assert options.run(options) == 0
    there, here = pd.read_parquet(folder / "visits.parquet"), pd.read_parquet(single)
    assert len(here)
    assert there.equals(here)
    assert not len(pd.read_csv(folder / "failed.csv"))


def test_the_rows_of_a_plan_have_names_and_clock_times(store, request_) -> None:
    """Every visit with shop, weekday and time."""
    [outcome] = plan_many(store, request_, names(store, 1), QUICK)
    rows = visit_rows(outcome.plan, rep_work(store, request_, outcome.employee_id).table)
    assert rows["name"].notna().all()
    assert set(rows["weekday"]) <= {"Mon", "Tue", "Wed", "Thu", "Fri"}
    assert rows["begins"].str.fullmatch(r"\d\d:\d\d").all()


def test_visits_that_are_not_in_the_plan_are_counted_by_shop(store, request_) -> None:
    """Wanted − planned adds up to what was cut and what the plan leaves out."""
    [rep] = names(store, 1)
    [outcome] = plan_many(store, request_, [rep], QUICK)
    work = rep_work(store, request_, rep)
    stops = outcome.plan.stops.iloc[1:]
    missing = missing_visits(work.table, work.cut, stops)
    wanted = work.table["planned"].sum() + work.cut["cut"].sum()
    assert missing["missing"].sum() == wanted - len(stops) > 0
    assert (missing["missing"] == missing["wanted"] - missing["planned"]).all()


def test_a_routing_server_is_asked_for_plans_and_not_for_pages(store, request_, monkeypatch) -> None:
    """Its minutes reach the task and stay on disk; when it is silent the task says so."""
    asked: list[int] = []

    def fetch(_server, sources, targets):
        asked.append(len(sources) * len(targets))
        table = np.full((len(sources), len(targets)), 7.0)
        return table, table

    monkeypatch.setattr(travel_server, "fetch", fetch)
    [rep] = names(store, 1)
    served = replace(request_, server=Server("osrm", "http://127.0.0.1:9"))
    assert rep_work(store, served, rep).task.ways is None
    assert not asked
    minutes = places(rep_tasks(store, served, rep)[0])[1]
    assert asked
    assert (minutes[~np.eye(len(minutes), dtype=bool)] == 7.0).all()
    before = len(asked)
    assert rep_work(store, served, rep).task.ways is not None
    assert len(asked) == before
    monkeypatch.undo()
    elsewhere = replace(request_, server=Server("osrm", "http://127.0.0.1:9", "bike", timeout=0.2))
    task = rep_tasks(store, elsewhere, rep)[0]
    assert task.ways is None
    assert "127.0.0.1:9" in task.notice


def test_a_rivals_visits_raise_the_norm(store, request_) -> None:
    """The last record of each rival counts, of several the one that comes most: 4 × √1.7 is 5.2, so 8."""
    rep = names(store, 1)[0]
    asked = replace(request_, rules=replace(request_.rules, number_one=True))
    shop = rep_work(store, request_, rep).table.query("grade == 'C' and status == 'maintain'").iloc[0]
    key = FormKey(RIVAL_VISITS, "terminal", shop["terminal_id"])
    for day, rival, visits in ((1, "X", 12), (2, "X", 4), (2, "Y", 1)):
        said = {"seen_on": dt.date(2026, 9, day), "rival": rival, "visits": visits}
        store_forms.save(store, key, said, expected_version=0)
    table = rep_work(store, asked, rep).table.set_index("terminal_id")
    assert table.at[shop["terminal_id"], "rival_visits"] == 4
    assert (table.at[shop["terminal_id"], "visits"], table.at[shop["terminal_id"], "basis"]) == (8, "rival")


def test_what_moved_the_orders_ties_with_the_log(store, request_) -> None:
    """Both cycles are what the visits say, counted by hand, and the effects add up to the difference."""
    end = default_start(store)
    middle, first = end - dt.timedelta(28), end - dt.timedelta(56)
    for rep in names(store, 4):
        found = activity_change(store, request_, rep, end)
        for cycle, start, stop in ((found.before, first, middle), (found.after, middle, end)):
            log = store_visits.visits_done(store, rep, start, stop)
            orders = log[log["order_amount"] > 0]
            assert (cycle.visits, cycle.customers) == (len(log), log["terminal_id"].nunique())
            assert cycle.orders == len(orders)
            assert float(cycle.amount) == pytest.approx(float(orders["order_amount"].sum()))
            assert 0 <= cycle.new_amount <= cycle.amount
        if found.bridge is not None:
            total = sum(effect.amount for effect in found.bridge.effects)
            assert total == found.after.amount - found.before.amount
