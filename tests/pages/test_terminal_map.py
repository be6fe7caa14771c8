"""终端地图."""

from __future__ import annotations

import json

from core.geo.measures import measure_keys


def layers(app) -> list[dict]:
    """Return the layers of the map."""
    return json.loads(app.get("deck_gl_json_chart")[0].proto.json)["layers"]


def test_without_terminals_the_page_says_what_to_import(empty, visit) -> None:
    """The empty state comes first."""
    app = visit("terminal_map.py")
    assert app.button(key="empty_import").label == "Import data"
    assert not app.get("deck_gl_json_chart")


def test_no_terminal_travels_with_the_page(full, visit) -> None:
    """The map names the address of its tiles; the message to the browser holds no point."""
    app = visit("terminal_map.py")
    terminals = next(layer for layer in layers(app) if layer["id"] == "terminals")
    assert terminals["data"].startswith("/tiles/")
    assert terminals["data"].endswith("/{z}/{x}/{y}.json")
    assert len(app.get("deck_gl_json_chart")[0].proto.json) < 10_000
    assert not app.exception


def test_every_measure_has_a_legend(full, visit) -> None:
    """Choosing a colour changes the tiles' address and keeps the page whole."""
    seen = set()
    app = visit("terminal_map.py")
    for measure in measure_keys():
        app.selectbox(key="pick_colour").select(measure).run()
        assert not app.exception, measure
        seen.add(next(layer for layer in layers(app) if layer["id"] == "terminals")["data"])
    assert len(seen) == len(measure_keys())


def test_a_filter_changes_list_and_tiles(full, visit) -> None:
    """The grade in the address restricts the list below the map."""
    whole, some = visit("terminal_map.py"), visit("terminal_map.py", grade="A")
    assert set(some.dataframe[0].value["Grade"]) == {"A"}
    assert set(whole.dataframe[0].value["Grade"]) > {"A"}


def test_a_link_opens_a_terminal(full, visit) -> None:
    """The shop in the address opens its card; an unknown one shows the sums."""
    first = visit("terminal_map.py").dataframe[0].value.iloc[0]
    opened = visit("terminal_map.py", shop=first["Terminal ID"])
    assert any(first["Terminal"][:4] in text.value for text in opened.markdown)
    unknown = visit("terminal_map.py", shop="nowhere")
    assert any("All terminals shown" in text.value for text in unknown.markdown)
    assert not unknown.exception


def test_all_layers_can_be_drawn(full, visit) -> None:
    """Borders, dealers with their coverage and reps' territories stand beside the terminals."""
    app = visit("terminal_map.py", layers="regions~dealers~reps")
    assert {layer["id"] for layer in layers(app)} == {"terminals", "regions", "dealers", "coverage", "reps"}
    assert not app.exception
