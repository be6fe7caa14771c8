"""The sections ABC, 分级, 盈利 and GE of the customer pages, without a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.customers.grading.scale import Template
from core.customers.grading.scale_table import to_table
from core.store.customers import grading as store_grading
from core.store.database import Store
from core.store.forms.drafts import save_draft
from pages._ui.customers import actor
from pages._ui.customers.grading import scale_draft

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

PARAMETERS = ("section", "abc_of", "abc_by", "abc_view", "grade_view", "profit_view", "ge_of")
VIEWS = [
    ("customers.py", {"section": "abc"}, ("of class A make", "A 类")),
    (
        "customers.py",
        {"section": "abc", "abc_of": "product", "abc_by": "margin"},
        ("of class A make", "A 类"),
    ),
    ("customers.py", {"section": "abc", "abc_view": "accounts"}, ("we handle", "覆盖")),
    ("customers.py", {"section": "abc", "abc_view": "moved"}, ("moved up", "上升")),
    ("customers.py", {"section": "grading"}, ("are A", "A 级")),
    ("customers.py", {"section": "grading", "grade_view": "labels"}, ("earn our living", "现实生存的基础")),
    ("customers.py", {"section": "grading", "grade_view": "scale"}, ("make 100 points", "100 分")),
    ("customers.py", {"section": "grading", "grade_view": "opinions"}, ("somebody has filled in", "填写")),
    ("customers.py", {"section": "grading", "grade_view": "history"}, ("No grading has been kept", "还没有")),
    ("customers.py", {"section": "profit"}, ("the best products bring", "毛利")),
    ("customers.py", {"section": "profit", "profit_view": "customers"}, ("earns most", "最赚钱")),
    ("customers.py", {"section": "profit", "profit_view": "position"}, ("Most is sold in field", "卖得最多")),
    ("customers.py", {"section": "ge"}, ("Invest in", "投资")),
    ("customers.py", {"section": "ge", "ge_of": "region"}, ("Invest in", "投资")),
    ("terminals.py", {"section": "abc"}, ("of class A make", "A 类")),
    ("terminals.py", {"section": "grading"}, ("are A", "A 级")),
]


@pytest.mark.parametrize(("language", "place"), [("en", 0), ("zh_CN", 1)])
@pytest.mark.parametrize("page", ["customers.py", "terminals.py"])
def test_each_view_answers_first(
    shown: Path, visit: Callable[..., AppTest], page: str, language: str, place: int
) -> None:
    """Every view opens without an error and says in one sentence what the data say, in both languages."""
    app = visit(page, lang=language)
    for query, said in [(query, said) for name, query, said in VIEWS if name == page]:
        for parameter, code in (dict.fromkeys(PARAMETERS, "") | query).items():
            app.session_state[parameter] = code
        app.run()
        texts = [text.value for text in app.markdown]
        assert not app.exception, query
        assert not app.error, query
        assert any(said[place] in text for text in texts), (query, texts[:5])


@pytest.mark.parametrize("section", ["abc", "grading", "profit", "ge"])
def test_without_data(empty: Path, visit: Callable[..., AppTest], section: str) -> None:
    """An empty store gets the way to the import and no error."""
    app = visit("customers.py", section=section)
    assert any("no dealers" in text.value for text in app.markdown)


def test_a_changed_scale_is_saved_as_a_version(full: Path, visit: Callable[..., AppTest]) -> None:
    """Raising the least total of an A saves version 1; a total of B above it is refused with its reason."""
    app = visit("customers.py", section="grading", grade_view="scale")
    app.number_input("grade_a__0_0").set_value(90.0)
    app.button("grade_save").click().run()
    assert any("Version 1" in text.value for text in app.markdown)
    assert app.number_input("grade_a__1_0").value == 90
    app.number_input("grade_b__1_0").set_value(95.0)
    app.button("grade_save").click().run()
    assert any("least total" in error.value for error in app.error)


def test_unsaved_work_on_the_scale_is_found_again(
    full: Path, visit: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows kept before a restart are offered, with who was faster; saved, there is nothing to offer."""
    monkeypatch.setattr(actor, "draft_owner", lambda: "local")
    with Store.open(full) as store:
        opened = store_grading.template(store)
        rows = to_table(opened.template).assign(score=1.0)
        texts = rows.astype(object).where(rows.notna(), None).to_numpy().tolist()
        save_draft(store, scale_draft.key(opened), "local", {"rows": texts}, base_version=0)
        changed = Template(opened.template.sections, (80, 40))
        store_grading.save_template(store, opened, changed, actor="Li")
    app = visit("customers.py", section="grading", grade_view="scale")
    assert any("Unsaved changes" in said.value and "by Li" in said.value for said in app.warning)
    app.button("scale_go_on").click().run()
    assert not app.warning
    app.button("grade_save").click().run()
    assert any("Version 2" in text.value for text in app.markdown)
    app = visit("customers.py", section="grading", grade_view="scale")
    assert not app.warning


def test_a_grading_is_kept(full: Path, visit: Callable[..., AppTest]) -> None:
    """After keeping the grades there is one to compare with, and nobody has moved."""
    app = visit("customers.py", section="grading", grade_view="history")
    app.button("grade_keep").click().run()
    assert not app.exception
    assert any("0 moved up and 0 down" in text.value for text in app.markdown)


def test_the_names_of_fields_are_kept(full: Path, visit: Callable[..., AppTest]) -> None:
    """A field's new name stands in the answer; two equal names are refused."""
    app = visit("customers.py", section="profit", profit_view="position")
    for number in (1, 2, 3, 4):
        app.text_input(f"position_{number}").set_value(f"Field of {number}")
    app.button("FormSubmitter:position_names-Keep the names").click().run()
    assert any("Field of" in text.value for text in app.markdown)
    app.text_input("position_1").set_value("Field of 2")
    app.button("FormSubmitter:position_names-Keep the names").click().run()
    assert any("same name" in error.value for error in app.error)


def test_the_grade_on_the_card(full: Path, visit: Callable[..., AppTest]) -> None:
    """A dealer's card says its grade, and an opinion given there changes what is known of it."""
    with Store.open(full) as store:
        first = store.fetch("SELECT MIN(s.dealer_id) AS d FROM dealer_sales AS s")["d"][0].as_py()
    app = visit("customer_card.py", customer=f"dealer:{first}", section="grade")
    assert any("of 100." in text.value for text in app.markdown)
    known = [metric.value for metric in app.metric]
    app.radio(f"opinion_dealer_{first}_willingness").set_value("Yes, with a plan").run()
    app.button("opinion_save").click().run()
    assert not app.exception
    assert [metric.value for metric in app.metric] != known


def test_judgements_of_the_grid(full: Path, visit: Callable[..., AppTest]) -> None:
    """What was said about a customer is counted on the page."""
    with Store.open(full) as store:
        first = store.fetch("SELECT MIN(d.dealer_id) AS d FROM dealer AS d")["d"][0].as_py()
        store_grading.judge(store, "dealer", [(first, "willingness", 0)])
    app = visit("customers.py", section="grading", grade_view="opinions")
    assert any("For 1 of" in text.value for text in app.markdown)
