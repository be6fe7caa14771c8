"""No.1 目标."""

from __future__ import annotations

import json


def rows(app) -> list[str]:
    """Return the regions of the picture from top to bottom."""
    return json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]["yaxis"]["ticktext"]


def card(app) -> str:
    """Return the text of the card's figures."""
    return " ".join(html.proto.body for html in app.get("html"))


def test_without_sales_the_page_says_what_to_import(empty, visit) -> None:
    """The empty state comes first."""
    assert visit("number_one.py").button(key="empty_import").label == "Import data"


def test_the_page_says_what_no_1_takes(shown, visit) -> None:
    """The answer names the easiest regions; the card has the four stages of one of them."""
    app = visit("number_one.py")
    assert any("more would take" in text.value for text in app.markdown)
    for stage in ("Get inside the range", "Pass the next one up", "Pass the leader", "Secure No.1"):
        assert stage in card(app)


def test_a_larger_multiple_takes_more(shown, visit) -> None:
    """At 3 times the second, the same region's gap is larger than at 1.7."""

    def gap(**query: str) -> float:
        table = visit("number_one.py", **query).dataframe[0].value
        return float(table["gap"].sum())

    assert gap() < gap(k="3") < gap(own_k="4")


def test_a_growing_rival_takes_more_in_the_years_ahead(shown, visit) -> None:
    """The needed growth a year rises with the rival's."""

    def needed(**query: str) -> float:
        return float(visit("number_one.py", **query).dataframe[0].value["needed_growth"].mean())

    assert needed() < needed(rival_growth="10")


def test_the_order_of_the_rows_is_a_choice(shown, visit) -> None:
    """The order of attack first; on choice the nearest to No.1 or the largest gap, by the table's gaps."""
    app = visit("number_one.py")
    table = app.dataframe[0].value
    gaps = table[table["gap"] > 0].set_index("name")["gap"]
    assert rows(app)[0] == table["name"].iloc[0]
    app.segmented_control(key="pick_order").select("nearest").run()
    assert rows(app)[0] == gaps.idxmin()
    app.segmented_control(key="pick_order").select("largest").run()
    assert rows(app)[0] == gaps.idxmax()


def test_an_own_multiple_can_be_typed(shown, visit) -> None:
    """Choosing the own multiple offers a field; its value counts."""
    app = visit("number_one.py")

    def gap() -> float:
        return float(app.dataframe[0].value["gap"].sum())

    before = gap()
    app.segmented_control(key="choose_multiple").select("own").run()
    app.number_input(key="type_own_k").set_value(2.5).run()
    assert not app.exception
    assert gap() > before
