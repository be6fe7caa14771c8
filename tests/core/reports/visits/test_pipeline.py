"""The pipeline of the demonstration region, and saves of prospects by two people."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from core.customers.forms import form
from core.reports.visits.pipeline import PipelineRequest, pipeline_report
from core.reports.visits.request import own_company
from core.store.database import Store
from core.store.forms import forms as store_forms
from core.store.forms.rows import FormKey
from core.store.scope import Scope
from core.store.visits import prospects as store_prospects
from core.store.visits.prospects import ProspectConflictError, save_prospects

if TYPE_CHECKING:
    import pandas as pd

UNTIL = dt.date(2026, 11, 2)


@pytest.fixture(scope="module")
def demonstration(sample_copy):
    """A demonstration region that nobody changes."""
    with Store.open(sample_copy(2_000)) as store:
        yield store


@pytest.fixture
def store(sample_copy):
    """A small store of one's own."""
    with Store.open(sample_copy(300)) as store:
        yield store


def report(store: Store, **options: object):
    """Return the report of everybody."""
    return pipeline_report(store, PipelineRequest(own_company(store), UNTIL, **options))


def open_row(store: Store) -> pd.DataFrame:
    """Return the record of one open prospect, as a page reads it."""
    shop = report(store).prospects["terminal_id"].iloc[0]
    rep = store.fetch("SELECT t.employee_id AS e FROM terminal AS t WHERE t.terminal_id = $id", {"id": shop})
    table = store_prospects.prospects(store, rep.to_pylist()[0]["e"])
    return table[table["terminal_id"] == shop]


def test_the_demonstration_has_a_year_of_stages(demonstration) -> None:
    """Rates have intervals, talks are overdue, some were won this month, the forecast has its error."""
    found = report(demonstration)
    hot = found.by_stage.set_index("group").loc["hot"]
    assert 0 < hot["low"] < hot["rate"] < hot["high"] < 1
    assert found.months.months >= 12
    assert found.overdue > 0
    assert 0 < found.without_review < len(found.prospects)
    assert len(found.won) > 0
    assert found.forecast.known
    assert found.error.wape is not None
    assert found.error.wape < 1


def test_the_parts_tie(demonstration) -> None:
    """Open prospects, forecasts and wins are the same by rep as in all, and by stage as in the list."""
    everybody = report(demonstration)
    stages = everybody.prospects["stage"].value_counts()
    assert everybody.months.open[-1].sum() == stages.sum() == len(everybody.prospects)
    assert everybody.by_stage["open"].max() <= len(everybody.prospects)
    reps = demonstration.fetch(
        "SELECT DISTINCT t.employee_id AS e FROM terminal AS t WHERE t.employee_id IS NOT NULL"
    )
    parts = [report(demonstration, employee_id=row["e"]) for row in reps.to_pylist()]
    assert sum(len(part.prospects) for part in parts) == len(everybody.prospects)
    assert sum(len(part.won) for part in parts) == len(everybody.won)
    assert sum(part.by_source["won"].sum() for part in parts) == everybody.by_source["won"].sum()


def test_a_scope_hides_prospects(demonstration) -> None:
    """Who may see no region sees no prospect and gets no figure."""
    found = report(demonstration, scope=Scope(("no-such-region",)))
    assert len(found.prospects) == len(found.won) == 0
    assert found.error.wape is None
    assert not found.forecast.known


def test_a_save_joins_the_history(store) -> None:
    """The stage before stays, and the last one is what the list says."""
    row = open_row(store)
    version = int(row["version"].iloc[0])
    save_prospects(
        store, row.assign(progress="hot", decision="won"), actor="me", now=dt.datetime(2026, 11, 1)
    )
    history = (
        store_prospects.prospect_history(store).groupby("terminal_id").get_group(row["terminal_id"].iloc[0])
    )
    assert history["number"].tolist() == [*range(1, version + 2)]
    assert history["changed_by"].iloc[-1] == "me"
    assert history["decision"].iloc[-1] == "won"
    assert row["terminal_id"].iloc[0] in report(store).won["terminal_id"].tolist()


def test_two_who_change_one_prospect_are_told(store) -> None:
    """The second save is refused whole, says who and what, and goes through on the version it was told."""
    row = open_row(store)
    save_prospects(store, row.assign(possibility="C"), actor="first")
    with pytest.raises(ProspectConflictError, match="first") as caught:
        save_prospects(store, row.assign(possibility="A"), actor="second")
    [conflict] = caught.value.conflicts
    assert conflict.theirs["possibility"] == "C"
    assert open_row(store)["possibility"].iloc[0] == "C"
    save_prospects(store, row.assign(possibility="A", version=conflict.version), actor="second")
    assert open_row(store)["possibility"].iloc[0] == "A"


def test_a_review_sets_the_next_talk(store) -> None:
    """The last review counts; its day is overdue once it is past and nobody was there."""
    shop = open_row(store)["terminal_id"].iloc[0]
    key = FormKey(form("negotiation_review"), "terminal", shop)
    for day in (30, 31):
        said = {
            "talked_on": dt.date(2026, 10, day),
            "next_on": dt.date(2026, 11, day - 29),
            "next_content": f"{day}",
        }
        store_forms.save(store, key, said, expected_version=0)
    found = report(store).prospects.set_index("terminal_id").loc[shop]
    assert (found["next_content"], found["overdue"]) == ("31", False)
    later = pipeline_report(store, PipelineRequest(own_company(store), dt.date(2026, 11, 3)))
    assert later.prospects.set_index("terminal_id").at[shop, "overdue"]


def test_an_older_store_begins_its_history(tmp_path) -> None:
    """Undecided prospects have their first record from the opening on, decided ones none."""
    from core.store.migration import schema_files

    script = next(file for file in schema_files() if "prospect_stage" in file.read_text("utf-8"))
    with Store.open(tmp_path / "s.duckdb") as store, store.cursor() as cursor:
        cursor.execute(
            "INSERT INTO visit_prospect VALUES ('T1', 'A', 'hot', NULL, FALSE, NULL),"
            " ('T2', 'A', 'hot', NULL, FALSE, 'won')"
        )
        cursor.execute("DROP TABLE prospect_stage")
        for statement in script.read_text("utf-8").split(";"):
            if "prospect_stage" in statement:
                cursor.execute(statement)
        rows = cursor.execute(
            "SELECT s.terminal_id, s.number, s.progress FROM prospect_stage AS s"
        ).fetchall()
    assert rows == [("T1", 1, "hot")]
