"""The tables of the market pages say what the raw facts say."""

from __future__ import annotations

from typing import Any

import pandas as pd

from core import numbers
from core.metrics import DISPLAYS, FAMILIES, Format
from pages._ui import runtime
from tests.core.metrics.independent.facts import Facts
from tests.core.metrics.independent.table import market_rows
from tests.core.metrics.independent.test_independent import MONTHS

Rows = dict[str, dict[str, Any]]
PAGES = {"overview.py": 9, "quadrant.py": 12, "number_one.py": 5, "market_map.py": 5}


def shown_as(key: str, row: dict[str, Any]) -> object:
    """Return a value of the raw facts as a table has it."""
    declared = FAMILIES["market"][key]
    value = row[declared.text_column or key]
    if declared.format is Format.CODE:
        word = FAMILIES["market"].word(declared.codes, value)
        return None if word == "—" else word
    if declared.format is Format.FLAG:
        return "yes" if value else ""
    if value is None or declared.format is Format.TEXT:
        return value
    factor = (
        1 / numbers.money_divisor() if declared.format is Format.MONEY else DISPLAYS[declared.format].factor
    )
    return float(value) * factor


def wrong_cells(table: pd.DataFrame, rows: Rows) -> list[tuple[str, str, object, object]]:
    """Return name, KPI, the raw facts' value and the page's, of every cell that differs."""
    by_name = {row["name_en"]: row for row in rows.values()}
    wrong = []
    for line in table.to_dict("records"):
        for key in set(table) - {"name"}:
            value, told = shown_as(key, by_name[line["name"]]), line[key]
            if isinstance(value, float) and not pd.isna(told):
                declared = FAMILIES["market"][key].format
                # Money is rounded as its column is wide: to tenths or to whole units.
                step = 1.0 if declared is Format.MONEY else 10.0 ** -DISPLAYS[declared].digits
                right = abs(told - value) <= 0.5 * step + 1e-9 * abs(value)
            else:
                right = told == value or (value is None and pd.isna(told))
            if not right:
                wrong.append((line["name"], key, value, told))
    return wrong


def test_the_tables_of_the_pages_say_what_the_facts_say(shown, visit) -> None:
    """Every cell of each page's table of counties is the raw facts' value, rounded as it is shown."""
    app = visit("overview.py", period="2025-11_2026-10", level="county", company="OWN")
    facts = Facts(runtime.store())
    facts.companies["name"] = facts.companies["name_en"]
    rows = market_rows(facts, "county", MONTHS)
    for page, columns in PAGES.items():
        app.switch_page(page).run()
        frames = [each.value for each in app.dataframe if set(each.value) <= {"name", *FAMILIES["market"]}]
        table = next(frame for frame in frames if len(frame) > 10)
        assert len(table.columns) > columns, page
        assert wrong_cells(table, rows) == [], page


def test_every_figure_can_be_added_to_the_table_of_the_map(shown, visit) -> None:
    """The address takes any KPI that is no bare code as a column, and each cell is the raw facts' value."""
    figures = [
        each.key for each in FAMILIES["market"].values() if each.export and each.format is not Format.TEXT
    ]
    app = visit(
        "market_map.py", period="2025-11_2026-10", level="county", company="OWN",
        columns=",".join([*figures, "name_en", "no-such-kpi"]),
    )  # fmt: skip
    facts = Facts(runtime.store())
    facts.companies["name"] = facts.companies["name_en"]
    table = app.dataframe[0].value
    assert set(figures) == set(table) - {"name", "rival_id"}
    assert wrong_cells(table, market_rows(facts, "county", MONTHS)) == []
