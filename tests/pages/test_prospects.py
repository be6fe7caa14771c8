"""拜访计划 › 潜在客户: list, talks, win rates, forecast."""

from __future__ import annotations

import shutil

import pytest

from core.store.database import Store
from core.store.visits import prospects as store_prospects
from core.store.visits.prospects import ProspectConflictError, save_prospects
from pages._ui import runtime
from pages._ui.visits.prospects import saving
from pages._ui.visits.prospects.section import VIEWS


@pytest.fixture(scope="module")
def many_file(sample_copy):
    """A demonstration region with enough prospects for rates and a forecast."""
    return sample_copy(2_000)


@pytest.fixture
def many(store_path, many_file):
    """The app's store is that region."""
    shutil.copy(many_file, store_path)
    return store_path


def show(visit, view: str = "", **query: str):
    """Open the part of the page."""
    return visit("visit_plan.py", part="prospects", prospect_view=view, **query)


def words(app) -> str:
    """Return all text of a page."""
    return " ".join(text.value for text in (*app.markdown, *app.caption, *app.info, *app.warning))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_view_shows_for_all_and_for_one_rep(many, visit, language) -> None:
    """No view fails, and each opens with what is open, overdue and to be expected."""
    for view in VIEWS:
        for whose in ("", "rep"):
            app = show(visit, view, whose=whose, lang=language)
            assert not app.error
            assert ("are open" if language == "en" else "在谈潜在客户") in words(app)


def test_rates_have_their_interval_and_say_where_there_are_too_few(many, visit) -> None:
    """All reps together have rates; one rep's prospects are too few for most."""
    shown = next(t.value for t in show(visit, "rates").dataframe if "By stage reached" in t.value.columns)
    assert "–" in shown["95 % interval"].iloc[0]
    alone = next(
        t.value for t in show(visit, "rates", whose="rep").dataframe if "By stage reached" in t.value.columns
    )
    assert "too few" in set(alone["Win rate"])


def test_the_forecast_shows_its_error_so_far(many, visit) -> None:
    """Expected wins, WAPE, bias and the plain guess stand side by side."""
    values = {metric.label: metric.value for metric in show(visit, "forecast").metric}
    assert float(values["Expected wins"]) > 0
    assert values["Error so far (WAPE)"].endswith("%")
    assert values["Bias so far"].endswith("%")


def test_without_a_history_the_forecast_says_so(full, visit) -> None:
    """Nothing recorded, nothing forecast: the page says what is missing."""
    with Store.open(full) as store, store.cursor() as cursor:
        cursor.execute("DELETE FROM prospect_stage")
        cursor.execute("DELETE FROM visit_prospect")
    for view in VIEWS:
        assert not show(visit, view).error
    assert "Not enough history" in words(show(visit, "forecast"))
    assert "No prospect is decided yet" in words(show(visit, "rates"))


def test_two_who_change_one_prospect_see_both_versions(many, visit) -> None:
    """What could not be saved is shown beside theirs, and goes through when it is saved again."""
    with Store.open(many) as store:
        rep = str(store.fetch("SELECT MIN(t.employee_id) AS e FROM terminal AS t").to_pylist()[0]["e"])
        rows = store_prospects.prospects(store, rep).head(1).assign(name="Shop")
        save_prospects(store, rows.assign(possibility="C"), actor="first")
        with pytest.raises(ProspectConflictError) as caught:
            save_prospects(store, rows.assign(possibility="A"), actor="second")
    app = show(visit, rep=rep)
    app.session_state[saving.CONFLICT] = saving.Conflict(rows.assign(possibility="A"), caught.value)
    app.run()
    assert "first saved 1 of these prospects" in words(app)
    shown = next(table.value for table in app.dataframe if "Theirs" in table.value.columns)
    assert shown[["Mine", "Theirs"]].to_numpy().tolist()[0] == ["A", "C"]
    app.button(key="prospects_mine").click().run()
    assert not app.exception
    assert "first saved" not in words(app)
    now = store_prospects.prospects(runtime.store(), rep).set_index("terminal_id")
    assert now.at[rows["terminal_id"].iloc[0], "possibility"] == "A"
