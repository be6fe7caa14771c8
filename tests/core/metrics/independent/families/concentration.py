"""The concentration plan from raw facts: a model of its own for the choice, plain loops for the rest."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.optimize import LinearConstraint, milp

from core.numbers import money
from tests.core.metrics.independent.families.customers import REGION_ATTRACTIVENESS, ranked
from tests.core.metrics.independent.families.raw import END, YEAR

if TYPE_CHECKING:
    from tests.core.metrics.independent.families.raw import Raw

Row = dict[str, Any]
Won = dict[int, int]
REPS, QUARTERS, WINDOW, INTENSITY, LEFT, K = 12.0, 4, 8, 3.0, 0.5, 1.7
IN_RANGE = {"leading_in_range", "tied", "chasing_in_range"}
HELD = {"secured", "leading_in_range", "sole_supplier", "own_unknown", "no_rival_data"}
WORDS = {
    "own": "我方销售额",
    "rivals": "对手销售额",
    "visits": "拜访记录",
    "margin": "毛利率",
    "spending": "费用",
}
SAYINGS = {
    "secured": "无需再攻，保住已有的第一。",
    "no_own_sales": "我方在此没有销售，平方法则说不出拜访能赢得什么。",
    "out_of_range": "第一位在射程之外：应细分，先在局部成为第一。",
}


def concentration(raw: Raw, market: dict[str, Row]) -> pd.DataFrame:
    """Return every KPI of the family of each region, with :data:`REPS` reps, by region_id."""
    rows, elsewhere = _inputs(raw, market)
    bound = elsewhere + sum(row["reps"] for row in rows)
    plans = {}
    for response in (1.0, 0.5, 2.0):
        for row in rows:
            row.update(_rule(row, response))
        won = _best(rows, REPS - bound)
        plans[response] = _decided(rows, won, _cheapest(rows, won, REPS - bound))
    for row in rows:
        row.update(_rule(row, 1.0))
    won = _best(rows, REPS - bound)
    parts = _cheapest(rows, won, REPS - bound)
    by_zone = _decided(rows, *_by_zone(rows, REPS - bound))
    for place, row in enumerate(rows):
        thinned = parts[place].sum()
        same = plans[1.0][place] == plans[0.5][place] == plans[2.0][place]
        row |= {
            "decision": plans[1.0][place], "quadrant_decision": by_zone[place], "firm": same,
            "start": won[place] + 1 if place in won else None, "thinned": thinned / QUARTERS,
            "value": _value(row, won[place]) if place in won else -thinned * row["loss"],
        }  # fmt: skip
        reasons = {"attack": "taken", "thin_out": "frees_strength"}
        row["reason"] = reasons.get(row["decision"], row["obstacle"] or "outbid")
    cut = min(row["value_per_effort"] for row in rows if row["decision"] == "attack")
    for row in rows:
        row["explanation"] = _explanation(row, cut)
    return pd.DataFrame(rows).set_index("region_id")


def _inputs(raw: Raw, market: dict[str, Row]) -> tuple[list[Row], float]:
    """Return the regions with visits, reps, shops and rates, and the reps bound outside of them."""
    shops = raw["terminal"].set_index("terminal_id")["region_id"].to_dict()
    made = raw.visited(YEAR[0], END.replace(day=31))
    when = pd.to_datetime(made["start_at"])
    months = len(set(zip(when.dt.year, when.dt.month, strict=True)))
    total = made.groupby("employee_id").size()
    spent = raw["expense"].query("kind in ('advertising', 'promotion') and month in @YEAR")
    rates = raw["product"].set_index("product_id")["unit_margin_rate"].astype(float)
    lines = raw["terminal_sales"].query("company_id == 'OWN' and month in @YEAR")
    lines = lines.assign(rate=lines["product_id"].map(rates)).dropna(subset=["rate"])
    lines["earned"] = lines["amount"] * lines["rate"]
    company = lines["earned"].sum() / lines["amount"].sum()
    worth = _attractiveness(raw, market)
    rows, left = [], float(total.size)
    for region, known in market.items():
        inside = {shop for shop, place in shops.items() if region in raw.path(place)}
        here = made[made["terminal_id"].isin(inside)]
        reps = (here.groupby("employee_id").size() / total).sum() if len(here) else None
        left -= reps or 0.0
        own = known["own"]
        sold = lines[lines["terminal_id"].isin(inside)]
        charged = spent[[region in raw.path(place) for place in spent["region_id"]]]["amount"]
        margin = sold["earned"].sum() / sold["amount"].sum() if sold["amount"].sum() > 0 else None
        status = raw["terminal"][raw["terminal"]["terminal_id"].isin(inside)]["status"]
        rows.append({name: known[name] for name in (
            "region_id", "state", "own", "rival_sales", "ratio", "gap", "target_basis", "attack_order",
            "zone_rank",
        )} | {
            "others": None if None in (known["recorded_sales"], own) else known["recorded_sales"] - own,
            "visits": 3 * len(here) / months if len(here) else None, "reps": reps or 0.0,
            "shops": int((status != "closed").sum()),
            "margin": company if margin is None and own is not None and own > 0 else margin,
            "spending": charged.sum() / own if len(charged) and own and own > 0 else None,
            "attractiveness": worth[region],
        })  # fmt: skip
    return rows, left


def _attractiveness(raw: Raw, market: dict[str, Row]) -> dict[str, float]:
    known = raw["region_factor"][raw["region_factor"]["month"] <= END].sort_values("month")
    last = known.groupby(["region_id", "factor"])["value"].last().unstack()
    facts = pd.DataFrame(
        {region: {name: row[name] for name in ("capacity", "growth")} for region, row in market.items()}
    ).T.astype(float)
    return dict((ranked(facts.join(last), REGION_ATTRACTIVENESS) - 1) / 9 * 100)


def _rule(row: Row, response: float) -> Row:
    """Return what an attack on a region takes and wins by the square rule, and what thinning out costs."""
    state, own, ratio = row["state"], row["own"], row["ratio"]
    idle = own is not None and own <= 0
    unknown = [name for name, lacks in {
        "own": own is None, "rivals": row["rival_sales"] is None, "visits": row["visits"] is None,
        "margin": row["margin"] is None and not idle, "spending": row["spending"] is None and not idle,
    }.items() if lacks]  # fmt: skip
    power = 1 / (2 * response)
    multiple = (K / ratio) ** power if ratio is not None and ratio > 0 else None
    rate = None if None in (row["margin"], row["spending"]) else row["margin"] - row["spending"]
    found: Row = {"visit_multiple": multiple, "missing": unknown, "rate": rate, "effort": None, "needs": None,
                  "campaign_visits": None, "loss": 0.0}  # fmt: skip
    if multiple is not None:
        found["needs"] = max(math.ceil(WINDOW * (multiple - 1) / (INTENSITY - 1) - 1e-9), 1)
    if multiple is not None and multiple > 1 and row["visits"] is not None:
        found["campaign_visits"] = WINDOW * (multiple - 1) * max(row["visits"], row["shops"])
        found["effort"] = found["campaign_visits"] * row["reps"] / row["visits"]
    obstacle = state if state in SAYINGS else "missing" if unknown else None
    if obstacle is None and found["needs"] is not None and found["needs"] > QUARTERS:
        obstacle = "too_long"
    if obstacle in (None, "secured", "out_of_range") and unknown and state not in ("secured", "no_own_sales"):
        obstacle = "missing"
    able = obstacle is None
    worth = row["gap"] * rate * (WINDOW - found["needs"]) / 4 if able else None
    thin = state not in HELD and not unknown
    if thin and not idle:
        kept = ratio * (1 - (1 - LEFT) / WINDOW) ** (2 * response)
        part = kept * row["rival_sales"] / row["others"]
        proportional = (own + row["others"]) * part / (1 + part)
        after = proportional if row["target_basis"] == "proportional" else kept * row["rival_sales"]
        found["loss"] = max(own - after, 0.0) * rate * WINDOW / 4
    return found | {
        "obstacle": obstacle, "win_value": worth, "quarters": found["needs"] if able else None,
        "money": row["spending"] * row["gap"] if able else None, "thin": thin,
        "value_per_effort": worth / found["effort"] if able else None,
        "freed": (1 - LEFT) * row["reps"] if thin else 0.0,
    }  # fmt: skip


def _value(row: Row, start: int) -> float:
    return float(row["gap"] * row["rate"] * (WINDOW - start - row["needs"]) / 4)


def _offers(rows: list[Row]) -> list[tuple[int, int]]:
    """Return region and first quarter of every attack that can be won in the period."""
    return [
        (place, start) for place, row in enumerate(rows)
        if row["obstacle"] is None and row["state"] in IN_RANGE and row["gap"] > 0
        for start in range(QUARTERS - row["needs"] + 1) if _value(row, start) > 0
    ]  # fmt: skip


def _load(row: Row, start: int) -> np.ndarray:
    quarter = np.arange(QUARTERS)
    return ((quarter >= start) & (quarter < start + row["needs"])) * row["effort"] / row["needs"]


def _best(rows: list[Row], free: float) -> Won:
    """Return the attacks of the most value: reps freed are the variables, not parts of shops."""
    offers = _offers(rows)
    sellers = [place for place, row in enumerate(rows) if row["freed"] > 0]
    count, width = len(offers), len(offers) + QUARTERS * len(sellers)
    cost = np.array(
        [-_value(rows[place], start) for place, start in offers]
        + [rows[place]["loss"] / rows[place]["freed"] for place in sellers for _quarter in range(QUARTERS)]
    )
    lines, limits = [], []
    for place in {place for place, _start in offers} - set(sellers):
        lines.append(np.array([each[0] == place for each in offers] + [False] * (width - count), dtype=float))
        limits.append(1.0)
    for seller, place in enumerate(sellers):
        for quarter in range(QUARTERS):
            line = np.array(
                [rows[place]["freed"] * (each[0] == place) for each in offers] + [0.0] * (width - count)
            )
            line[count + QUARTERS * seller + quarter] = 1.0
            lines.append(line)
            limits.append(rows[place]["freed"])
    for quarter in range(QUARTERS):
        line = np.array(
            [_load(rows[place], start)[quarter] for place, start in offers] + [0.0] * (width - count)
        )
        line[count + quarter :: QUARTERS] = -1.0
        lines.append(line)
        limits.append(free)
    whole = np.arange(width) < count
    found = milp(
        cost / np.abs(cost).max(), integrality=whole, bounds=(0, np.where(whole, 1, np.inf)),
        constraints=LinearConstraint(np.array(lines), -np.inf, limits), options={"mip_rel_gap": 0.0},
    )  # fmt: skip
    return {place: start for (place, start), taken in zip(offers, found.x, strict=False) if taken > 0.5}


def _cheapest(rows: list[Row], won: Won, free: float) -> np.ndarray:
    """Return the part of each region's shops thinned out in each quarter: the cheapest rep first."""
    parts = np.zeros((len(rows), QUARTERS))
    sellers = [place for place, row in enumerate(rows) if row["freed"] > 0 and place not in won]
    sellers.sort(key=lambda place: rows[place]["loss"] / rows[place]["freed"])
    return _taken(rows, won, free, sellers, parts)


def _taken(rows: list[Row], won: Won, free: float, sellers: list[int], parts: np.ndarray) -> np.ndarray:
    for quarter in range(QUARTERS):
        needed = sum(_load(rows[place], start)[quarter] for place, start in won.items()) - free
        for place in sellers:
            parts[place, quarter] = min(max(needed / rows[place]["freed"], 0.0), 1.0)
            needed -= parts[place, quarter] * rows[place]["freed"]
    return parts


def _by_zone(rows: list[Row], free: float) -> tuple[Won, np.ndarray]:
    """Return the best plan in the order of the zones: from its end as many regions as pay are given up."""
    far = math.inf
    order = sorted(range(len(rows)), key=lambda p: (
        rows[p]["attack_order"] or far, rows[p]["zone_rank"] or far, rows[p]["region_id"]))  # fmt: skip
    sellers = [place for place in reversed(order) if rows[place]["freed"] > 0]
    offers = _offers(rows)
    best: tuple[float, Won, np.ndarray] | None = None
    for count in range(len(sellers) + 1):
        left = np.full(QUARTERS, free + sum(rows[place]["freed"] for place in sellers[:count]))
        won: Won = {}
        for place in order:
            for start in (start for where, start in offers if where == place):
                load = _load(rows[place], start)
                if place not in won and place not in sellers[:count] and (load <= left + 1e-9).all():
                    won[place] = start
                    left = left - load
        parts = _taken(rows, won, free, sellers[:count], np.zeros((len(rows), QUARTERS)))
        lost = sum(parts[place].sum() * rows[place]["loss"] for place in sellers)
        value = sum(_value(rows[place], start) for place, start in won.items()) - lost
        if best is None or value > best[0]:
            best = (value, won, parts)
    assert best is not None
    return best[1], best[2]


def _decided(rows: list[Row], won: Won, parts: np.ndarray) -> list[str]:
    return [
        "attack" if place in won else "thin_out" if parts[place].any() else
        "defend" if row["state"] == "secured" else "hold"
        for place, row in enumerate(rows)
    ]  # fmt: skip


def _explanation(row: Row, cut: float) -> str:
    effort = row["effort"] and f"{row['effort']:,.1f}"
    many = row["visit_multiple"] and f"{row['visit_multiple']:,.2f}"
    visits = row["campaign_visits"] and f"{row['campaign_visits']:,.0f}"
    match row["reason"]:
        case "taken":
            return (
                f"从第 {row['start']} 季度起集中攻击 {row['quarters']} 个季度：比现在多 {visits} 次拜访，"
                f"使两年的拜访达到现在的 {many} 倍；按平方法则（经验法则）即可确立第一。"
                f"共需 {effort} 人·季度，两年内赢得 {money(row['value'])}。"
            )
        case "frees_strength":
            why = f" {SAYINGS[row['obstacle']]}" if row["obstacle"] else ""
            return (
                f"期内平均有 {row['thinned']:.0%} 的网点减少拜访，两年内损失 {money(-row['value'])}；"
                f"这些拜访用在别处赢得更多。{why}"
            )
        case "missing":
            return f"未作判断，拜访维持现状。缺少：{'、'.join(WORDS[name] for name in row['missing'])}。"
        case "outbid":
            beside = (
                f"最后一个入选的区域每人·季度赢得 {money(cut)}。" if row["value_per_effort"] < cut
                else "但与合计赢得更多的那些区域放在一起，兵力排不下。"
            )  # fmt: skip
            return (
                f"投入 {effort} 人·季度可以攻下；立即开始可赢得 {money(row['win_value'])}，"
                f"每人·季度 {money(row['value_per_effort'])}。 {beside}"
            )
    return SAYINGS[row["reason"]]
