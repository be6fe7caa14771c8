"""What each promotion brought, from raw facts: one cell of comparable shops after the other."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from statistics import fmean
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.stats import t as student

from tests.core.metrics.independent.families.raw import END, OWN, YEAR, months_back

if TYPE_CHECKING:
    from tests.core.metrics.independent.families.raw import Raw

Shop = dict[str, Any]
Compared = tuple[float, float, float, float]
STEPS = {
    "同区域、同类型、同等级、同销量档": ("region_id", "outlet_type", "grade", "level"),
    "同上级区域、同类型、同等级、同销量档": ("parent_id", "outlet_type", "grade", "level"),
    "同类型、同等级、同销量档": ("outlet_type", "grade", "level"),
    "同类型、同销量档": ("outlet_type", "level"),
    "同销量档": ("level",),
}
SPANS = ("early", "before", "during")


def promotions(raw: Raw) -> pd.DataFrame:
    """Return every KPI of the promotions that ran in the year, by promotion_id."""
    last = END.replace(day=31)
    ran = [
        row for row in raw["promotion"].to_dict("records")
        if row["start_on"] <= last and row["end_on"] >= YEAR[0]
    ]  # fmt: skip
    return pd.DataFrame.from_dict({row["promotion_id"]: _promotion(raw, row) for row in ran}, orient="index")


def _promotion(raw: Raw, row: dict[str, Any]) -> dict[str, Any]:
    named = set(raw["promotion_shop"].query("promotion_id == @row['promotion_id']")["terminal_id"])
    products = raw["product"].set_index("product_id")
    product = row["product_id"] if isinstance(row["product_id"], str) else None
    place = f"{len(named)} 家门店" if named else f"{raw.names[row['region_id']]}全区"
    found = {
        "place": place, "product": products["name"][product] if product else "全部产品",
        "start_on": row["start_on"], "end_on": row["end_on"], "cost": row["cost"],
        "method": "shops" if named else "regions",
    }  # fmt: skip
    months = _months(row)
    shops = _shops(raw, row, product, months)
    told = _of_shops(shops) if named else _of_regions(raw, shops, row["region_id"])
    if isinstance(told, str):
        return found | {"verdict": "refused", "reason": told}
    if product:
        margin = float(products["unit_margin_rate"][product])
    else:
        margin = _margin(raw, _touched(raw, row), months)
    mixed = sum(shop["promoted"] and shop["another"] for shop in shops)
    return found | told | _returned(told, len(months), margin, row["cost"]) | {
        "margin_rate": margin, "mixed": mixed, "reason": "", "expected": told["month"] * len(months),
    }  # fmt: skip


def _months(row: dict[str, Any]) -> list[dt.date]:
    last = row["end_on"].replace(day=1)
    count = (last.year - row["start_on"].year) * 12 + last.month - row["start_on"].month + 1
    return months_back(count, last)


def _touched(raw: Raw, row: dict[str, Any]) -> set[str]:
    """Return the shops a promotion ran in: those it names, or all of its region."""
    listed = raw["promotion_shop"]
    named = set(listed.loc[listed["promotion_id"] == row["promotion_id"], "terminal_id"])
    shops = raw["terminal"][["terminal_id", "region_id"]].to_numpy()
    return named or {shop for shop, region in shops if row["region_id"] in raw.path(region)}


def _shops(raw: Raw, row: dict[str, Any], product: str | None, months: list[dt.date]) -> list[Shop]:
    """Return the promoted shops and those without a promotion meanwhile, with their mean sales a month."""
    before = months_back(7, months[0])[:-1]
    spans = dict(zip(SPANS, (before[:3], before[3:], months), strict=True))
    after = months_back(1, months[-1])[0].replace(day=28) + dt.timedelta(7)
    mine, others = _touched(raw, row), set()
    for other in raw["promotion"].to_dict("records"):
        meets = other["start_on"] < after.replace(day=1) and other["end_on"] >= before[0]
        if other["promotion_id"] != row["promotion_id"] and meets:
            others |= _touched(raw, other)
    sold = raw.shop_months[raw.shop_months["company_id"] == OWN]
    if product:
        lines = raw["terminal_sales"].query("company_id == @OWN and product_id.notna()")
        amounts = lines["amount"].where(lines["product_id"] == product, 0.0)
        sold = amounts.groupby([lines["terminal_id"], lines["month"]]).sum().rename("amount").reset_index()
    by_shop: dict[str, dict[dt.date, float]] = defaultdict(dict)
    for shop, month, amount in sold[["terminal_id", "month", "amount"]].itertuples(index=False):
        by_shop[shop][month] = amount
    found = []
    for shop in raw["terminal"].sort_values("terminal_id").to_dict("records"):
        key = shop["terminal_id"]
        if key not in mine and key in others:
            continue
        shop |= {
            "promoted": key in mine,
            "another": key in others,
            "parent_id": raw.parents.get(shop["region_id"]),
        }
        for name, span in spans.items():
            known = [by_shop[key].get(month) for month in span]
            shop[name] = None if None in known else fmean(known)
        found.append(shop)
    return found


def _known(shops: list[Shop]) -> tuple[list[Shop], list[Shop]]:
    whole = [shop for shop in shops if all(shop[span] is not None for span in SPANS)]
    return [s for s in whole if s["promoted"]], [s for s in whole if not s["promoted"]]


def _of_shops(shops: list[Shop]) -> dict[str, Any] | str:
    promoted, others = _known(shops)
    every = sum(shop["promoted"] for shop in shops)
    if len(promoted) < 10:
        return f"{every} 家促销门店中有 {len(promoted)} 家各月都录入了销售，至少需要 10 家。"
    selling = [shop["early"] for shop in (*promoted, *others) if shop["early"] > 0]
    cuts = [np.percentile(selling, part) for part in (20, 40, 60, 80)]
    for shop in (*promoted, *others):
        shop["level"] = sum(shop["early"] > cut for cut in cuts)
    cells: list[tuple[str, list[Shop], list[Shop]]] = []
    left = promoted
    for label, columns in STEPS.items():
        ours, theirs = (_by(some, columns) for some in (left, others))
        for key, inside in ours.items():
            beside = theirs.get(key, [])
            if len(beside) >= 5 and all(sum(shop[s] for shop in beside) > 0 for s in ("early", "before")):
                cells.append((label, inside, beside))
                left = [shop for shop in left if not any(shop is each for each in inside)]
    matched = len(promoted) - len(left)
    if matched < 10 or sum(s["before"] for s in left) > 0.2 * sum(s["before"] for s in promoted):
        return f"{len(promoted)} 家促销门店中只有 {matched} 家找得到没有做促销的可比门店。"
    step = {shop["terminal_id"]: label for label, inside, _beside in cells for shop in inside}
    counted = Counter(step[shop["terminal_id"]] for shop in promoted if shop["terminal_id"] in step)
    return _told(_beside(cells, "before", "during"), _beside(cells, "early", "before")) | {
        "units": len(step), "left_out": every - len(step),
        "controls": len({shop["terminal_id"] for _label, _inside, beside in cells for shop in beside}),
        "compared": "；".join(f"{count} 家：{label}" for label, count in counted.items()),
    }  # fmt: skip


def _by(shops: list[Shop], columns: tuple[str, ...]) -> dict[tuple[str, ...], list[Shop]]:
    groups = defaultdict(list)
    for shop in shops:
        groups[tuple(str(shop[column]) for column in columns)].append(shop)
    return groups


def _beside(cells: list[tuple[str, list[Shop], list[Shop]]], start: str, end: str) -> Compared:
    """Return what was to be expected, the change, and the bounds that shops apart from each other leave."""
    cell_sums = []
    for _label, inside, beside in cells:
        base = sum(shop[start] for shop in beside)
        cell_sums.append((sum(s[end] for s in beside) / base, sum(s[start] for s in inside) / base))
    expected = [
        f * s[start] for (f, _w), (_l, inside, _b) in zip(cell_sums, cells, strict=True) for s in inside
    ]
    actual = [shop[end] for _label, inside, _beside in cells for shop in inside]
    change = sum(actual) / sum(expected)
    count = len(expected)
    mine = count / (count - 1) * sum((a - change * e) ** 2 for a, e in zip(actual, expected, strict=True))
    pulls: dict[str, float] = defaultdict(float)
    weights: dict[str, float] = defaultdict(float)
    for (factor, weight), (_label, _inside, beside) in zip(cell_sums, cells, strict=True):
        for shop in beside:
            apart = shop[end] - factor * shop[start]
            pulls[shop["terminal_id"]] += weight * math.sqrt(len(beside) / (len(beside) - 1)) * apart
            weights[shop["terminal_id"]] += weight * shop[start]
    theirs = change**2 * sum(pull**2 for pull in pulls.values())
    freedom = (mine + theirs) ** 2 / (
        mine**2 / _independent(expected) + theirs**2 / _independent(list(weights.values()))
    )
    half = student.ppf(0.975, freedom) * math.sqrt(mine + theirs) / sum(expected)
    return sum(expected), change - 1, change - 1 - half, change - 1 + half


def _independent(weights: list[float]) -> float:
    return max(sum(weights) ** 2 / sum(weight**2 for weight in weights) - 1, 1.0)


def _of_regions(raw: Raw, shops: list[Shop], place: str) -> dict[str, Any] | str:
    """Compare the promoted region with the others of its level by their log growth."""
    level = raw["region"].set_index("region_id")["level"]
    groups: dict[str, list[Shop]] = defaultdict(list)
    for shop in (each for some in _known(shops) for each in some):
        for region in raw.path(shop["region_id"]):
            if level[region] == level[place]:
                groups[region].append(shop)
    sums = {
        region: {span: sum(shop[span] for shop in inside) for span in SPANS}
        for region, inside in groups.items() if len(inside) >= 10
    }  # fmt: skip
    if place not in sums:
        return "没有一个促销区域有 10 家各月都录入销售的门店。"
    mine = sums.pop(place)
    if len(sums) < 8:
        return f"门店记录足够、又没有做促销的其他区域有 {len(sums)} 个，至少需要 8 个。"
    bounds = {}
    for name, (start, end) in {"during": ("before", "during"), "trend": ("early", "before")}.items():
        others = [math.log(each[end] / each[start]) for each in sums.values()]
        middle, count = fmean(others), len(others)
        effect = math.log(mine[end] / mine[start]) - middle
        spread = math.sqrt(sum((each - middle) ** 2 for each in others) / (count - 1) * (1 + 1 / count))
        half = student.ppf(0.975, count - 1) * spread
        bounds[name] = (
            mine[end] / math.exp(effect), *(math.exp(e) - 1 for e in (effect, effect - half, effect + half))
        )  # fmt: skip
    return _told(bounds["during"], bounds["trend"]) | {
        "units": 1, "left_out": 0, "controls": len(sums), "compared": f"同级其他区域 {len(sums)} 个",
    }  # fmt: skip


def _told(during: Compared, trend: Compared) -> dict[str, Any]:
    return {
        "month": during[0], "effect": during[1], "effect_low": during[2], "effect_high": during[3],
        "trend_rate": trend[1], "trend_low": trend[2], "trend_high": trend[3],
        "trend": "alike" if trend[2] <= 0 <= trend[3] else "apart",
    }  # fmt: skip


def _margin(raw: Raw, shops: set[str], months: list[dt.date]) -> float:
    lines = raw["terminal_sales"]
    lines = lines[
        (lines["company_id"] == OWN) & lines["month"].isin(months) & lines["terminal_id"].isin(shops)
    ]
    rates = lines["product_id"].map(raw["product"].set_index("product_id")["unit_margin_rate"].astype(float))
    return float((lines["amount"] * rates).sum() / lines.loc[rates.notna(), "amount"].sum())


def _returned(told: dict[str, Any], months: int, margin: float, cost: float) -> dict[str, Any]:
    counted = cost * told["units"] / (told["units"] + told["left_out"])
    found: dict[str, Any] = {"cost_counted": counted}
    for end in ("", "_low", "_high"):
        lift = told["month"] * months * told[f"effect{end}"]
        gain = lift * margin - counted
        found |= {f"lift{end}": lift, f"gain{end}": gain, f"rate{end}": gain / counted}
    found["verdict"] = "paid" if found["gain_low"] > 0 else "lost" if found["gain_high"] < 0 else "open"
    return found
