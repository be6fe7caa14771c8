"""Below the four quadrants: principles, market value, where to enter."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.store.database import Store


def text(app) -> str:
    """Return everything the page says in words."""
    return " ".join(str(each.value) for each in (*app.markdown, *app.caption))


def test_principles_have_a_row_per_region_and_reasons_for_the_chosen_one(shown: Path, visit) -> None:
    """Ninety counties with five statuses each; the chosen county's name stands above its five reasons."""
    app = visit("quadrant.py", lang="en", level="county", region="990101")
    table = next(each.value for each in app.dataframe if "hold_fortress" in each.value.columns)
    assert len(table) == 90
    assert table["hold_fortress"].str[0].isin(list("✓✗?–")).all()
    assert sum(metric.label == "Hold the fortress" for metric in app.metric) == 1
    assert "Click a region to see its reasons" in text(app)


def test_weights_in_the_address_change_the_order(shown: Path, visit) -> None:
    """Points for the area alone put the largest county first, and nonsense means equal weights."""
    tables = {}
    for points in ("", "0-100-0-0", "abc", "0-0-0-0"):
        app = visit("quadrant.py", lang="en", level="county", basis="value", points=points)
        tables[points] = next(each.value for each in app.dataframe if "value_score" in each.value.columns)
    assert tables["0-100-0-0"]["area"].is_monotonic_decreasing
    assert tables["abc"].equals(tables[""])
    assert tables["0-0-0-0"].equals(tables[""])


def test_a_weight_typed_in_is_kept_in_the_address(shown: Path, visit) -> None:
    """Setting the area to 100 puts the four points into the address."""
    app = visit("quadrant.py", lang="en", level="county", basis="value")
    app.number_input(key="weight_area").set_value(100).run()
    assert app.session_state["points"] == "25-100-25-25"


def test_the_recorded_advantages_stand_on_the_page(shown: Path, visit) -> None:
    """Price advantage and dealer strength are columns of where to enter, the best region first."""
    app = visit("quadrant.py", lang="en", level="county", basis="entry")
    table = next(each.value for each in app.dataframe if "dealer_strength" in each.value.columns)
    assert table["price_advantage"].notna().any()
    assert table["entry_score"].dropna().is_monotonic_decreasing
    assert "Enter first" in text(app)
    assert not table["entry_missing"].str.contains("_").any()


@pytest.mark.parametrize("basis", ["principles", "value", "entry"])
def test_without_factors_visits_and_shops_the_parts_say_so(full: Path, visit, basis: str) -> None:
    """A store of market figures alone opens each part, and nothing unknown is called kept."""
    with Store.open(full) as store:

        def clear(cursor) -> None:
            for table in ("region_factor", "visit", "terminal", "terminal_sales"):
                cursor.execute(f"DELETE FROM {table}")
            cursor.execute("UPDATE region SET area_km2 = NULL")

        store.write("test", clear)
    app = visit("quadrant.py", lang="en", level="county", basis=basis)
    if basis == "value":
        assert "No factor of market value is recorded" in text(app)
    if basis == "principles":
        table = next(each.value for each in app.dataframe if "visit_everyone" in each.value.columns)
        assert (table["visit_everyone"].str[0] == "?").all()
