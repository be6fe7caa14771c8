"""The KPIs of the customers' family from raw facts: the list, ABC, grading, GE matrix and profitability."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from tests.core.metrics.independent.families.raw import OWN, YEAR, YEAR_BEFORE, classes, growth

if TYPE_CHECKING:
    import datetime as dt

    from tests.core.metrics.independent.families.raw import Raw

# The scale a new store begins with (core/customers/grading/default_scale.py): weight of the section, measure,
# limits, points; the payment and the place are better when smaller; nobody typed in the will to grow.
SCALE = [
    (50, [("cumulated", (0.7, 0.9), (20, 12, 4)), ("margin_rate", (0.25, 0.15), (20, 12, 4)),
          ("payment_days", (30, 45), (10, 6, 0))]),
    (30, [("growth", (0.15, 0.0), (10, 6, 0)), ("account_share", (0.417, 0.261), (10, 6, 2))]),
    (20, [("attitude", (8, 5), (10, 6, 2)), ("visits", (24, 6), (4, 3, 1)), ("willingness", (0, 0), (6,
    3, 0))]),
]  # fmt: skip
LESS = {"cumulated", "payment_days"}
ATTRACTIVENESS = {"demand": 0.4, "demand_growth": 0.3, "margin_rate": 0.3}
STRENGTH = {"account_share": 0.5, "growth": 0.2, "attitude": 0.15, "months_active": 0.15}
REGION_ATTRACTIVENESS = {"capacity": 0.4, "growth": 0.3, "purchasing_power": 0.2, "customers": 0.1}
REGION_STRENGTH = {"share": 0.4, "ratio": 0.3, "price_advantage": 0.15, "dealer_strength": 0.15}


def customer_list(raw: Raw, kind: str) -> pd.DataFrame:
    """Return the customers of a kind with what all analyses look at, on their ids."""
    table = _dealers(raw) if kind == "dealer" else _terminals(raw)
    for when, months in (("", YEAR), ("_previous", YEAR_BEFORE)):
        table = table.join(_accounts(raw, kind, months).add_suffix(when))
    known = table["demand"].notna()
    table["own"] = table["own"].where(table["own"].notna() | ~known, 0.0)
    if kind == "terminal":
        # What a shop sold of ours: of a shop whose sales are recorded and ours aren't, nothing is written.
        table["sales"], table["sales_previous"] = table["sold"], table["sold_previous"]
        idle = (raw["terminal"].set_index("terminal_id")["status"] == "closed") & table["demand"].isna()
        table = table[~(idle & table["demand_previous"].isna()).reindex(table.index)]
    table["growth"] = growth(table["sales"], table["sales_previous"])
    table["demand_growth"] = growth(table["demand"], table["demand_previous"])
    table["margin_rate"] = table["margin"] / table["margin_amount"].where(table["margin_amount"] > 0)
    rivals = table["best_rival"].notna() | (table["demand"] > table["own"])
    table["account_share"] = table["own"] / table["demand"].where((table["demand"] > 0) & rivals)
    return table


def _dealers(raw: Raw) -> pd.DataFrame:
    table = raw["dealer"].set_index("dealer_id").rename(columns={"tier": "segment"})
    table["region"] = table["region_id"].map(raw.names)
    rates = raw["product"].set_index("product_id")["unit_margin_rate"].astype(float)
    lines = raw["dealer_sales"].dropna(subset=["product_id"])
    lines = lines.assign(rate=lines["product_id"].map(rates)).dropna(subset=["rate"])
    for when, months in (("", YEAR), ("_previous", YEAR_BEFORE)):
        table[f"sales{when}"] = raw.sell_in(months)
        inside = lines[lines["month"].isin(months)]
        earned = (inside["sell_in_amount"] * inside["rate"]).groupby(inside["dealer_id"]).sum()
        table[f"margin{when}"] = earned
        if not when:
            table["margin_amount"] = inside.groupby("dealer_id")["sell_in_amount"].sum()
    bought = raw.dealer_months[(raw.dealer_months["sell_in"] > 0) & raw.dealer_months["month"].isin(YEAR)]
    table["months_active"] = bought.groupby("dealer_id")["month"].nunique()
    table["visits"] = _visits(raw, table.index, "dealer_id")
    return table


def _terminals(raw: Raw) -> pd.DataFrame:
    table = raw["terminal"].set_index("terminal_id").rename(columns={"outlet_type": "segment"})
    table["region"] = table["region_id"].map(raw.names)
    rates = raw["product"].set_index("product_id")["unit_margin_rate"].astype(float)
    lines = raw["terminal_sales"]
    lines = lines[lines["product_id"].notna() & (lines["company_id"] == OWN) & lines["month"].isin(YEAR)]
    lines = lines.assign(rate=lines["product_id"].map(rates)).dropna(subset=["rate"])
    table["margin"] = (lines["amount"] * lines["rate"]).groupby(lines["terminal_id"]).sum()
    table["margin_amount"] = lines.groupby("terminal_id")["amount"].sum()
    own = raw.shop_months[(raw.shop_months["company_id"] == OWN) & raw.shop_months["month"].isin(YEAR)]
    table["months_active"] = own[own["amount"] > 0].groupby("terminal_id")["month"].nunique()
    table["payment_days"] = table["attitude"] = float("nan")
    table["visits"] = _visits(raw, table.index, "terminal_id")
    return table


def _visits(raw: Raw, ids: pd.Index, key: str) -> pd.Series:
    end = YEAR[-1].replace(day=31)
    seen = raw.visited(YEAR[0], end).merge(raw["terminal"][["terminal_id", "dealer_id"]], on="terminal_id")
    return seen.groupby(key).size().reindex(ids).fillna(0)


def _accounts(raw: Raw, kind: str, months: list[dt.date]) -> pd.DataFrame:
    """Return demand, own, sold and best_rival of each customer in some months."""
    sold = raw.shop_months[raw.shop_months["month"].isin(months)].merge(
        raw["terminal"][["terminal_id", "dealer_id"]], on="terminal_id"
    )
    key = f"{kind}_id"
    small = set(raw["company"].loc[raw["company"]["is_aggregate"].astype(bool), "company_id"])
    by_company = sold.groupby([key, "company_id"])["amount"].sum().unstack()
    rivals = by_company.drop(columns=[OWN, *small], errors="ignore")
    return pd.DataFrame(
        {"demand": by_company.sum(axis=1), "own": by_company[OWN], "sold": by_company[OWN],
         "best_rival": rivals.max(axis=1)}
    )  # fmt: skip


def abc(customers: pd.DataFrame) -> pd.DataFrame:
    """Return classes by sales, movement, and who is first in the account, on the ids."""
    now, before = classes(customers["sales"]), classes(customers["sales_previous"])
    there = now["grade"].where(customers["sales"].fillna(0) != 0)
    was = before["grade"].where(customers["sales_previous"].fillna(0) != 0)
    table = now.assign(grade_previous=before["grade"])
    table["move"] = [_move(old, new) for old, new in zip(was, there, strict=True)]
    table["position"] = [_position(row) for row in customers.to_dict("records")]
    return table


def _move(old: object, new: object) -> str | None:
    was, now = isinstance(old, str), isinstance(new, str)
    if not was or not now:
        return ("entered" if now else "left") if was or now else None
    return "stayed" if old == new else "up" if str(new) < str(old) else "down"


def _position(row: dict[str, float]) -> str | None:
    demand, own, rival = row["demand"], row["own"], row["best_rival"]
    if pd.isna(demand):
        return None
    if own <= 0:
        return "d"
    if pd.isna(rival):
        return None
    if own >= 1.7 * rival * (1 - 1e-9):
        return "a"
    return "c" if rival >= 1.7 * own * (1 - 1e-9) else "b"


def class_sums(table: pd.DataFrame) -> pd.DataFrame:
    """Return number and part of each class and of all."""
    known = table.dropna(subset=["amount"])
    rows = {grade: known[known["grade"] == grade] for grade in "ABC"} | {"total": known}
    whole = rows["total"]
    return pd.DataFrame(
        {
            key: {"count": len(part), "amount": part["amount"].sum(), "count_part": len(part) / len(whole),
                  "part": part["amount"].sum() / whole["amount"].sum()}
            for key, part in rows.items()
        }
    ).T  # fmt: skip


def account_sums(customers: pd.DataFrame, position: pd.Series) -> pd.DataFrame:
    """Return coverage, structural and in-account share by the class of the demand, and of all."""
    grade = classes(customers["demand"], (0.7, 0.95))["grade"]
    rows = {}
    for key in ("A", "B", "C", "total"):
        inside = position.notna() & grade.notna() & ((grade == key) | (key == "total"))
        demand = customers.loc[inside, "demand"].sum()
        handled = position[inside].isin(["a", "b", "c"]).sum()
        first = customers.loc[inside & (position == "a"), "demand"].sum()
        rows[key] = {
            "accounts": int(inside.sum()), "handled": int(handled),
            "coverage": handled / inside.sum() if inside.any() else None,
            "structural_share": first / demand if demand > 0 else None,
            "account_share": customers.loc[inside, "own"].sum() / demand if demand > 0 else None,
        }  # fmt: skip
    return pd.DataFrame(rows).T


def grading(customers: pd.DataFrame) -> pd.DataFrame:
    """Return total, known part, grade, solution level and label of each customer."""
    facts = customers.assign(cumulated=classes(customers["sales"])["cumulated"])
    known_both = customers["sales"].notna() & customers["sales_previous"].notna()
    lines = (
        ("base", "margin", customers["margin"].mean()),
        ("partner", "growth", customers.loc[known_both, "sales"].sum()
         / customers.loc[known_both, "sales_previous"].sum() - 1),
        ("busy", "visits", customers["visits"].mean()),
    )  # fmt: skip
    rows = {}
    for key, row in facts.to_dict("index").items():
        reached = known = 0.0
        for weight, elements in SCALE:
            most = sum(points[0] for _measure, _limits, points in elements)
            for measure, limits, points in elements:
                value = row.get(measure)
                if value is None or pd.isna(value):
                    continue
                passed = [value <= x + 1e-9 if measure in LESS else value >= x - 1e-9 for x in limits]
                place = passed.index(True) if any(passed) else 2
                reached += weight * points[place] / most
                known += weight * points[0] / most
        total = 100 * reached / known if known else None
        grade = None if total is None or known < 60 - 1e-9 else "A" if total >= 75 - 1e-9 else (
            "B" if total >= 50 - 1e-9 else "C")  # fmt: skip
        label: str | None = "ordinary"
        for name, measure, line in lines:
            if pd.isna(row[measure]) or pd.isna(line):
                label = None
                break
            if row[measure] >= line:
                label = name
                break
        rows[key] = {"total": total, "known": known / 100, "grade": grade, "label": label, "solution": grade}
    return pd.DataFrame.from_dict(rows, orient="index")


def ge(facts: pd.DataFrame, attractiveness: dict[str, float], strength: dict[str, float]) -> pd.DataFrame:
    """Return both scores from 1 to 10, the cell and the advice."""
    axes = {
        name: ranked(facts, weights)
        for name, weights in (("attractiveness", attractiveness), ("strength", strength))
    }
    table = pd.DataFrame(axes)
    rows, columns = (table[name].map(lambda x: 0 if x >= 6.7 else 1 if x >= 3.3 else 2) for name in axes)
    table["cell"] = (3 * rows + columns + 1).where(table.notna().all(axis=1))
    advice = {1: "invest", 2: "invest", 4: "invest", 3: "select", 5: "select", 7: "select"}
    table["advice"] = [None if pd.isna(cell) else advice.get(int(cell), "harvest") for cell in table["cell"]]
    return table


def region_ge(raw: Raw, market: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Return the same of the regions of the market table."""
    known = raw["region_factor"]
    last = (
        known[known["month"] <= YEAR[-1]]
        .sort_values("month")
        .groupby(["region_id", "factor"])["value"]
        .last()
    )
    names = ("capacity", "growth", "share", "ratio", "own")
    table = pd.DataFrame({key: {name: row[name] for name in names} for key, row in market.items()}).T.astype(
        float
    )
    table = table.join(last.unstack())
    placed = ge(table, REGION_ATTRACTIVENESS, REGION_STRENGTH)
    return placed.assign(
        size=table["capacity"], capacity=table["capacity"], share=table["share"], sales=table["own"]
    )


def ranked(facts: pd.DataFrame, weights: dict[str, float]) -> pd.Series:
    """Return the weighted mean of the ranks' middles, stretched over 1 to 10."""
    above = below = 0
    for name, weight in weights.items():
        values = facts[name].astype(float)
        count = values.notna().sum()
        place = values.map(lambda x, values=values: (values < x).sum() + ((values == x).sum() - 1) / 2 + 0.5)
        part = (place / count).where(values.notna())
        above, below = above + (weight * part).fillna(0), below + weight * part.notna()
    return 1 + 9 * above / below.where(below > 0)


def profitability(raw: Raw) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the matrix of product and customer grades, and its products and customers."""
    lines = raw["dealer_sales"].dropna(subset=["product_id", "sell_in_amount"])
    lines = (
        lines[lines["month"].isin(YEAR)]
        .groupby(["product_id", "dealer_id"])["sell_in_amount"]
        .sum()
        .reset_index()
    )
    rates = raw["product"].set_index("product_id")["unit_margin_rate"].astype(float)
    lines["rate"] = lines["product_id"].map(rates)
    whole = raw.sell_in(YEAR)
    rest = (whole - lines.groupby("dealer_id")["sell_in_amount"].sum().reindex(whole.index).fillna(0)).round(
        2
    )
    rest = rest[rest != 0].rename("sell_in_amount").reset_index().assign(product_id="unknown", rate=None)
    lines = pd.concat([lines, rest]) if len(rest) else lines
    lines["amount"] = lines["sell_in_amount"]
    lines["margin_amount"] = lines["amount"].where(lines["rate"].notna())
    lines["margin"] = ((lines["amount"] * 100).round() * lines["rate"].astype(float)).round() / 100
    lines["exact"] = lines["amount"] * lines["rate"].astype(float)
    products, customers = (
        lines.groupby(key)[["amount", "margin_amount", "margin", "exact"]].sum(min_count=1)
        for key in ("product_id", "dealer_id")
    )
    products["margin_rate"] = products["exact"] / products["margin_amount"]
    customers["margin_rate"] = customers["margin"] / customers["margin_amount"]
    limits = [products["margin_rate"].dropna().quantile(part) for part in (0.75, 0.5, 0.25)]
    products["grade"] = [
        "unknown" if pd.isna(rate) else str(1 + sum(rate < limit - 1e-9 for limit in limits))
        for rate in products["margin_rate"]
    ]
    customers["grade"] = classes(customers["margin"])["grade"].fillna("unknown")
    lines["product"], lines["customer"] = (
        lines["product_id"].map(products["grade"]), lines["dealer_id"].map(customers["grade"])
    )  # fmt: skip
    cells = {}
    for product in ("1", "2", "3", "4", "unknown", "total"):
        for customer in ("A", "B", "C", "unknown", "total"):
            part = lines[((lines["product"] == product) | (product == "total"))
                         & ((lines["customer"] == customer) | (customer == "total"))]  # fmt: skip
            margin = part["margin"].sum(min_count=1)
            known = part["margin_amount"].sum()
            cells[product, customer] = {
                "amount": part["amount"].sum(), "margin_amount": known, "margin": margin,
                "margin_rate": margin / known if known > 0 else None,
                "part": part["amount"].sum() / lines["amount"].sum(),
                "products": part.loc[part["product_id"] != "unknown", "product_id"].nunique(),
                "customers": part["dealer_id"].nunique(),
            }  # fmt: skip
    return pd.DataFrame.from_dict(cells, orient="index"), products, customers
