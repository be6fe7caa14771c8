"""Every public function that is given a store, read out of the code, and arguments for it by chance."""

from __future__ import annotations

import ast
import datetime as dt
import importlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.customers.forms import form
from core.periods import Period
from core.reports.customers.abc import AbcRequest
from core.reports.customers.grading import GradingRequest
from core.reports.customers.profitability import ProfitRequest
from core.reports.customers.table import CustomerRequest
from core.reports.cycle.day import DayRequest
from core.reports.cycle.expenses import ExpenseRequest
from core.reports.cycle.meeting.request import MeetingRequest
from core.reports.cycle.promotions import PromotionRequest
from core.reports.cycle.tasks.listing import TaskRequest
from core.reports.dealers.request import DealerRequest
from core.reports.market.market import MarketRequest
from core.reports.monthly.request import ReportRequest
from core.reports.plans.request import PlanRequest
from core.reports.terminals.distribution import DistributionRequest
from core.reports.terminals.key_accounts import AccountRequest
from core.reports.terminals.relations import RelationRequest
from core.reports.terminals.scores import ScoreRequest
from core.reports.territories.units import TerritoryRequest
from core.reports.visits.pipeline import PipelineRequest
from core.reports.visits.request import VisitRequest
from core.store.audit.entries import AuditFilter
from core.store.caching.sales_window import SalesWindow
from core.store.customers.filter import CustomerFilter
from core.store.customers.lists import ListRequest
from core.store.forms.rows import FormKey
from core.store.scope import EVERYTHING
from core.store.terminals.filter import TerminalFilter
from core.store.visits.plans import RepWindow

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

ROOT = Path(__file__).resolve().parents[4]
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 10, 1)
LEVELS = ("city", "county")
APART = (Path(__file__).parent / "not_by_chance.txt").read_text("utf-8")


@dataclass(frozen=True)
class EntryPoint:
    """A function that is given a store.

    Parameters
    ----------
    name
        Module and function.
    required
        Name and type of each parameter without a default, the store left out.
    """

    name: str
    required: tuple[tuple[str, str, bool], ...]

    @property
    def function(self) -> Callable[..., Any]:
        """The function itself."""
        module, name = self.name.rsplit(".", 1)
        found: Callable[..., Any] = getattr(importlib.import_module(module), name)
        return found


@dataclass(frozen=True)
class Keys:
    """Keys of a whole store by name of their column, those out of sight included; plans and tasks as read."""

    by_column: dict[str, list[Any]]
    own_company: str
    plans: list[Any] = field(default_factory=list)
    tasks: list[Any] = field(default_factory=list)


@cache
def entry_points() -> tuple[EntryPoint, ...]:
    """Return every public function of core whose first parameter is a store."""
    found: list[EntryPoint] = []
    for path in sorted((ROOT / "core").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        found += [
            EntryPoint(f"{module}.{node.name}", tuple(_required(node)))
            for node in ast.parse(path.read_text("utf-8")).body
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and _takes_store(node)
        ]
    return tuple(found)


@cache
def listed_apart() -> frozenset[str]:
    """Return the functions that are not called by chance, as the list beside this file has them."""
    return frozenset(line for line in APART.splitlines() if line and not line.startswith("#"))


def arguments(entry: EntryPoint, keys: Keys, random: Random) -> tuple[list[Any], dict[str, Any]] | None:
    """Return arguments by chance, keys out of sight among them; None where a type has no maker here."""
    positional, named = [], {}
    for name, kind, keyword in entry.required:
        make = _maker(name, kind, keys, random)
        if make is None:
            return None
        if keyword:
            named[name] = make()
        else:
            positional.append(make())
    return positional, named


def _takes_store(node: ast.FunctionDef) -> bool:
    first = node.args.args[0].annotation if node.args.args else None
    return first is not None and ast.unparse(first) == "Store"


def _required(node: ast.FunctionDef) -> list[tuple[str, str, bool]]:
    names = node.args.args[1 : len(node.args.args) - len(node.args.defaults)]
    keyword = [
        argument
        for argument, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
        if default is None
    ]
    return [
        (argument.arg, ast.unparse(argument.annotation), argument in keyword)  # type: ignore[arg-type]
        for argument in [*names, *keyword]
    ]


def _maker(name: str, kind: str, keys: Keys, random: Random) -> Callable[[], Any] | None:
    plain = kind.removesuffix(" | None")
    special = _requests(keys, random).get(plain)
    if special is not None:
        return special
    columns = keys.by_column
    if name in _COLUMN_OF and plain == "str":
        return lambda: random.choice(columns[_COLUMN_OF[name]])
    if name in _COLUMNS_OF and plain in _LISTS:
        return lambda: _LISTS[plain](random.choices(columns[_COLUMNS_OF[name]], k=3))
    if name in _TEXTS and plain == "str":
        return lambda: random.choice(_TEXTS[name])
    if name in {"company", "own", "own_company", "benchmark"}:
        return lambda: keys.own_company
    return {
        "dt.date": lambda: random.choice((FIRST, LAST, dt.date(2026, 10, 31))),
        "Period": lambda: Period(FIRST, LAST),
        "Scope": lambda: EVERYTHING,
        "int": lambda: random.randrange(1, 30),
        "Mapping[str, str]": dict,
        "dict[str, str]": dict,
        "tuple[dt.date, dt.date]": lambda: (FIRST, LAST),
        "float": lambda: 1.7,
        "bool": lambda: random.random() < 0.5,
    }.get(plain)


_LISTS: dict[str, Callable[[list[Any]], Any]] = {
    "Sequence[str]": list,
    "list[str]": list,
    "tuple[str, ...]": tuple,
    "Collection[str]": list,
}
_COLUMN_OF = {
    "region_id": "region_id",
    "within": "region_id",
    "terminal_id": "terminal_id",
    "shop": "terminal_id",
    "customer_id": "terminal_id",
    "employee_id": "employee_id",
    "dealer_id": "dealer_id",
    "visit_id": "visit_id",
    "plan_id": "plan_id",
    "task_id": "task_id",
    "run_id": "run_id",
}
_COLUMNS_OF = {
    "region_ids": "region_id",
    "members": "region_id",
    "terminal_ids": "terminal_id",
    "ids": "terminal_id",
    "employee_ids": "employee_id",
    "dealer_ids": "dealer_id",
    "plan_ids": "plan_id",
    "shops": "terminal_id",
}
_TEXTS = {
    "level": LEVELS,
    "kind": ("terminal", "dealer"),
    "owner": ("employee", "dealer"),
    "market_key": ("all",),
    "text": ("a", "店", "ZQ", "ZQterminal_T00000001QZ", "D0"),
    "actor": ("local", "somebody@example.com"),
    "role": ("rep", "manager"),
    "name": ("mine",),
    "category": (None,),
    "email": ("rep9@example.com",),
    "subject": ("rep9",),
}


def _requests(keys: Keys, random: Random) -> dict[str, Callable[[], Any]]:
    own, columns = keys.own_company, keys.by_column
    shops = CustomerRequest(own, FIRST, LAST, random.choice(("terminal", "dealer")))
    figures = SalesWindow(own, FIRST, LAST)
    report = ReportRequest(own, LAST, "city", FIRST)
    return {
        "MarketRequest": lambda: MarketRequest(own, FIRST, LAST, random.choice(LEVELS)),
        "CustomerRequest": lambda: shops,
        "AbcRequest": lambda: AbcRequest(shops),
        "GradingRequest": lambda: GradingRequest(shops),
        "ProfitRequest": lambda: ProfitRequest(CustomerRequest(own, FIRST, LAST)),
        "SalesWindow": lambda: figures,
        "DistributionRequest": lambda: DistributionRequest(figures, random.choice(LEVELS)),
        "RelationRequest": lambda: RelationRequest("terminal", FIRST, LAST),
        "ScoreRequest": lambda: ScoreRequest(LAST, random.choice(LEVELS)),
        "ListRequest": lambda: ListRequest(
            random.choice(("terminal", "dealer")),
            figures,
            CustomerFilter(text=random.choice(("", "a", "ZQ"))),
        ),
        "FormKey": lambda: FormKey(form("contacts"), "dealer", random.choice(columns["dealer_id"])),
        "Form": lambda: form("contacts"),
        "VisitRequest": lambda: VisitRequest(own, LAST),
        "RepWindow": lambda: RepWindow(own, FIRST, LAST, LAST),
        "PlanRequest": lambda: PlanRequest(own, 2027, LAST, random.choice(LEVELS)),
        "DealerRequest": lambda: DealerRequest(LAST, LAST, own),
        "MeetingRequest": lambda: MeetingRequest(own, LAST, random.choice((None, *columns["region_id"]))),
        "ExpenseRequest": lambda: ExpenseRequest(FIRST, LAST, random.choice(LEVELS)),
        "PromotionRequest": lambda: PromotionRequest(FIRST, LAST, own),
        "DayRequest": lambda: DayRequest(random.choice(columns["employee_id"]), LAST),
        "TaskRequest": lambda: TaskRequest(LAST, random.choice((None, *columns["region_id"]))),
        "ReportRequest": lambda: report,
        "AccountRequest": lambda: AccountRequest(random.choice(("terminal", "dealer")), figures, LAST),
        "TerritoryRequest": lambda: TerritoryRequest(own, FIRST, LAST),
        "PipelineRequest": lambda: PipelineRequest(own, LAST, random.choice(columns["employee_id"])),
        "Plan": lambda: random.choice(keys.plans or [None]),
        "Sequence[TaskRecord]": lambda: keys.tasks,
        "TerminalFilter": TerminalFilter,
        "AuditFilter": AuditFilter,
    }
