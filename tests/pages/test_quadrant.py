"""四象限."""

from __future__ import annotations

import json


def figure(app) -> dict:
    """Return the picture of a page."""
    return json.loads(app.get("plotly_chart")[0].proto.spec)


def texts(app) -> list[str]:
    """Return the words on the picture."""
    return [a["text"] for a in figure(app)["layout"]["annotations"]]


def test_without_sales_the_page_says_what_to_import(empty, visit) -> None:
    """The empty state comes first."""
    assert visit("quadrant.py").button(key="empty_import").label == "Import data"


def test_the_four_zones_carry_the_exact_terms(shown, visit) -> None:
    """Order, zone, difficulty and direction word for word as in the document."""
    found = " ".join(texts(visit("quadrant.py", lang="zh_CN")))
    for words in (
        "1 成长竞争区<br>易 · (取代加装)",
        "2 稳定区<br>易 · 维持重点",
        "3 不稳定区<br>难 · 深耕战略",
        "4 衰退区<br>难 · 维持重点",
    ):
        assert words in found


def test_a_line_stands_where_the_address_says(shown, visit) -> None:
    """A preset, a number of one's own, or the default for what means nothing."""
    app = visit("quadrant.py")
    for code, words in {
        "": "Share 26.1% · Lanchester lower limit",
        "30.5": "Share 30.5% · Own value",
        "relative": "Share 1.00 × · As large as the largest rival",
        "rubbish": "Share 26.1% · Lanchester lower limit",
        "nan": "Share 26.1% · Lanchester lower limit",
        "900": "Share 100.0% · Own value",
    }.items():
        app.text_input(key="share_cut").set_value(code).run()
        assert not app.exception
        assert words in texts(app)


def test_moving_the_share_line_moves_regions_to_other_zones(shown, visit) -> None:
    """A higher line leaves fewer regions with a high share."""
    app = visit("quadrant.py")

    def first_zone(cut: str) -> int:
        table = app.text_input(key="share_cut").set_value(cut).run().dataframe[0].value
        return int((table["zone"] == "Growth competition zone").sum())

    assert first_zone("10") > first_zone("50")


def test_an_own_value_starts_where_the_line_stood(shown, visit) -> None:
    """Choosing the own value moves nothing; a typed number moves the line."""
    app = visit("quadrant.py")
    app.selectbox(key="share_cut_preset").select("own").run()
    assert app.number_input(key="share_cut_value").value == 26.1
    app.number_input(key="share_cut_value").set_value(40.0).run()
    assert "Share 40.0% · Own value" in texts(app)


def test_arrows_lead_from_last_year(shown, visit) -> None:
    """The switch adds last year's places."""
    app = visit("quadrant.py")
    assert "lines+markers" not in [t.get("mode") for t in figure(app)["data"]]
    app.toggle(key="show_arrows").set_value(True).run()
    assert "lines+markers" in [t.get("mode") for t in figure(app)["data"]]


def test_the_table_stands_in_the_order_of_attack(shown, visit) -> None:
    """Regions to attack come by their rank, those with none after them, zone by zone."""
    table = visit("quadrant.py").dataframe[0].value
    ranks, rest = table["attack_rank"].dropna(), table[table["attack_rank"].isna()]
    assert ranks.tolist() == list(range(1, len(ranks) + 1))
    assert ranks.index.tolist() == list(range(len(ranks)))
    assert rest["attack_order"].is_monotonic_increasing
