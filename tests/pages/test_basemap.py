"""The basemap as a setting: off until somebody gives an address."""

from __future__ import annotations

import json

from core.store.preferences import preferences
from pages._ui import runtime
from pages._ui.terminals import basemap

URL = "https://tiles.example.com/{z}/{x}/{y}.png"


def map_of(app) -> dict:
    """Return what the browser is told about the map."""
    return json.loads(app.get("deck_gl_json_chart")[0].proto.json)


def save(visit, url: str, system: str = "WGS-84"):
    """Fill in the form on the settings page and save it."""
    app = visit("settings.py", lang="en")
    app.text_input(key="basemap_url").set_value(url)
    app.radio(key="basemap_system").set_value(system)
    app.button(key="basemap_save").click().run()
    assert not app.exception
    return app


def test_no_map_of_others_by_default(full, visit) -> None:
    """Nothing outside is named to the browser, nor left to Streamlit, which would load a style of its own."""
    app = visit("terminal_map.py")
    assert map_of(app)["mapStyle"] == "__MAP_STYLE__"
    assert "http" not in app.get("deck_gl_json_chart")[0].proto.json


def test_an_address_turns_it_on_and_none_turns_it_off(full, visit) -> None:
    """The map loads its style from the same machine; the tokens carry the basemap's system."""
    save(visit, URL, "GCJ-02")
    assert basemap._basemap(preferences(runtime.store())).system == "GCJ-02"
    app = visit("terminal_map.py")
    assert not app.exception
    assert map_of(app)["mapStyle"].startswith("/assets/basemap.json")
    save(visit, "")
    assert not {name for name in preferences(runtime.store()) if name.startswith("basemap")}


def test_an_address_that_is_none_is_refused(full, visit) -> None:
    """The sentence says what is wrong, and nothing is kept."""
    app = save(visit, "tiles.example.com")
    assert any("is no web address" in text.value for text in app.markdown)
    assert "basemap_url" not in preferences(runtime.store())
