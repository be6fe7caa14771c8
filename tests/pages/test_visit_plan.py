"""拜访计划."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from core.reports.visits.plan import plan_many, shown_plan
from core.reports.visits.rep_work import rep_work
from core.reports.visits.request import VisitRequest, default_start, own_company, reps
from core.reports.visits.rules import keep
from core.store.database import Store
from core.store.terminals.selections import save_selection
from core.store.visits import plans
from core.visits.rules import VisitRule
from core.visits.runner import Effort
from pages._ui import runtime
from pages._ui.jobs import Job
from pages._ui.visits import planning
from pages._ui.visits import view as views


def from_today(store: Store, *, fit: bool = False) -> VisitRequest:
    """Return the request of a page that nobody has told anything: a plan from today."""
    return VisitRequest(own_company(store), dt.date.today(), known_until=default_start(store), fit=fit)


@pytest.fixture
def planned(full) -> str:
    """The first rep has a plan; returns the rep."""
    with Store.open(full) as store:
        rep = str(reps(store)["employee_id"].iloc[0])
        request = from_today(store, fit=True)
        [outcome] = plan_many(store, request, [rep], Effort(seconds=None, iterations=3_000))
        assert outcome.error == ""
    return rep


def metrics(app) -> dict[str, str]:
    """Return the numbers on the cards."""
    return {metric.label: metric.value for metric in app.metric}


def test_without_reps_the_page_says_what_to_import(empty, visit) -> None:
    """The empty state comes first."""
    assert visit("visit_plan.py").button(key="empty_import").label == "Import data"


def test_the_load_comes_before_the_plan(full, visit) -> None:
    """The first screen has the load of the first rep and the button that plans."""
    app = visit("visit_plan.py")
    assert metrics(app)["Load"].endswith("%")
    assert app.button(key="plan_visits").label == "Plan the visits"
    assert "There is no plan yet." in " ".join(text.value for text in app.markdown)


def test_another_norm_changes_the_load(full, visit) -> None:
    """With A twice a week there are more visits."""
    assert int(
        metrics(visit("visit_plan.py", template="cycle_double", fit="no"))["Visits planned"].replace(",", "")
    ) > int(metrics(visit("visit_plan.py", fit="no"))["Visits planned"].replace(",", ""))


def test_every_part_shows_with_and_without_a_plan(full, planned, visit) -> None:
    """No part fails, in both languages; a code that means nothing gives the first part."""
    for part in ("", "rules", "calendar", "route", "done", "prospects", "rubbish"):
        assert not visit(
            "visit_plan.py", part=part, lang="zh_CN", rep="nobody", plan="none", day="never"
        ).error
    without = visit("visit_plan.py", part="calendar", rep="E000014")
    assert not without.error
    assert "There is no plan yet" in without.info[0].value


def test_planning_from_the_page(full, visit, monkeypatch) -> None:
    """The button makes a plan, and the calendar of four weeks opens."""
    monkeypatch.setattr(planning, "DEFAULT_SECONDS", 1)
    monkeypatch.setattr(planning, "SECONDS", (1,))
    app = visit("visit_plan.py")
    app.button(key="plan_visits").click().run()
    wait(app, "visit_planning")
    assert not app.error
    days = [button for button in app.button if str(button.key).startswith("day_")]
    assert len(days) == 20
    assert "plan" in app.query_params


def test_a_moved_visit_shows_its_effect_and_is_kept_as_a_new_version(full, planned, visit) -> None:
    """First the effect, then the button; the old plan stays."""
    app = visit("visit_plan.py", part="calendar")
    app.radio(key="move_shop").set_value(app.radio(key="move_shop").options[0]).run()
    days = [b for b in app.button if str(b.key).startswith("day_") and not b.disabled]
    assert all("min" in day.label for day in days)
    days[3].click().run()
    assert not app.exception
    assert "On the way" in " ".join(box.value for box in (*app.info, *app.warning))
    app.button(key="move_visit").click().run()
    assert not app.exception
    with_versions = app.selectbox(key="choose_plan").options
    assert len(with_versions) == 2


def test_a_day_and_a_shop_are_locked_and_not_moved_until_they_are_unlocked(full, planned, visit) -> None:
    """The locked day is marked and refuses the move; locks are listed with the rules and released there."""
    app = visit("visit_plan.py", part="calendar")
    shop = app.radio(key="move_shop").options[0]
    app.button(key="hold_day").click().run()
    assert not app.exception
    assert app.button(key="hold_day").label == "Unlock the day"
    app.radio(key="move_shop").set_value(app.radio(key="move_shop").options[0]).run()
    next(b for b in app.button if str(b.key).startswith("day_") and not b.disabled).click().run()
    assert "is locked" in app.error[0].value
    app.button(key="move_cancel").click().run()
    app.button(key="hold_day").click().run()
    app.radio(key="move_shop").set_value(shop).run()
    app.button(key="hold_shop").click().run()
    assert not app.exception
    rules = visit("visit_plan.py", part="rules")
    unlock = [b for b in rules.button if str(b.key).startswith("unlock_")]
    assert len(unlock) == 1
    unlock[0].click().run()
    assert not [b for b in rules.button if str(b.key).startswith("unlock_")]


def test_customers_are_kept_together_and_released(full, visit) -> None:
    """One shop is refused; two of the same frequency are listed and can be parted."""
    app = visit("visit_plan.py", part="rules")
    app.button(key="hold_group").click().run()
    assert "at least two" in app.error[0].value
    with Store.open(full) as store:
        rep = str(reps(store)["employee_id"].iloc[0])
        table = rep_work(store, from_today(store), rep).table
    runtime.close()
    alike = table.loc[table["visits"] == table["visits"].mode()[0], "terminal_id"].head(2).tolist()
    app.multiselect(key="hold_together").set_value(alike).run()
    app.button(key="hold_group").click().run()
    assert not app.exception
    assert app.multiselect(key="hold_together").value == []
    app.button(key="part_0").click().run()
    assert not app.exception
    assert not [b for b in app.button if b.key == "part_0"]


def wait(app, key: str) -> None:
    """Run the page until its work in the background is over."""
    deadline = time.monotonic() + 240
    while key in app.session_state and not job_of(app.session_state[key]).done.is_set():
        assert time.monotonic() < deadline
        time.sleep(0.2)
    app.run()
    assert not app.exception


def job_of(kept):
    """The job in what the session keeps."""
    return kept[1] if isinstance(kept, tuple) else kept.job


def test_replanning_shows_its_changes_and_is_kept_as_a_new_version(full, planned, visit) -> None:
    """A day of illness: nobody is visited on it any more, every change is listed, the old plan stays."""
    app = visit("visit_plan.py", part="calendar")
    ill = app.multiselect(key="replan_off").options[4]
    app.multiselect(key="replan_off").select(ill)
    next(b for b in app.button if b.label == "Re-plan with few changes").click().run()
    wait(app, "visit_replanning")
    assert "promises change" in app.success[0].value
    changed = app.dataframe[0].value
    assert len(changed) > 0
    assert not changed["After"].astype(str).str.endswith(ill[:5]).any()
    app.button(key="replan_accept").click().run()
    assert not app.exception
    assert len(app.selectbox(key="choose_plan").options) == 2
    assert "visit_replanning" not in app.session_state
    # The answer belongs to the plan it was asked about: the form is back for the new one.
    assert app.multiselect(key="replan_off").value == []


def test_all_reps_are_planned_side_by_side_and_the_next_time_skipped(full, visit, monkeypatch) -> None:
    """Plans are saved as they are made; the same again plans nobody."""
    with Store.open(full) as store:
        chosen = reps(store).head(2)
    monkeypatch.setattr(views, "everybody", lambda: chosen)
    monkeypatch.setattr(planning, "SECONDS", (1,))
    monkeypatch.setattr(planning, "DEFAULT_SECONDS", 1)
    app = visit("visit_plan.py")
    app.button(key="plan_all").click().run()
    wait(app, "visit_fleet")
    said = " ".join(text.value for text in app.markdown)
    assert "2 reps were planned." in said
    assert app.selectbox(key="choose_plan").value
    app.button(key="fleet_close").click().run()
    app.button(key="plan_all").click().run()
    wait(app, "visit_fleet")
    assert "2 had a plan already." in " ".join(text.value for text in app.markdown)


def test_a_rule_is_checked_kept_and_taken_back(full, visit) -> None:
    """A frequency without a reason is refused by name; with one it counts; an empty form removes it."""
    app = visit("visit_plan.py", part="rules")
    shop = app.selectbox(key="rule_shop").value
    app.number_input(key=f"rule_visits_{shop}").set_value(8.0)
    app.button(key="keep_rule").click().run()
    assert not app.exception
    assert "without a reason" in app.error[0].value
    app.text_input(key=f"rule_reason_{shop}").set_value("branch opens")
    app.multiselect(key=f"rule_never_{shop}").set_value(["0"])
    app.text_input(key=f"rule_fixed_{shop}").set_value("2026-01-06，2026/01/08 9:30")
    app.text_input(key=f"rule_hours_{shop}").set_value("14:00-18:00, 上午")
    app.text_input(key=f"rule_market_{shop}").set_value("逢三逢八")
    app.button(key="keep_rule").click().run()
    assert "by which calendar" in app.error[0].value
    app.text_input(key=f"rule_market_{shop}").set_value("农历逢三逢八")
    companion = app.selectbox(key=f"rule_companion_{shop}").options[1]
    app.selectbox(key=f"rule_companion_{shop}").set_value(companion)
    app.button(key="keep_rule").click().run()
    assert not app.exception
    assert not app.error
    with Store.open(full) as store:
        row = store.fetch("SELECT r.* FROM visit_rule AS r").to_pylist()[0]
    assert (row["terminal_id"], row["visits"], row["forbidden"]) == (shop, 8.0, "0")
    assert row["fixed"] == "2026-01-06,2026-01-08 09:30"
    assert (row["hours"], row["market"]) == ("00:00-12:00, 14:00-18:00", "lunar 38")
    assert row["companion"]


def test_where_days_end_is_said_and_taken_back(full, visit) -> None:
    """What is no place is refused; an office and a night are listed, each with a way out."""
    app = visit("visit_plan.py", part="rules")
    app.text_input(key="away_office").set_value("the office")
    app.button(key="save_office").click().run()
    assert "no place" in app.error[0].value
    app.text_input(key="away_office").set_value("30.59, 114.30")
    app.button(key="save_office").click().run()
    app.button(key="save_night").click().run()
    assert not app.exception
    for key in ("drop_office", "drop_night_"):
        [drop] = [button for button in app.button if str(button.key).startswith(key)]
        drop.click().run()
        assert not app.exception
    assert not [button for button in app.button if str(button.key).startswith("drop_")]


def test_a_plan_is_shown_while_it_gets_better(full, planned, visit) -> None:
    """The best plan so far stands in the calendar while the search goes on; nothing of it can be clicked."""
    with Store.open(full) as store:
        plan_id = plans.plans(store, planned)["plan_id"].iloc[0]
        best = shown_plan(store, from_today(store, fit=True), planned, plan_id)[1]
    runtime.close()
    job = Job(lambda _watch: None)
    app = visit("visit_plan.py")
    app.session_state[planning.PLANNING] = planning.Planning(planned, "", job, planning.Best(best))
    app.run()
    assert not app.exception
    live = [button for button in app.button if str(button.key).startswith("live_")]
    assert len(live) == 20
    assert all(button.disabled for button in live)
    assert not [button for button in app.button if str(button.key).startswith("day_")]


def test_what_cannot_be_planned_is_explained_on_the_page(full, visit, monkeypatch) -> None:
    """Too narrow hours, every weekday forbidden, too many visits: shop, rule and remedy; no plan is saved."""
    monkeypatch.setattr(planning, "DEFAULT_SECONDS", 1)
    monkeypatch.setattr(planning, "SECONDS", (1,))
    with Store.open(full) as store:
        rep = str(reps(store)["employee_id"].iloc[0])
        request = from_today(store)
        table = rep_work(store, request, rep).table
        chosen = table[(table["planned"] > 0) & table["lat"].notna()]
        narrow, never = chosen["name"].iloc[0], chosen["name"].iloc[1]
        ids = chosen["terminal_id"].tolist()
        rules = [
            VisitRule(ids[0], hours=((600.0, 605.0),)),
            VisitRule(ids[1], forbidden=frozenset(range(5))),
        ]
        keep(store, rules)
    said = refusal(visit, rep)
    assert f"{narrow}: open 10:00–10:05, 5 minutes" in said
    assert f"{never}: " in said
    assert "allow more weekdays" in said
    with Store.open(full) as store:
        keep(store, [VisitRule(ids[0]), VisitRule(ids[1])])
        keep(store, [VisitRule(shop, visits=20, reason="all", minutes=120) for shop in ids[:12]])
    said = refusal(visit, rep)
    assert "give up about" in said
    assert "more reps" in said


def refusal(visit, rep: str) -> str:
    """Plan a rep without cuts and return what the page says instead of a plan."""
    runtime.close()
    app = visit("visit_plan.py", rep=rep, fit="no")
    app.button(key="plan_visits").click().run()
    wait(app, "visit_planning")
    assert "plan" not in app.query_params
    runtime.close()
    return app.error[0].value


def test_without_its_routing_server_a_plan_is_made_from_estimates_and_says_so(
    full, visit, monkeypatch
) -> None:
    """The address is checked and kept; nobody answers there, so straight lines count."""
    monkeypatch.setattr(planning, "DEFAULT_SECONDS", 1)
    monkeypatch.setattr(planning, "SECONDS", (1,))
    app = visit("visit_plan.py")
    app.selectbox(key="travel_kind").set_value("osrm")
    app.text_input(key="travel_url").set_value("nonsense")
    app.button(key="keep_travel").click().run()
    assert "no address of a server" in app.error[0].value
    app.selectbox(key="travel_kind").set_value("osrm")
    app.text_input(key="travel_url").set_value("http://127.0.0.1:9")
    app.button(key="keep_travel").click().run()
    app.button(key="plan_visits").click().run()
    wait(app, "visit_planning")
    assert any("127.0.0.1:9" in warning.value for warning in app.warning)
    assert "plan" in app.query_params


def test_shops_sent_from_the_map_choose_their_reps(full, visit) -> None:
    """A selection in the address leaves only the reps who visit its shops, and says how many there are."""
    with Store.open(full) as store:
        rep = str(reps(store)["employee_id"].iloc[0])
        shops = store.fetch(
            "SELECT t.terminal_id FROM terminal AS t WHERE t.employee_id = $rep LIMIT 1", {"rep": rep}
        )
        key = save_selection(store, "one", shops["terminal_id"].to_pylist())
    app = visit("visit_plan.py", selection=key)
    assert not app.exception
    assert any("1 shop was sent" in text.value for text in app.markdown)
    assert len(app.selectbox(key="choose_rep").options) == 1


def test_a_plan_begins_today_or_later_and_leaves_out_days_off(full, visit) -> None:
    """Without a word it begins today; a day in the past is not taken; a day off has no visit."""
    today = dt.date.today()
    assert visit("visit_plan.py").date_input(key="choose_start_day").value == today
    past = visit("visit_plan.py", start=str(today - dt.timedelta(30)))
    assert past.date_input(key="choose_start_day").value == today
    later = today + dt.timedelta(7 - today.weekday())
    app = visit("visit_plan.py", start=str(later), off=str(later))
    assert app.date_input(key="choose_start_day").value == later
    assert app.multiselect(key="choose_off").value == [later]
