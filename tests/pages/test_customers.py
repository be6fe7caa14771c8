"""客户 and 终端: the lists, their filters in the address, the grid, the files, the way to the card."""

from __future__ import annotations

import pandas as pd
import pytest

from core.store.customers import customers
from core.store.customers.edit import Change, edit
from pages._ui import runtime
from pages._ui.customers.listing import bulk_edit, grid

DEALERS, TERMINALS, CARD = "customers.py", "terminals.py", "customer_card.py"


def listed(app):
    """Return the rows of the list."""
    return next(frame.value for frame in app.dataframe if "customer_id" in frame.value.columns)


def words(app) -> str:
    """Return everything the page says."""
    parts = [*app.title, *app.markdown, *app.caption, *app.error, *app.info, *app.warning, *app.success]
    return "\n".join(str(part.value) for part in parts)


@pytest.mark.parametrize("page", [DEALERS, TERMINALS])
def test_without_customers_the_page_says_what_to_import(empty, visit, page) -> None:
    """The empty state comes first."""
    assert visit(page).button(key="empty_import").label == "Import data"


def test_the_lists_answer_first(full, visit) -> None:
    """One sentence with the count, the sums and who is without an owner; then one page of the list."""
    app = visit(TERMINALS)
    assert "300 terminals: own sales" in words(app)
    assert "have no owner" in words(app)
    assert len(listed(app)) == 50
    assert listed(app)["own"].is_monotonic_decreasing
    assert "**All 300 together**" in words(app)
    app = visit(DEALERS, lang="zh_CN")
    assert "家经销商：进货额" in words(app)
    assert not app.error


def test_the_address_says_what_is_listed(full, visit) -> None:
    """Search by initials, filter, order and page come from the address; a page past the end is the last."""
    app = visit(TERMINALS, q="bld", grade="B~C", sort="name", n="99")
    assert set(listed(app)["grade"]) <= {"B", "C"}
    assert listed(app)["name"].str.contains("便利店").all()
    assert listed(app)["name"].is_monotonic_increasing
    assert "None recorded" not in words(app)
    for wrong in ("0", "-1", "x", "１"):
        assert len(listed(visit(TERMINALS, n=wrong, sort="rubbish"))) == 50


def test_typing_turning_and_sorting_reach_the_address(full, visit) -> None:
    """What is typed and clicked is in the address; a new search begins on the first page."""
    app = visit(TERMINALS)
    app.button(key="page_next").click().run()
    assert app.query_params["n"] == "2"
    app.text_input(key="list_q").set_value("shizadian").run()
    assert app.query_params["q"] == "shizadian"
    assert "n" not in app.query_params
    assert listed(app)["name"].str.contains("食杂店").all()
    app.selectbox(key="list_sort").select("name").run()
    assert app.query_params["sort"] == "-name"
    app.text_input(key="list_q").set_value("qqqqqq").run()
    assert "No customer passes this filter" in words(app)
    app.text_input(key="list_q").set_value("十杂店").run()
    assert "these names are near" in words(app)


def test_the_grid_shows_what_would_change_and_saves_it(full, visit, monkeypatch) -> None:
    """A changed cell is listed before it is saved; the save is one write with an audit."""
    app = visit(TERMINALS, edit="yes")
    assert "what will be saved is listed here first" in words(app)
    with runtime.store().cursor() as cursor:
        key, grade = cursor.execute(
            "SELECT t.terminal_id, t.grade FROM terminal AS t WHERE t.grade = 'A' LIMIT 1"
        ).fetchall()[0]
    change = Change(key, "grade", grade, "B")
    monkeypatch.setattr(grid, "_changes", lambda *_arguments: [change])
    monkeypatch.setattr(grid, "_preview", lambda *_arguments: None)
    app.run()
    app.button(key="grid_save").click().run()
    assert "1 change saved." in words(app)
    assert customers.customer(runtime.store(), "terminal", key)["grade"] == "B"
    app.button(key="grid_save").click().run()
    assert "Somebody changed this in the meantime" in words(app)


def test_all_that_the_filter_leaves_change_at_once(full, visit) -> None:
    """What would change is counted before it is done; afterwards one click brings everything back."""

    def graded() -> dict[str, int]:
        found = runtime.store().fetch(
            "SELECT t.grade AS g, COUNT(*) AS n FROM terminal AS t GROUP BY t.grade"
        )
        return dict(zip(found["g"].to_pylist(), found["n"].to_pylist(), strict=True))

    before = graded()
    app = visit(TERMINALS, edit="yes", grade="B", lang="en")
    app.selectbox(key="change_to_grade").set_value("B").run()
    assert f"All {before['B']} terminals have this value already." in words(app)
    app.selectbox(key="change_to_grade").set_value("C").run()
    assert f"**{before['B']} terminals**: **{before['B']}** would change" in words(app)
    app.button(key="change_save").click().run()
    # The filter is on B, and now leaves nobody; the way back stands all the same.
    assert f"{before['B']} terminals changed." in words(app)
    assert graded() == {**{g: n for g, n in before.items() if g != "B"}, "C": before["C"] + before["B"]}
    app.button(key="change_undo").click().run()
    assert f"{before['B']} terminals are as they were before." in words(app)
    assert graded() == before
    assert not [button for button in app.button if button.key == "change_undo"]


def test_a_change_of_all_that_others_changed_is_refused(full, visit) -> None:
    """Where somebody changes a customer after the preview, nothing is saved and the page says so."""
    app = visit(DEALERS, edit="yes", lang="en")
    app.selectbox(key="change_field").set_value("tier").run()
    app.selectbox(key="change_to_tier").set_value(bulk_edit.NOTHING).run()
    found = runtime.store().fetch("SELECT d.dealer_id AS id, d.tier AS tier FROM dealer AS d").to_pylist()
    some = next(row for row in found if row["tier"])
    edit(runtime.store(), "dealer", [Change(some["id"], "tier", some["tier"], None)])
    app.button(key="change_save").click().run()
    assert "The list changed in the meantime" in words(app)
    edit(runtime.store(), "dealer", [Change(some["id"], "tier", None, some["tier"])])


def test_changes_are_the_cells_that_differ() -> None:
    """Only real differences count: empty stays empty, blanks are no change."""
    before = pd.DataFrame(
        {
            "customer_id": ["D1", "D2"],
            "tier": ["small", None],
            "level": [None, "first"],
            "owner_id": ["E1", None],
            "backup_id": [None, None],
        }
    )
    after = before.assign(tier=["large", None], level=["  ", "first"], owner_id=[None, "E2"])
    assert grid._changes("dealer", before, after) == [
        Change("D1", "tier", "small", "large"),
        Change("D1", "owner_employee_id", "E1", None),
        Change("D2", "owner_employee_id", None, "E2"),
    ]


def test_the_search_box_leads_to_the_card(full, visit) -> None:
    """Typing a code on one card and clicking the find opens the other one's card."""
    app = visit(CARD, customer="terminal:T00000001")
    app.text_input(key="find_text").set_value("t00000002").run()
    app.button(key="find_0").click().run()
    found = customers.customer(runtime.store(), "terminal", "T00000002")
    assert found["name"] in app.title[0].value
    assert app.query_params["customer"] == "terminal:T00000002"


def test_the_card_says_who_leads_and_links_on(full, visit) -> None:
    """Five numbers, the sentence, and the way to the map and to a dealer's shops."""
    app = visit(CARD, customer="dealer:D00001", lang="en")
    assert len(app.metric) == 5
    assert "in-store share" in words(app)
    app.button(key="to_shops").click().run()
    assert app.title[0].value == "Terminals"
    assert set(listed(app)["dealer"]) == {customers.customer(runtime.store(), "dealer", "D00001")["name"]}
