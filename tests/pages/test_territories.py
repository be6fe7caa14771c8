"""责任区域."""

from __future__ import annotations

import io
import itertools
import json
import time

import numpy as np
from python_calamine import CalamineWorkbook

from core.exchange.slides.slide import slide_file
from core.store.database import Store
from pages._ui import runtime
from pages._ui.charts.layout import Caption
from pages._ui.charts.territory_map import COLOURS, colours_of
from pages._ui.territories import exports, section
from pages._ui.territories.work import WORK, Work


def designed(visit):
    """Return the page with a proposal, searched for so many steps."""
    app = visit("territories.py", steps="400000")
    app.button(key="territory_design").click().run()
    for _attempt in range(200):
        if app.session_state[WORK].proposed is not None:
            break
        time.sleep(0.5)
        app.run()
    assert not app.exception
    return app


def changed(app) -> int:
    """Return how many customers would change hands."""
    work: Work = app.session_state[WORK]
    return int((work.proposal.territory != work.shops.today).sum())


def owners(path) -> dict[str, str | None]:
    """Return the owner of every terminal in a file."""
    with Store.open(path) as store:
        rows = store.fetch(
            "SELECT t.terminal_id AS id, t.employee_id AS owner FROM terminal AS t"
        ).to_pylist()
    return {row["id"]: row["owner"] for row in rows}


def owners_now() -> dict[str, str | None]:
    """Return the owners in the store that the app has open."""
    rows = runtime.store().fetch("SELECT t.terminal_id AS id, t.employee_id AS owner FROM terminal AS t")
    return {row["id"]: row["owner"] for row in rows.to_pylist()}


def test_without_shops_the_page_says_what_to_import(empty, visit) -> None:
    """The empty state comes first."""
    assert visit("territories.py").button(key="empty_import").label == "Import data"


def test_the_page_shows_today_before_any_search(full, visit) -> None:
    """The answer names territories and spread; nothing can be applied yet."""
    app = visit("territories.py")
    assert any("Design a proposal" in text.value for text in app.markdown)
    assert app.button(key="territory_apply").disabled


def test_a_proposal_is_edited_applied_and_undone(full, visit, demonstration_file) -> None:
    """Search, give a shop to another rep, refuse a change, apply, undo: the owners are as they were."""
    app = designed(visit)
    work: Work = app.session_state[WORK]
    proposed = changed(app)
    assert proposed > 0
    assert work.proposal.spread("workload") < work.today.spread("workload")

    place = int(np.flatnonzero(work.proposal.territory == work.shops.today)[0])
    work.move([place], (int(work.shops.today[place]) + 1) % len(work.shops.reps))
    assert changed(app.run()) == proposed + 1
    work.refused_ids.add(work.shops.units.ids[place])
    assert changed(app.run()) == proposed

    app.button(key="territory_apply").click().run()
    assert not app.exception
    assert any("The territories are applied" in message.value for message in app.success)
    assert owners_now() != owners(demonstration_file)
    step = next(button for button in app.button if str(button.key).startswith("territory_undo_"))
    step.click().run()
    assert any("customers went back" in message.value for message in app.success)
    assert owners_now() == owners(demonstration_file)


def test_files_tell_who_gets_which_shop(full, visit) -> None:
    """Workbook, GeoJSON and slide carry the proposal."""
    app = designed(visit)
    work: Work = app.session_state[WORK]
    book = CalamineWorkbook.from_filelike(io.BytesIO(exports.workbook(work)))
    assert len(book.get_sheet_by_index(1).to_python()) == changed(app) + 1
    features = json.loads(exports.geojson(work))["features"]
    assert [feature["properties"]["terminal_id"] for feature in features] == list(work.shops.units.ids)
    slide = exports.territory_slide(work, section.answer(work), Caption("Subject", "Source"))
    assert slide_file(slide)[:2] == b"PK"


def wait_for(app, ready) -> None:
    """Run the page until background work is done."""
    for _attempt in range(400):
        if ready(app.session_state[WORK]):
            break
        time.sleep(0.5)
        app.run()
    assert not app.exception


def test_travel_is_planned_for_this_proposal_alone(full, visit) -> None:
    """Planned travel stands in the answer and in the table; after an edit by hand it is gone."""
    app = designed(visit)
    app.button(key="territory_prove").click().run()
    wait_for(app, lambda work: work.travel is not None)
    work: Work = app.session_state[WORK]
    assert work.proof is not None
    assert "Planned travel of all reps" in section.answer(work)
    assert work.proof.total("visits")[0] == work.proof.total("visits")[1]
    place = int(np.flatnonzero(work.proposal.territory == work.shops.today)[0])
    work.move([place], (int(work.shops.today[place]) + 1) % len(work.shops.reps))
    assert work.proof is None


def test_what_lies_outside_the_tolerance_is_marked_with_the_reason(full, visit) -> None:
    """With no customer allowed to change but one, the answer names territories outside, and why."""
    app = visit("territories.py", steps="400000", changes="1")
    app.button(key="territory_design").click().run()
    wait_for(app, lambda work: work.proposed is not None)
    work: Work = app.session_state[WORK]
    assert "outside ±4.5%" in section.answer(work)
    assert any("at most 1 may" in warning.value for warning in app.warning)


def test_managers_areas_are_asked_for_on_the_page(full, visit) -> None:
    """Two areas join all reps of today."""
    app = visit("territories.py")
    app.number_input(key="territory_areas").set_value(2).run()
    assert not app.exception
    tables = [table.value for table in app.dataframe if "Area" in table.value.columns]
    assert tables[0]["Reps"].sum() == len(app.session_state[WORK].shops.reps)


def test_neighbouring_territories_differ_in_colour() -> None:
    """Along a row of territories no two neighbours are alike, and each has one of the colours."""
    territory = np.arange(30) // 2
    pairs = np.column_stack([np.arange(29), np.arange(1, 30)])
    colours = colours_of([territory], pairs, 15)
    assert all(first != second for first, second in itertools.pairwise(colours))
    assert set(colours) <= set(COLOURS)
