"""The market table of a level from raw facts: zones, orders, what would flip, entry scores."""

from __future__ import annotations

import datetime as dt
from statistics import median
from typing import TYPE_CHECKING, Any

from core.metrics import FAMILIES
from tests.core.metrics.independent.region import (
    LOWER,
    K,
    basics,
    quotient,
    rivals,
    shares,
    state_of,
    structure,
    targets,
)
from tests.core.metrics.independent.worked import worked_value

if TYPE_CHECKING:
    from tests.core.metrics.independent.facts import Facts

Row = dict[str, Any]
ZONES = ("growth_competition", "stable", "unstable", "decline")
WEIGHTS = {"relative_share": 0.3, "needed_gain": 0.4, "price_advantage": 0.15, "dealer_strength": 0.15}


def market_rows(facts: Facts, level: str, months: list[dt.date]) -> dict[str, Row]:
    """Return every KPI of the market's family of every region of a level, by region_id."""
    ids = sorted(facts.regions.index[facts.regions["level"] == level])
    rows = [_single(facts, region, months) for region in ids]
    presets = _presets(rows)
    for row in rows:
        row.update(_zone(row, presets))
    _ranks(rows)
    _entry(facts, rows, months[-1])
    _worked(rows)
    return {row["region_id"]: row for row in rows}


def _worked(rows: list[Row]) -> None:
    """Compute what no rule above says from its written formula, where it has one."""
    for declared in FAMILIES["market"].values():
        for row in rows:
            if declared.worked and declared.key not in row:
                row[declared.key] = worked_value(declared, row)


def _single(facts: Facts, region: str, months: list[dt.date]) -> Row:
    row = basics(facts, region, months)
    names = facts.companies["name"].to_dict()
    row |= shares(row) | rivals(row, names)
    row["state"], row["structure"] = state_of(row["own"], row["rival_sales"]), structure(row)
    row |= targets(row, row["state"]) | _flags(row)
    row |= {name: facts.regions[name][region] for name in facts.regions if name not in {"lat", "lon"}}
    row["opportunity"] = None if row["growth"] is None else row["capacity"] * row["growth"]
    row["needed_gain"] = quotient(row["gap_least"], row["capacity"])
    row |= _flip_of_state(row)
    row["target_step"] = _step(row)
    return row


def _flags(row: Row) -> Row:
    recorded, capacity = row["recorded_sales"], row["capacity"]
    low = recorded is not None and capacity is not None and recorded > capacity * (1 + 1e-9)
    kinds = ("capacity", "capacity_previous", "own", "own_previous")
    missing = [name for name in kinds if row[name] is None] + (["rivals"] if not row["rivals"] else [])
    rest = None if None in (recorded, capacity) else max(capacity - recorded, 0.0)
    return {"s_above_capacity": low, "unidentified": rest, "missing": ",".join(missing)}


def _presets(rows: list[Row]) -> tuple[dict[str, float], dict[str, float]]:
    grown = [row for row in rows if row["growth"] is not None]
    shared = [row for row in rows if row["share"] is not None]
    average = sum(r["capacity"] for r in grown) / sum(r["capacity_previous"] for r in grown) - 1
    ours = sum(r["own"] for r in shared) / sum(r["capacity"] for r in shared)
    return (
        {"average": average, "zero": 0.0, "ten": 0.1, "median": median(r["growth"] for r in grown)},
        {"lower": LOWER, "ours": ours, "median": median(r["share"] for r in shared), "relative": 1.0},
    )


def _cell(growth: bool, share: bool) -> int:
    return (0 if growth else 1) if share else (2 if growth else 3)


def _zone(row: Row, presets: tuple[dict[str, float], dict[str, float]]) -> Row:
    growth, share, ratio = row["growth"], row["share"], row["ratio"]
    cut = presets[0]["average"]
    bcg = None if growth is None or ratio is None else ("star", "cash_cow", "question_mark", "dog")[
        _cell(growth >= cut, ratio >= 1)]  # fmt: skip
    near = [abs(value - line) <= 0.01 for value, line in ((growth, cut), (share, LOWER)) if value is not None]
    result: Row = {"bcg": bcg, "borderline": any(near)}
    if growth is None or share is None:
        return result | dict.fromkeys(
            ("zone", "attack_order", "difficulty", "direction", "robustness", "zone_flip", "zone_flip_by",
             "zone_flip_to")) | {"warnings": _warnings(row, None)}  # fmt: skip
    zone = _cell(growth >= cut - 1e-12, share >= LOWER - 1e-12)
    same = [
        _cell(growth >= g, (ratio if name == "relative" else share) >= s) == zone
        for g in presets[0].values()
        for name, s in presets[1].items()
        if name != "relative" or ratio is not None
    ]
    moves = {"growth": cut - growth, "share": LOWER - share}
    moves = {name: move - 1e-6 if move <= 1e-12 else move for name, move in moves.items()}
    by = min(moves, key=lambda name: abs(moves[name]))
    sides = {"growth": growth >= cut, "share": share >= LOWER}
    sides[by] = not sides[by]
    return result | {
        "zone": ZONES[zone], "attack_order": zone + 1, "difficulty": "easy" if zone < 2 else "hard",
        "direction": ("replace_and_add", "keep_focus", "deep_cultivation", "keep_focus")[zone],
        "robustness": sum(same) / len(same), "zone_flip": moves[by], "zone_flip_by": by,
        "zone_flip_to": ZONES[_cell(sides["growth"], sides["share"])],
        "warnings": _warnings(row, ZONES[zone]),
    }  # fmt: skip


def _warnings(row: Row, zone: str | None) -> str:
    state, share = row["state"], row["share"]
    behind = state in {"out_of_range", "chasing_in_range"}
    found = {
        "keep_focus_out_of_range": state == "out_of_range" and zone == "decline",
        "deepen_out_of_range": state == "out_of_range" and zone == "unstable",
        "easy_but_not_first": behind and zone == "growth_competition",
        "stable_not_secured": (behind or state in {"leading_in_range", "tied"}) and zone == "stable",
        "leader_not_stable": state in {"leading_in_range", "secured"} and share is not None and share < LOWER,
    }
    return ",".join(name for name, is_so in found.items() if is_so)


def _ranks(rows: list[Row]) -> None:
    """Give every region its rank in its zone and in the order of attack; equal ones share it."""
    far = float("inf")
    keys = {
        id(row): (-row["opportunity"], far if row["needed_gain"] is None else row["needed_gain"])
        for row in rows if row["zone"] is not None
    }  # fmt: skip
    for row in rows:
        peers = [other for other in rows if other["zone"] is not None and other["zone"] == row["zone"]]
        row["zone_rank"] = 1 + sum(keys[id(other)] < keys[id(row)] for other in peers) if peers else None
    in_range = {"leading_in_range", "tied", "chasing_in_range"}
    open_ = [r for r in rows if r["zone"] and r["state"] in {*in_range, "out_of_range", "no_own_sales"}]
    order = {id(r): (r["state"] not in in_range, ZONES.index(r["zone"]), r["zone_rank"]) for r in open_}
    for row in rows:
        mine = order.get(id(row))
        row["attack_rank"] = None if mine is None else 1 + sum(other < mine for other in order.values())


def _flip_of_state(row: Row) -> Row:
    own, rival = row["own"], row["rival_sales"]
    if own is None or rival is None:
        return {"state_flip": None, "state_flip_to": None}
    lines = [rival / K, rival, K * rival]
    step = [max(0.01, 2e-9 * line) for line in lines]
    moves = [
        line - s - own if own >= line * (1 - 1e-9) else line - own
        for line, s in zip(lines, step, strict=True)
    ]
    move = min(moves, key=abs)
    return {"state_flip": move, "state_flip_to": state_of(own + move, rival)}


def _step(row: Row) -> float | None:
    """Return how much the base target rises where the benchmark rival sells one percent more."""
    if row["own"] is None or not row["rivals"]:
        return None
    more = [(row["rivals"][0][0], row["rivals"][0][1] * 1.01), *row["rivals"][1:]]
    extra = row["rivals"][0][1] * 0.01
    raised = row | {"rivals": more, "contestable": row["contestable"] + extra, "own": max(row["own"], 0.0)}
    after = targets(raised, state_of(raised["own"], more[0][1]))["target_base"]
    return after - targets(row | {"own": raised["own"]}, row["state"])["target_base"]


def _entry(facts: Facts, rows: list[Row], end: dt.date) -> None:
    """Give every region its entry score and the factors behind it, each scaled over the regions."""
    known = facts.factors[[str(month)[:10] <= end.isoformat() for month in facts.factors["month"]]]
    for name in ("price_advantage", "dealer_strength"):
        last = known[known["factor"] == name].sort_values("month").groupby("region_id")["value"].last()
        for row in rows:
            row[name] = last.get(row["region_id"])
    raw = {name: [row["ratio" if name == "relative_share" else name] for row in rows] for name in WEIGHTS}
    for name, values in raw.items():
        numbers = [value for value in values if value is not None]
        for row, value in zip(rows, values, strict=True):
            part = None if value is None else (value - min(numbers)) / (max(numbers) - min(numbers))
            row[f"entry_{name}"] = 1 - part if name == "needed_gain" and part is not None else part
    for row in rows:
        parts = {name: row[f"entry_{name}"] for name in WEIGHTS}
        weight = sum(WEIGHTS[name] for name, part in parts.items() if part is not None)
        row["entry_known"] = weight
        row["entry_missing"] = ",".join(name for name, part in parts.items() if part is None)
        score = sum(WEIGHTS[name] * part for name, part in parts.items() if part is not None)
        row["entry_score"] = 100 * score / weight if weight else None
