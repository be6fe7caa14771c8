"""The five principles and the market value of every region from raw facts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pandas as pd

from tests.core.metrics.independent.families.raw import END, OWN, YEAR

if TYPE_CHECKING:
    from tests.core.metrics.independent.families.raw import Raw

Market = dict[str, dict[str, Any]]
PRINCIPLES = ("concentrate", "attack_weak_points", "hold_fortress", "control_key_customers", "visit_everyone")
FACTORS = ("customers", "area", "purchasing_power", "fixedness")
K = 1.7


def market_values(raw: Raw, market: Market) -> pd.DataFrame:
    """Return what each region is worth, a quarter of the points by each factor."""
    known = raw["region_factor"]
    last = (
        known[known["month"] <= END]
        .sort_values("month")
        .groupby(["region_id", "factor"])["value"]
        .last()
        .unstack()
    )
    table = (
        last.reindex(list(market))
        .reindex(columns=["customers", "purchasing_power", "fixedness"])
        .astype(float)
    )
    table["area"] = [market[region]["area_km2"] for region in market]
    for name in FACTORS:
        low, high = table[name].min(), table[name].max()
        table[f"scaled_{name}"] = (table[name] - low) / (high - low)
    scaled = table[[f"scaled_{name}" for name in FACTORS]]
    table["value_known"] = scaled.notna().sum(axis=1) / 4
    table["value_score"] = 100 * scaled.mean(axis=1)
    scores = table["value_score"]
    table["value_rank"] = scores.map(lambda x: None if pd.isna(x) else 1 + (scores > x).sum())
    table["value_missing"] = [
        ",".join(name for name, value in zip(FACTORS, row, strict=True) if pd.isna(value))
        for row in scaled.to_numpy()
    ]
    return table


def principles(raw: Raw, market: Market) -> pd.DataFrame:
    """Return what each of the five principles says in each region, and how many are kept."""
    facts = _facts(raw, set(market))
    effort = sum(facts[region]["visits"] for region in market)
    chance = sum(max(row["opportunity"] or 0.0, 0.0) for row in market.values())
    found = {}
    for region, row in market.items():
        told = [
            _concentrate(row, facts[region]["visits"] / effort, max(row["opportunity"] or 0.0, 0.0) / chance),
            _weak_points(facts[region]), _fortress(row, facts[region]), _key_customers(facts[region]),
            None if not facts[region]["customers"] else facts[region]["customers"] == facts[region]["seen"],
        ]  # fmt: skip
        if not facts[region]["shops"]:
            told = [told[0] if told[0] is None else "unknown", "unknown", told[2], "unknown", "unknown"]
        words = {None: "not_applicable", True: "pass", False: "fail", "unknown": "unknown"}
        statuses = [words[each] for each in told]
        counts = {"broken": "fail", "kept": "pass", "unknown": "unknown"}
        found[region] = dict(zip(PRINCIPLES, statuses, strict=True)) | {
            name: statuses.count(status) for name, status in counts.items()}  # fmt: skip
    return pd.DataFrame(found).T


def _concentrate(row: dict[str, Any], effort: float, deserved: float) -> bool | None:
    focus = row["attack_order"] in (1, 2) and deserved > 0
    return effort / deserved >= 1 - 1e-9 if focus else None


def _weak_points(facts: dict[str, int]) -> object:
    if not facts["compared"]:
        return "unknown"
    if not facts["winnable"]:
        return None
    if not facts["customers"]:
        return "unknown"
    return facts["winnable_seen"] / facts["winnable"] >= facts["seen"] / facts["customers"] - 1e-9


def _fortress(row: dict[str, Any], facts: dict[str, int]) -> object:
    now, before = row["ratio"], row["ratio_previous"]
    if not any(each is not None and each >= K * (1 - 1e-9) for each in (now, before)):
        return None
    if now is None or not before:
        return "unknown"
    kept = facts["planned"] is None or facts["visits"] >= facts["planned"]
    return now >= K * (1 - 1e-9) and now / before - 1 >= -0.05 and kept


def _key_customers(facts: dict[str, int]) -> object:
    if not facts["compared"]:
        return "unknown"
    return facts["a_first"] / facts["a_known"] >= 0.5 - 1e-9 if facts["a_known"] else None


def _facts(raw: Raw, regions: set[str]) -> dict[str, dict[str, Any]]:
    """Count the shops of each region: customers, visited, winnable, grade A with a known rival."""
    days = pd.to_datetime(raw["visit"]["start_at"]).dt.date
    last = days.max()
    first = last - dt.timedelta(27)
    visits = raw.visited(first, last).groupby("terminal_id").size().to_dict()
    planned = _planned(raw, first, last)
    sold = raw.shop_months[raw.shop_months["month"].isin(YEAR)]
    by_company = sold.groupby(["terminal_id", "company_id"])["amount"].sum().unstack()
    rivals = by_company.drop(columns=OWN).max(axis=1)
    own = by_company[OWN].fillna(0.0)
    names = (
        "shops",
        "visits",
        "customers",
        "seen",
        "winnable",
        "winnable_seen",
        "a_known",
        "a_first",
        "compared",
    )
    found: dict[str, dict[str, Any]] = defaultdict(lambda: dict.fromkeys(names, 0) | {"planned": None})
    for shop in raw["terminal"].to_dict("records"):
        key, status = shop["terminal_id"], shop["status"]
        if status == "closed":
            continue
        for region in set(raw.path(shop["region_id"])) & regions:
            counts, seen = found[region], visits.get(key, 0)
            counts["shops"] += 1
            counts["visits"] += seen
            if key in planned:
                counts["planned"] = (counts["planned"] or 0) + planned[key]
            counts["customers"] += status != "blank"
            counts["seen"] += status != "blank" and seen > 0
            rival = rivals.get(key)
            if rival is None or pd.isna(rival):
                continue
            counts["compared"] += 1
            wins = 0 < own[key] < rival < K * own[key]
            counts["winnable"] += wins
            counts["winnable_seen"] += wins and seen > 0
            counts["a_known"] += shop["grade"] == "A"
            counts["a_first"] += shop["grade"] == "A" and own[key] > rival
    return found


def _planned(raw: Raw, first: dt.date, last: dt.date) -> dict[str, int]:
    """Count the stops of the plans in force: the latest version, and the plan that begins last of a rep."""
    plans = raw["visit_plan"].set_index("plan_id")
    starts = {key: pd.Timestamp(day).date() for key, day in plans["start_day"].items()}
    counts: dict[str, int] = defaultdict(int)
    for stop in raw["visit_plan_stop"].to_dict("records"):
        mine = plans.loc[stop["plan_id"]]
        if not first <= stop["day"] <= last:
            continue
        others = plans[plans["employee_id"] == mine["employee_id"]]
        begun = [
            (starts[key], plan["version"])
            for key, plan in others.iterrows()
            if starts[key] <= stop["day"] < starts[key] + dt.timedelta(7 * int(plan["weeks"]))
        ]
        if (starts[stop["plan_id"]], mine["version"]) == max(begun):
            counts[stop["terminal_id"]] += 1
    return counts
