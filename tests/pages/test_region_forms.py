"""Judgements of regions and prospects on their pages."""

from __future__ import annotations

import pytest

from core.customers.forms.regions import QUALITATIVE_TARGET, REGION_PROFILE
from core.store.database import Store
from core.store.forms import forms as store_forms
from core.store.forms.rows import FormKey


def words(app) -> str:
    """Return all text of a page."""
    return " ".join(text.value for text in (*app.markdown, *app.caption))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_form_of_a_region_opens(shown, visit, language) -> None:
    """Profile, factors and targets open below the map; the way of development says what it follows from."""
    for part in ("", "profile", "factors", "targets"):
        app = visit("market_map.py", region="990101", region_form=part, lang=language)
        assert not app.error
        assert ("Way of development" if language == "en" else "区域开发方法") in words(app)


def test_without_a_region_nothing_is_judged(shown, visit) -> None:
    """The whole market has no profile."""
    assert "What we judge" not in words(visit("market_map.py"))


def test_what_is_judged_about_a_region_is_shown(full, visit) -> None:
    """A saved profile fills the form, a qualitative target stands in its list."""
    with Store.open(full) as store:
        key = FormKey(REGION_PROFILE, "region", "990101")
        store_forms.save(store, key, {"layer": "Chain stores"}, expected_version=0)
        said = {"target": "Known first", "sign": "Survey", "responsible": "Manager", "due": "2026-12-31"}
        key = FormKey(QUALITATIVE_TARGET, "region", "990101")
        store_forms.save(store, key, said, expected_version=0)
    app = visit("market_map.py", region="990101", region_form="profile")
    assert "Chain stores" in [field.value for field in app.text_input]
    listed = visit("market_map.py", region="990101", region_form="targets")
    assert any("Known first" in table.value.to_string() for table in listed.dataframe)


def test_a_shop_shows_its_stages_and_its_rivals_visits(full, visit) -> None:
    """The card of a prospect has its history, that of any shop the visits of rivals."""
    with Store.open(full) as store:
        shop = store.fetch(
            "SELECT s.terminal_id AS t FROM prospect_stage AS s ORDER BY s.number DESC, s.terminal_id LIMIT 1"
        ).to_pylist()[0]["t"]
    app = visit("customer_card.py", customer=f"terminal:{shop}", section="prospect")
    assert not app.error
    assert any("Stage" in table.value.columns for table in app.dataframe)
    rivals = visit(
        "customer_card.py", customer=f"terminal:{shop}", section="relation", relation_card="rivals"
    )
    assert not rivals.error
    assert "Visits needed" in words(rivals)
