"""Every figure on every page says how it comes about."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from core.currency import use_currency
from core.reports.plans.plan import plan_from_store
from core.reports.plans.request import PlanRequest
from core.reports.provenance import HERE, records_behind
from core.store.database import Store
from core.store.preferences import CURRENCY, prefer
from pages._ui.components import downloads, origins
from pages._ui.customers.card_sections import CARD
from pages._ui.customers.dealers.dealer_section import PARTS as DEALER_PARTS
from pages._ui.customers.sections import CUSTOMERS, TERMINALS
from pages._ui.targets.steps import STEPS
from pages._ui.tasks.view import LOOKS as TASK_LOOKS
from pages._ui.url import PERIOD_SHOWN
from pages._ui.visits.controls import PARTS as VISIT_PARTS
from pages._ui.visits.prospects.section import VIEWS as PROSPECT_VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from streamlit.testing.v1 import AppTest

PAGES = Path(__file__).resolve().parents[2] / "pages"
REGION = {"region": "990101"}
# A row of a list of figures that doesn't open: no explanation stands behind it.
CLOSED_ROW = re.compile(r"<div><span>(.*?)</span><b>(.*?)</b></div>")
# One that opens, with its explanation.
OPEN_ROW = re.compile(r"<summary><span>(.*?)</span><b>(.*?)</b></summary>(.*?)</details>")
PLAN = PlanRequest("OWN", 2026, dt.date(2025, 12, 1), "county", target=1.2e8, within="990100")
WALKS: dict[str, list[dict[str, str]]] = {
    "overview.py": [{}],
    "market_map.py": [REGION],
    "quadrant.py": [REGION, REGION | {"basis": "value"}, REGION | {"basis": "entry"}],
    "number_one.py": [REGION, REGION | {"part": "concentration"}],
    "allocation.py": [{"step": step} for step in STEPS],
    "customers.py": [
        *({"section": section} for section in CUSTOMERS),
        *({"section": "dealers", "dealer_part": part} for part in DEALER_PARTS if part),
    ],
    "terminals.py": [{"section": section} for section in TERMINALS],
    "customer_card.py": [
        {"customer": f"{kind}:", "section": section}
        for section, about in CARD.items()
        for kind in about.kinds
    ],
    "terminal_map.py": [{}, {"shop": ""}],
    "visit_plan.py": [
        *({"part": part} for part in VISIT_PARTS),
        *({"part": "prospects", "prospect_view": code} for code in PROSPECT_VIEWS if code),
    ],
    "tasks.py": [*({"look": look} for look in TASK_LOOKS), {"task": "demo001"}, {"task": "demo008"}],
    "day.py": [{}],
    "day_board.py": [{}],
    "territories.py": [{}],
    "meeting.py": [{}, {"region": "990100"}, {"region": "990100", "against": "year"}],
    "expenses.py": [{}, {"part": "promotions"}, {"part": "grid"}],
    "data_files.py": [{}],
    "settings.py": [{}],
    "audit.py": [{}],
    "users.py": [{}],
}
# A line on where records come from: what they are, source, confidence, last day, how many.
ORIGIN = re.compile(
    r"- (.+?): .+; confidence: .+; (?:until .+|no day is kept|nothing is recorded); [\d,]+ rows?\."
)
# The same of one figure, or that it is of no record: something typed in or counted here.
FIGURE_ORIGIN = re.compile(
    r"Data from (?:[^:]+: .+; confidence: .+; (?:until .+|no day is kept|nothing is recorded); [\d,]+ "
    r"(?:rows?|monthly figures?)|this store's own lists and settings: .+)\."
)
# What the figures of a page are made of, whatever part of it is looked at.
MADE_OF = {
    "overview.py": {"Market sales", "Market capacity", "Terminal sales"},
    "market_map.py": {"Market sales", "Market capacity"},
    "quadrant.py": {"Market sales", "Market capacity"},
    "number_one.py": {"Market sales", "Market capacity"},
    "allocation.py": {"Market sales"},
    "terminal_map.py": {"Terminals", "Terminal sales"},
    "expenses.py": {"Expenses"},
    "expenses.py promotions": {"Promotions"},
    "meeting.py": {"Visits"},
    "day_board.py": {"Visits"},
    "territories.py": {"Terminals"},
}


@pytest.fixture(scope="module")
def planned_file(demonstration_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration region with a plan."""
    path = tmp_path_factory.mktemp("explained") / "market.duckdb"
    shutil.copy(demonstration_file, path)
    with Store.open(path) as store:
        plan_from_store(store, PLAN, "Plan")
        prefer(store, CURRENCY, "USD")
    return path


@pytest.fixture
def customers(store_path: Path, planned_file: Path) -> Iterator[dict[str, str]]:
    """The app's store holds that plan; return the ID of the customer of each kind with the most sales."""
    shutil.copy(planned_file, store_path)
    with Store.open(store_path) as store:
        found = store.fetch(
            "SELECT t.terminal_id, t.dealer_id FROM terminal AS t"
            " INNER JOIN terminal_sales AS s ON s.terminal_id = t.terminal_id"
            " WHERE t.dealer_id IS NOT NULL GROUP BY ALL ORDER BY SUM(s.amount) DESC LIMIT 1"
        ).to_pylist()[0]
    yield {"terminal": found["terminal_id"], "dealer": found["dealer_id"]}
    use_currency("")


def test_every_page_is_walked() -> None:
    """A new page is walked as well."""
    assert set(WALKS) == {path.name for path in PAGES.glob("[!_]*.py")}


@pytest.fixture
def heads(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], tuple[str, tuple[str, ...]]]]:
    """What makes the lines above the tables of the workbooks that the page shown offers."""
    made: list[Callable[[], tuple[str, tuple[str, ...]]]] = []
    about = downloads._about

    def note(period: str) -> Callable[[], tuple[str, tuple[str, ...]]]:
        made.append(about(period))
        return made[-1]

    monkeypatch.setattr(downloads, "_about", note)
    return made


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """What figures are said to be made of of which the page shown has read nothing."""
    found: list[set[str]] = []

    def note(declared: Collection[str], read: Collection[str]) -> frozenset[str]:
        if declared and not {*read, *HERE}.intersection(declared):
            found.append(set(declared))
        return records_behind(declared, read)

    monkeypatch.setattr(origins, "records_behind", note)
    return found


def test_every_figure_is_explained(customers: dict[str, str], heads, unread, visit) -> None:
    """No metric, row of a list of figures or column of numbers stands without its explanation and its origin.

    What a figure is said to be made of its page has read. Workbooks carry the same origins, and the period
    wherever the page has one. The amounts of this store are dollars: no page calls them yuan.
    """
    missing, wrong_currency, no_origin, never_read = {}, {}, {}, {}
    for page, queries in WALKS.items():
        for query in queries:
            heads.clear()
            unread.clear()
            # A visitor of its own each time: an open page keeps the part that was looked at.
            app = visit(page, **_with_customers(query, customers))
            missing |= {(page, *query.values(), label): kind for kind, label in unexplained(app)}
            no_origin |= {
                (page, *query.values()): told
                for told in [origins_missing(app, (page, *query.values()), heads)]
                if told
            }
            wrong_currency |= {(page, *query.values()): said for said in [texts_with_yuan(app)] if said}
            never_read |= {(page, *query.values()): list(unread)} if unread else {}
    assert missing == {}
    assert never_read == {}
    assert no_origin == {}
    assert wrong_currency == {}


def origins_missing(
    app: AppTest, place: tuple[str, ...], heads: list[Callable[[], tuple[str, tuple[str, ...]]]]
) -> set[str]:
    """Return what a page with figures, or a workbook of it, doesn't say of their origin or period."""
    lines = [line for each in app.markdown for line in each.value.split("\n") if "; confidence: " in line]
    told = {found[1] for found in map(ORIGIN.fullmatch, lines) if found}
    has_figures = app.metric or any(
        pd.api.types.is_numeric_dtype(table.value[column])
        for table in app.dataframe
        for column in table.value
    )
    wrong = {line for line in lines if not ORIGIN.fullmatch(line)}
    if not has_figures:
        return wrong
    for head in heads:
        title, above = head()
        wrong |= {f"{title}: {line}" for line in lines if line.removeprefix("- ") not in above}
        if app.session_state[PERIOD_SHOWN] and not any(line.startswith("Period") for line in above):
            wrong.add(f"{title}: period")
    return (
        wrong
        | (MADE_OF.get(" ".join(place), MADE_OF.get(place[0], set())) - told)
        | (set() if told else {"anything"})
    )


def texts_with_yuan(app: AppTest) -> set[str]:
    """Return the texts and settings of a page's elements that speak of yuan."""
    return {
        text[max(at.start() - 40, 0) : at.end() + 40]
        for element in app.main
        for text in [str(element.proto)]
        for at in re.finditer(r"\byuan\b", text)
    }


def _with_customers(query: dict[str, str], customers: dict[str, str]) -> dict[str, str]:
    """Put the IDs of customers in where an address names a kind of them."""
    filled = dict(query)
    if "customer" in query:
        filled["customer"] += customers[query["customer"].rstrip(":")]
    if "shop" in query:
        filled["shop"] = customers["terminal"]
    return filled


def unexplained(app: AppTest) -> list[tuple[str, str]]:
    """Return kind and label of every figure on a page without an explanation that says its own origin."""
    found = [("metric", each.label) for each in app.metric if not _says_origin(each.proto.help)]
    for element in app.get("html"):
        # Plain words, such as who owns a customer, are no figures.
        found += [
            ("figure", html.unescape(label))
            for label, value in CLOSED_ROW.findall(element.proto.body)
            if re.search(r"\d", value)
        ]
        found += [
            ("figure", html.unescape(label))
            for label, _value, text in OPEN_ROW.findall(element.proto.body)
            if not _says_origin(html.unescape(text.replace("</p>", "\n").replace("<p>", "")))
        ]
    for table in app.dataframe:
        config = json.loads(table.proto.columns or "{}")
        for column in table.value:
            shown = config.get(str(column)) or {}
            values = table.value[column]
            is_number = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
            if is_number and not shown.get("hidden") and not _says_origin(str(shown.get("help") or "")):
                found.append(("column", str(shown.get("label") or column)))
    return found


def _says_origin(explanation: str) -> bool:
    """Tell whether an explanation has lines of its own on where the figure comes from, besides the rest."""
    lines = [line.replace("\\", "") for line in explanation.split("\n") if line]
    origins = [line for line in lines if FIGURE_ORIGIN.fullmatch(line)]
    return 0 < len(origins) < len(lines)
