"""The page on expenses: its answer, its parts, and filling in a budget."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from core.reports.cycle.expenses import ExpenseRequest, expense_report
from core.store.database import Store
from pages._ui.cycle.expenses.budget_part import budget_sentence

MONTHS = (dt.date(2025, 11, 1), dt.date(2026, 10, 1))


def text(app) -> str:
    """Return everything the page says in words."""
    return " ".join(str(each.value) for each in (*app.markdown, *app.caption))


def test_the_answer_comes_first_and_is_that_of_the_report(full: Path, visit) -> None:
    """The sentence at the top has the amounts of the report."""
    app = visit("expenses.py", lang="en", level="county")
    with Store.open(full) as store:
        report = expense_report(store, ExpenseRequest(*MONTHS, "county"))
    assert app.title[0].value == "Expenses"
    assert budget_sentence(report) in text(app).replace("\\", "")
    labels = [metric.label for metric in app.metric]
    assert labels == ["Spent", "Budget used", "Expense ratio", "Regions over budget", "Forecast of 2026"]
    assert all(metric.help for metric in app.metric)


def test_promotions_say_what_cannot_be_told(full: Path, visit) -> None:
    """Of six promotions the one in six shops is refused with its reason."""
    app = visit("expenses.py", lang="en", part="promotions")
    assert "Of 6 promotions" in text(app)
    assert "会员日" in text(app)


def test_the_table_of_regions_has_the_report_s_rows(full: Path, visit) -> None:
    """Every county stands in the table, the most overspent first."""
    app = visit("expenses.py", lang="en", level="county")
    table = next(each.value for each in app.dataframe if "used" in each.value.columns and len(each.value) > 3)
    assert len(table) == 90
    assert table["difference"].dropna().is_monotonic_decreasing


@pytest.mark.parametrize("part", ["", "promotions", "grid"])
def test_without_anything_recorded_the_page_says_what_to_bring(full: Path, visit, part: str) -> None:
    """A store without expenses, budgets and promotions has an empty state or an empty grid, and no error."""
    with Store.open(full) as store:

        def clear(cursor) -> None:
            for table in ("expense", "expense_budget", "promotion", "promotion_shop"):
                cursor.execute(f"DELETE FROM {table}")

        store.write("test", clear)
    app = visit("expenses.py", lang="en", part=part)
    assert ("Import these tables" in text(app)) == (part != "grid")


def test_within_a_region_the_page_follows(full: Path, visit) -> None:
    """Looking into a city leaves its counties."""
    app = visit("expenses.py", lang="en", level="county", within="990100")
    table = next(each.value for each in app.dataframe if "used" in each.value.columns and len(each.value) > 3)
    assert len(table) < 90
