"""How long lists and analyses of customers take, against reading everything into pandas.

Run ``python -m core sample --terminals 1000000 --store big.duckdb`` first, then
``python benchmarks/customers.py big.duckdb``. Times are the best of three; the ratio is what to compare,
since it doesn't depend on the machine. The analyses are in ``customers_analyses.py``.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from customers_analyses import analyses

from core.reports.market.market import choices
from core.store.caching import terminal_figures as customer_figures
from core.store.caching.sales_window import SalesWindow
from core.store.customers import lists as customer_lists
from core.store.customers import search
from core.store.customers.filter import CustomerFilter
from core.store.customers.lists import ListRequest
from core.store.database import Store


def best(work: Callable[[], object], times: int = 3) -> float:
    """Return the least of some runs, in seconds."""
    took = []
    for _run in range(times):
        started = time.perf_counter()
        work()
        took.append(time.perf_counter() - started)
    return min(took)


def whole(store: Store, request: ListRequest) -> object:
    """Read all rows of a list into pandas and sort them there."""
    text, values = customer_lists._rows(store, request)
    return store.fetch(text.split("ORDER BY")[0], values).to_pandas().sort_values("own", ascending=False)


def main(path: str) -> None:
    with Store.open(path, create=False) as store:
        offered = choices(store)
        assert offered is not None
        last = offered.last_month
        figures = SalesWindow(offered.own_company, last.replace(year=last.year - 1), last)
        started = time.perf_counter()
        search.ensure(store)
        named = time.perf_counter() - started
        started = time.perf_counter()
        customer_figures.figures(store, figures)
        summed = time.perf_counter() - started
        terminals = ListRequest("terminal", figures)
        rows = customer_lists.totals(store, terminals)["customers"]
        print(f"{rows:,} terminals; once after an import: names {named:.1f} s, figures {summed:.1f} s")
        everything = best(lambda: whole(store, terminals), 1)
        print(f"{'everything into pandas, sorted':<44}{everything:>8.3f} s")
        grade_a = CustomerFilter(grades=("A",))
        by_name = ListRequest("terminal", figures, sort="name", descending=False)
        some = ListRequest("terminal", figures, grade_a)
        named_so = ListRequest("terminal", figures, CustomerFilter(text="spc"))
        cases: dict[str, Callable[[], object]] = {
            "first page by own sales": lambda: customer_lists.page(store, terminals, 0, 50),
            "page in the middle by own sales": lambda: customer_lists.page(store, terminals, rows // 2, 50),
            "first page by name": lambda: customer_lists.page(store, by_name, 0, 50),
            "page in the middle by name": lambda: customer_lists.page(store, by_name, rows // 2, 50),
            "first page of grade A": lambda: customer_lists.page(store, some, 0, 50),
            "totals": lambda: customer_lists.totals(store, terminals),
            "first page of names with initials": lambda: customer_lists.page(store, named_so, 0, 50),
            "search: initials": lambda: search.find(store, "llszd"),
            "search: pinyin": lambda: search.find(store, "linlishi"),
            "search: part of a name": lambda: search.find(store, "食杂"),
            "search: a slip": lambda: search.find(store, "邻理食杂店"),
            "dealers, first page": lambda: customer_lists.page(store, ListRequest("dealer", figures), 0, 50),
        }
        for name, work in cases.items():
            seconds = best(work)
            print(f"{name:<44}{seconds:>8.3f} s{everything / seconds:>8.1f} ×")
        analyses(store, figures, best)


if __name__ == "__main__":
    print(dt.date.today())
    main(sys.argv[1])
