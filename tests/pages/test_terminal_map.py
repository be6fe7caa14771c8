"""终端地图."""

from __future__ import annotations

import json

import pandas as pd

from core.geo.cells import tile_of
from core.geo.measures import measure_keys
from core.store.database import Store
from core.store.terminals import coordinate_fixes as placing
from core.store.terminals.selections import selected
from pages._ui import runtime


def layers(app) -> list[dict]:
    """Return the layers of the map."""
    return json.loads(app.get("deck_gl_json_chart")[0].proto.json)["layers"]


def test_without_terminals_the_page_says_what_to_import(empty, visit) -> None:
    """The empty state comes first."""
    app = visit("terminal_map.py")
    assert app.button(key="empty_import").label == "Import data"
    assert not app.get("deck_gl_json_chart")


def test_no_terminal_travels_with_the_page(shown, visit) -> None:
    """The map names the address of its tiles; the message to the browser holds no point."""
    app = visit("terminal_map.py")
    terminals = next(layer for layer in layers(app) if layer["id"] == "terminals")
    assert terminals["data"].startswith("/tiles/")
    assert terminals["data"].endswith("/{z}/{x}/{y}.json")
    assert len(app.get("deck_gl_json_chart")[0].proto.json) < 10_000
    assert not app.exception


def test_every_measure_has_a_legend(shown, visit) -> None:
    """Choosing a colour changes the tiles' address and keeps the page whole."""
    seen = set()
    app = visit("terminal_map.py")
    for measure in measure_keys():
        app.selectbox(key="pick_colour").select(measure).run()
        assert not app.exception, measure
        seen.add(next(layer for layer in layers(app) if layer["id"] == "terminals")["data"])
    assert len(seen) == len(measure_keys())


def test_a_filter_changes_list_and_tiles(shown, visit) -> None:
    """The grade in the address restricts the list below the map."""
    whole, some = visit("terminal_map.py"), visit("terminal_map.py", grade="A")
    assert set(some.dataframe[0].value["Grade"]) == {"A"}
    assert set(whole.dataframe[0].value["Grade"]) > {"A"}


def test_a_link_opens_a_terminal(shown, visit) -> None:
    """The shop in the address opens its card; an unknown one shows the sums."""
    first = visit("terminal_map.py").dataframe[0].value.iloc[0]
    opened = visit("terminal_map.py", shop=first["Terminal ID"])
    assert any(first["Terminal"][:4] in text.value for text in opened.markdown)
    unknown = visit("terminal_map.py", shop="nowhere")
    assert any("All terminals shown" in text.value for text in unknown.markdown)
    assert not unknown.exception


def test_a_clicked_cell_lists_its_terminals(shown, visit) -> None:
    """The cell in the address leaves its terminals in the list until it is left; a wrong one is ignored."""
    rows = runtime.store().fetch("SELECT t.terminal_id, t.cell >> 24 AS cell FROM terminal AS t").to_pandas()
    column, row = tile_of(int(rows["cell"].max()))
    app = visit("terminal_map.py", cell=f"12/{column}/{row}")
    inside = rows.loc[rows["cell"] == rows["cell"].max(), "terminal_id"]
    assert set(app.dataframe[0].value["Terminal ID"]) == set(inside)
    app.button(key="leave_cell").click().run()
    assert len(app.dataframe[0].value) > len(inside)
    assert not visit("terminal_map.py", cell="99/x/1").exception


def test_the_region_looked_into_stays_on_the_next_page(shown, visit) -> None:
    """What is looked into on the map is looked into on the quadrants too, and the way up is shown there."""
    app = visit("terminal_map.py", within="990100", level="county")
    app.switch_page("quadrant.py").run()
    assert app.query_params["within"] == "990100"
    assert len(app.get("plotly_chart")) > 0
    assert app.button(key="way_up_0").label == "Whole market ›"


def test_all_layers_can_be_drawn(shown, visit) -> None:
    """Borders, dealers with their coverage and reps' territories stand beside the terminals."""
    app = visit("terminal_map.py", layers="regions~dealers~reps")
    assert {layer["id"] for layer in layers(app)} >= {"terminals", "regions", "dealers", "coverage", "reps"}
    assert not app.exception


def test_a_filter_that_leaves_nothing_says_so(shown, visit) -> None:
    """No terminal, no list: a sentence says what to do, and the map stays."""
    app = visit("terminal_map.py", grade="Z")
    assert not app.exception
    assert any("No terminal passes this filter" in text.value for text in app.caption)
    assert app.get("deck_gl_json_chart")


def mistaken(path) -> str:
    """Put a shop at zero, zero; return its id."""
    with Store.open(path) as store:
        shop = store.fetch("SELECT MIN(t.terminal_id) AS id FROM terminal AS t")["id"][0].as_py()
        placing.fix_places(
            store, pd.DataFrame({"terminal_id": [shop], "lat": [0.0], "lon": [0.0], "crs": "WGS-84"})
        )
    return shop


def place_of(path, shop: str) -> tuple[object, object]:
    """Return the coordinates of a shop."""
    runtime.close()
    with Store.open(path) as store:
        row = store.fetch(
            f"SELECT t.lat, t.lon FROM terminal AS t WHERE t.terminal_id = '{shop}'"
        ).to_pylist()[0]
    return row["lat"], row["lon"]


def test_a_wrong_coordinate_is_fixed_and_taken_back(full, visit) -> None:
    """The check finds the shop at zero, removes its coordinates when told to, and puts them back."""
    shop = mistaken(full)
    app = visit("terminal_map.py", checks="1", lang="en")
    assert not app.exception
    app.button(key="checks_yes").click().run()
    assert not app.exception
    assert any("1 shops were corrected." in text.value for text in app.success)
    assert place_of(full, shop) == (None, None)
    app = visit("terminal_map.py", checks="1", lang="en")
    latest = next(button for button in app.button if str(button.key).startswith("take_back_"))
    latest.click().run()
    assert not app.exception
    assert place_of(full, shop) == (0.0, 0.0)


def test_terminals_are_sent_to_the_visit_plan(full, visit) -> None:
    """What the filter leaves becomes a named selection, and the visit plan opens with it."""
    app = visit("terminal_map.py", grade="A", lang="en")
    listed = set(app.dataframe[0].value["Terminal ID"])
    app.text_input(key="selection_name").set_value("A shops")
    app.button(key="selection_send").click().run()
    assert not app.exception
    saved = app.session_state["selection"]
    assert set(selected(runtime.store(), saved)["terminal_id"]) == listed


def test_a_chosen_region_leaves_its_shops(shown, visit) -> None:
    """A link with a region opens the shops of that region, and the way up opens them all again."""
    found = runtime.store().fetch(
        "SELECT t.region_id, COUNT(*) AS n FROM terminal AS t"
        " WHERE t.cell >= 0 AND t.region_id IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    region, shops = found["region_id"][0].as_py(), found["n"][0].as_py()
    app = visit("terminal_map.py", region=region)
    assert len(app.dataframe[0].value) == shops
    app.button(key="way_up_0").click().run()
    assert len(app.dataframe[0].value) > shops


def test_the_quick_filter_leaves_what_the_page_announces(shown, visit) -> None:
    """As many unvisited shops are listed as the sentence of the page said."""
    whole = visit("terminal_map.py")
    sentence = "had no visit in four weeks"
    announced = next(text.value for text in whole.markdown if sentence in text.value)
    app = visit("terminal_map.py", situation="unvisited")
    assert f" {len(app.dataframe[0].value)} had no visit" in announced
    assert not set(app.dataframe[0].value["Visits in four weeks"]) - {0}


def test_a_region_and_a_shop_are_found_by_name(shown, visit) -> None:
    """The search offers regions before shops; a click on a region leaves its shops."""
    app = visit("terminal_map.py")
    name = (
        runtime.store()
        .fetch(
            "SELECT r.name FROM region AS r JOIN terminal AS t USING (region_id) WHERE t.cell >= 0 LIMIT 1"
        )["name"][0]
        .as_py()
    )
    app.text_input(key="map_find_text").set_value(name).run()
    found = [button for button in app.button if str(button.key).startswith("map_region_")]
    assert found
    before = len(app.dataframe[0].value)
    found[0].click().run()
    assert not app.exception
    assert len(app.dataframe[0].value) < before
