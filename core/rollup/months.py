"""Summing the sales lines of months on an engine, checked against the lines, and what is made of the sums."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from core.errors import InputError, StoreError
from core.i18n import _, format_number
from core.rollup.inputs import FACTS, files_of, sha256_of
from core.rollup.local_store import look_through
from core.rollup.parts import by_month
from core.store.queries import query

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pyarrow as pa

    from core.cluster.engine import Engine
    from core.rollup.inputs import InputFile
    from core.rollup.parts import PartFolder
    from core.store.database import Store

LINES_AT_A_TIME = 4_000_000
"""Sales lines of whole months that are summed at a time; bounds the memory of this process."""
SALES, SHOPS, FIGURES, LINES = (
    "region_month_sales",
    "shop_month_sales",
    "region_month_figure",
    "lines_of_month",
)
_ORDER = ("month", "region_id", "company_id", "is_total", "category")
_PROBLEMS = {"without_amount": "amount", "unknown_shops": "terminal_id", "unknown_companies": "company_id",
             "unknown_products": "product_id"}  # fmt: skip


@dataclass(frozen=True)
class MonthSums:
    """What was done for the months of a version: which were summed and which taken over."""

    summed: list[dt.date]
    taken_over: list[dt.date]


def add_months(
    parts: PartFolder,
    store: Store,
    engine: Engine,
    files: Sequence[InputFile],
    *,
    product: str,
    step: Callable[[float, str], None],
) -> MonthSums:
    """Add the sums of every month; those whose lines, shops and products did not change are taken over.

    Parameters
    ----------
    store
        Sees the tables of the version.
    product
        Hash of the products.

    Raises
    ------
    InputError
        Lines are without an amount, name what isn't there, or state a total twice.
    StoreError
        The sums don't tie to the lines.
    """
    texts = [query(f"derived/{name}")[0] for name in (SALES, SHOPS, LINES)]
    by_months: dict[dt.date, list[str]] = {}
    for file in files:
        for month in file.months:
            by_months.setdefault(month, []).append(file.sha256)
    keys = {month: sha256_of(*texts, product, *sorted(hashes)) for month, hashes in sorted(by_months.items())}
    moved = _months_of_moved_shops(parts, store)
    wanted = []
    for month, key in keys.items():
        before = [parts.of_before(table, month, key) for table in (LINES, SALES, SHOPS)]
        if month in moved or None in before:
            wanted.append(month)
        else:
            for part in before:
                parts.keep(part)  # type: ignore[arg-type]
    stretches = _stretches(files, wanted)
    for name in ("terminal", "company", "product"):
        if stretches and parts.paths(name):
            engine.register(name, parts.paths(name))
    for number, months in enumerate(stretches):
        step(number / len(stretches), _("Summing up {month}", month=f"{months[0]:%Y-%m}"))
        engine.register(FACTS, files_of(files, months))
        _sum(parts, engine, months, keys)
    return MonthSums(wanted, [month for month in keys if month not in wanted])


def add_figures(parts: PartFolder, store: Store, sources: Sequence[str]) -> None:
    """Add what the market pages read of every month, made of the sums by region.

    Parameters
    ----------
    sources
        Hashes of the regions, markets, and what is recorded for them.
    """
    look_through(store, SALES, parts.paths(SALES))
    text, _names = query(f"derived/{FIGURES}")
    keys = {}
    sales = {part.month: part for part in parts.parts if part.table == SALES}
    months = set(sales) | {row["month"] for row in _recorded_months(store) if row["month"]}
    for month in sorted(month for month in months if month):
        keys[month] = sha256_of(text, *sources, sales[month].path if month in sales else "")
        before = parts.of_before(FIGURES, month, keys[month])
        if before is not None:
            parts.keep(before)
            del keys[month]
    if keys:
        order = "month NULLS LAST, region_id NULLS LAST, market_key NULLS LAST, company_id NULLS LAST"
        rows = store.fetch(f"SELECT f.* FROM ({text}) AS f ORDER BY {order}", {"months": list(keys)})
        for month, made in by_month(rows).items():
            parts.add(FIGURES, made, keys[month], month)
    look_through(store, FIGURES, parts.paths(FIGURES))
    _check_figures(store)


def totals(store: Store) -> tuple[dict[str, int], dict[str, str]]:
    """Return lines and shops counted, and the sums that tie: of the lines, by region, by shop."""
    rows = store.fetch(
        f"SELECT CAST(SUM(l.lines) AS BIGINT) AS lines, COUNT(*) AS months, SUM(l.stated) AS stated,"
        f" SUM(l.products) AS products FROM {LINES} AS l"
    ).to_pylist()[0]
    regions = store.fetch(f"SELECT SUM(s.amount) AS total FROM {SALES} AS s WHERE s.is_total").to_pylist()[0]
    shops = store.fetch(f"SELECT SUM(s.amount) AS total FROM {SHOPS} AS s").to_pylist()[0]
    sums = {
        "stated_lines": rows["stated"],
        "product_lines": rows["products"],
        SALES: regions["total"],
        SHOPS: shops["total"],
    }
    return {"lines": rows["lines"] or 0, "months": rows["months"]}, {k: str(v or 0) for k, v in sums.items()}


def _recorded_months(store: Store) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = store.fetch(
        "SELECT s.month AS month FROM market_sales AS s"
        " UNION SELECT c.month AS month FROM market_capacity AS c"
    ).to_pylist()
    return rows


def _stretches(files: Sequence[InputFile], months: Sequence[dt.date]) -> list[list[dt.date]]:
    lines: Counter[dt.date] = Counter()
    for file in files:
        for month in file.months:
            lines[month] += file.rows // len(file.months) + 1
    stretches: list[list[dt.date]] = []
    held = 0
    for month in months:
        if not stretches or held + lines[month] > LINES_AT_A_TIME:
            stretches.append([])
            held = 0
        stretches[-1].append(month)
        held += lines[month]
    return stretches


def _months_of_moved_shops(parts: PartFolder, store: Store) -> set[dt.date]:
    """Return the months of the version before in which shops sold that are elsewhere now, or gone."""
    old = parts.before.of("terminal") if parts.before else []
    new = [part for part in parts.parts if part.table == "terminal"]
    if not old or old == new:
        return set()
    look_through(store, SHOPS, [str(parts.folder / part.path) for part in parts.before.of(SHOPS)])  # type: ignore[union-attr]
    rows = store.fetch(
        f"""
        SELECT DISTINCT s.month AS month
        FROM {SHOPS} AS s
        LEFT JOIN terminal AS t ON t.terminal_id = s.terminal_id
        WHERE t.terminal_id IS NULL OR t.region_id IS DISTINCT FROM s.region_id
        """
    ).to_pylist()
    return {row["month"] for row in rows}


def _sum(parts: PartFolder, engine: Engine, months: list[dt.date], keys: dict[dt.date, str]) -> None:
    lines = engine.run(f"derived/{LINES}", {"months": months})
    _check_lines(lines)
    shops = by_month(engine.run(f"derived/{SHOPS}", {"months": months}))
    sales = by_month(
        engine.run(f"derived/{SALES}", {"months": months}).sort_by([(name, "ascending") for name in _ORDER])
    )
    for row in lines.to_pylist():
        month = row["month"]
        _tie(row, sales[month], shops[month])
    for month, one in by_month(lines).items():
        parts.add(LINES, one, keys[month], month)
        parts.add(SALES, sales[month], keys[month], month)
        parts.add(SHOPS, shops[month], keys[month], month)


def _check_lines(lines: pa.Table) -> None:
    for row in lines.to_pylist():
        for problem, column in _PROBLEMS.items():
            if row[problem]:
                count = format_number(row[problem])
                raise InputError(
                    _(
                        "{count} sales lines of {month} have no amount.",
                        count=count,
                        month=f"{row['month']:%Y-%m}",
                    )
                    if column == "amount"
                    else _(
                        "{count} sales lines of {month} have a {column} that the tables don't hold.",
                        count=count,
                        month=f"{row['month']:%Y-%m}",
                        column=column,
                    ),
                    _("No version was written. Correct the lines or the tables."),
                )


def _tie(row: dict[str, Any], sales: pa.Table, shops: pa.Table) -> None:
    """Hold the sums of a month against its lines and each other."""
    month = f"{row['month']:%Y-%m}"
    twice = pc.sum(pc.greater(shops["stated"], 1)).as_py() or 0
    if twice:
        raise InputError(
            _(
                "{count} shops of {month} have several totals of one company.",
                count=format_number(twice),
                month=month,
            ),
            _("A line without a product is the total, once per shop, company and month."),
        )
    is_total = sales["is_total"]
    pairs = {
        "lines": (row["lines"], pc.sum(shops["lines"]).as_py()),
        "stated": (row["stated"], _sum_of(shops.filter(pc.equal(shops["stated"], 1)))),
        "products": (row["products"], _sum_of(sales.filter(pc.invert(is_total)))),
        "total": (_sum_of(sales.filter(is_total)), _sum_of(shops)),
    }
    for name, (one, other) in pairs.items():
        if Decimal(one or 0) != Decimal(other or 0):
            raise StoreError(
                _(
                    "The sums of {month} don't tie to its lines ({name}): {one} against {other}.",
                    month=month,
                    name=name,
                    one=one,
                    other=other,
                ),
                _("No version was written. Run it on another engine and report what differs."),
            )


def _sum_of(rows: pa.Table) -> Decimal | None:
    total: Decimal | None = pc.sum(rows["amount"]).as_py()
    return total


def _check_figures(store: Store) -> None:
    """Hold the figures of all shops against the sums they are made of."""
    rows = store.fetch(
        f"""
        SELECT s.month AS month, s.amount AS one, f.amount AS other
        FROM (
            SELECT t.month AS month, SUM(t.amount) AS amount FROM {SALES} AS t
            WHERE t.is_total GROUP BY t.month
        ) AS s
        LEFT JOIN (
            SELECT g.month AS month, SUM(g.amount) AS amount FROM {FIGURES} AS g
            WHERE g.market_key = 'all' AND NOT g.is_recorded GROUP BY g.month
        ) AS f ON f.month = s.month
        WHERE s.amount IS DISTINCT FROM f.amount
        ORDER BY s.month LIMIT 1
        """
    ).to_pylist()
    if rows:
        row = rows[0]
        raise StoreError(
            _(
                "The sums of {month} don't tie to its lines ({name}): {one} against {other}.",
                month=f"{row['month']:%Y-%m}",
                name=FIGURES,
                one=row["one"],
                other=row["other"],
            ),
            _("No version was written. Run it on another engine and report what differs."),
        )
