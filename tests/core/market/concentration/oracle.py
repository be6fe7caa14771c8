"""Small random markets, and the best plan found by trying every combination of attacks."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.market.concentration.options import ConcentrationOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = dict[str, float | str]
MOST_COMBINATIONS = 1_500


def frame(rows: Sequence[Row]) -> pd.DataFrame:
    """Return a table of regions r00, r01, ...; what a row doesn't say is an ordinary region's."""
    ordinary: Row = {
        "state": "chasing_in_range", "target_basis": "fixed", "own": 100.0, "rival_sales": 100.0,
        "others": 200.0, "ratio": 1.0, "gap": 70.0, "zone_rank": 1.0, "attack_order": 1.0, "visits": 100.0,
        "reps": 1.0, "shops": 50.0, "margin_rate": 0.3, "spending_rate": 0.1, "attractiveness": 50.0,
    }  # fmt: skip
    return pd.DataFrame([{"region_id": f"r{n:02}", **ordinary, **row} for n, row in enumerate(rows)])


def random_market(random: np.random.Generator) -> tuple[pd.DataFrame, ConcentrationOptions, float]:
    """Draw up to twelve regions, strength that holds at least what must be held, and reps elsewhere."""
    rows = [_random_region(random) for _ in range(random.integers(1, 13))]
    table = frame(rows)
    elsewhere = float(random.choice([0.0, 0.7]))
    now = float(table["reps"].sum()) + elsewhere
    options = ConcentrationOptions(
        now * float(random.uniform(0.97, 1.5)),
        quarters=int(random.integers(1, 5)),
        budget=float(random.uniform(1, 60)) if random.random() < 0.3 else None,
        response=float(random.choice([0.5, 1.0, 2.0])),
        intensity=float(random.choice([2.0, 3.0, 5.0])),
        thin_to=float(random.choice([0.0, 0.5, 0.8, 1.0])),
        rival_growth=float(random.choice([0.0, 0.0, 0.2])),
        attractiveness_weight=float(random.choice([0.0, 0.3])),
    )
    return table, options, elsewhere


def _random_region(random: np.random.Generator) -> Row:
    own, rival = float(random.uniform(0, 200)), float(random.uniform(20, 200))
    ratio = own / rival
    states = [
        (1.7, "secured"),
        (1.0, "leading_in_range"),
        (1 / 1.7, "chasing_in_range"),
        (-1.0, "out_of_range"),
    ]
    state = next(name for least, name in states if ratio >= least)
    return {
        "state": state, "own": own, "rival_sales": rival, "ratio": ratio,
        "others": rival * float(random.uniform(1, 3)), "gap": max(1.7 * rival - own, 0.0),
        "target_basis": str(random.choice(["fixed", "proportional"])),
        "visits": float(random.uniform(5, 200)), "reps": float(random.uniform(0.1, 2)),
        "shops": float(random.uniform(0, 100)), "margin_rate": float(random.uniform(0.05, 0.4)),
        "spending_rate": float(random.uniform(0, 0.2)), "attractiveness": float(random.uniform(0, 100)),
        "attack_order": float(random.integers(1, 5)), "zone_rank": float(random.integers(1, 5)),
    }  # fmt: skip


def attack_options(row: Row, options: ConcentrationOptions) -> list[tuple[float, float, np.ndarray]]:
    """Return value, money and reps by quarter of every attack on a region, begun in every quarter."""
    if row["state"] not in ("chasing_in_range", "tied", "leading_in_range"):
        return []
    multiple = (options.k * (1 + options.rival_growth) / row["ratio"]) ** (1 / (2 * options.response))
    length = max(math.ceil(8 * (multiple - 1) / (options.intensity - 1) - 1e-9), 1)
    effort = 8 * (multiple - 1) * max(row["visits"], row["shops"]) * row["reps"] / row["visits"]
    rate = (row["margin_rate"] - row["spending_rate"]) * _factor(row, options)
    found = []
    for start in range(options.quarters - length + 1):
        load = np.zeros(options.quarters)
        load[start : start + length] = effort / length
        value = row["gap"] * rate * (8 - start - length) / 4
        found.append((value, row["spending_rate"] * row["gap"], load))
    return found


def quarter_loss(row: Row, options: ConcentrationOptions) -> float:
    """Return what one quarter with fewer visits loses in two years."""
    ratio = row["ratio"] * (1 - (1 - options.thin_to) / 8) ** (2 * options.response)
    left = ratio * row["rival_sales"]
    if row["target_basis"] == "proportional":
        part = row["rival_sales"] / row["others"]
        left = (row["own"] + row["others"]) * ratio * part / (1 + ratio * part)
    rate = (row["margin_rate"] - row["spending_rate"]) * _factor(row, options)
    return max((row["own"] - left) * rate * 2, 0.0)


def best_value(table: pd.DataFrame, options: ConcentrationOptions, elsewhere: float) -> float | None:
    """Return the most value of any plan; None when there are too many to try, NaN when none is possible."""
    rows = table.to_dict("records")
    ways = [[(0.0, 0.0, np.zeros(options.quarters)), *attack_options(row, options)] for row in rows]
    if math.prod(len(way) for way in ways) > MOST_COMBINATIONS:
        return None
    bound = elsewhere + sum(row["reps"] + _defence(row, options) for row in rows)
    # Strength is bought where it costs least: the cheapest loss per rep first.
    sellers = [
        (quarter_loss(row, options), (1 - options.thin_to) * row["reps"], place)
        for place, row in enumerate(rows)
        if row["state"] == "out_of_range" or row["state"] in ("chasing_in_range", "tied")
    ]
    sellers = sorted(
        (seller for seller in sellers if seller[1] > 0), key=lambda seller: seller[0] / seller[1]
    )
    best = math.nan
    for picked in itertools.product(*ways):
        if options.budget is not None and sum(money for _value, money, _load in picked) > options.budget:
            continue
        attacked = {place for place, way in enumerate(picked) if way[2].any()}
        value = sum(way[0] for way in picked)
        for needed in bound + sum(way[2] for way in picked) - options.reps:
            value -= _cost(needed, [seller for seller in sellers if seller[2] not in attacked])
        best = value if math.isnan(best) else max(best, value)
    return best if best > -math.inf else math.nan


def _cost(needed: float, sellers: list[tuple[float, float, int]]) -> float:
    cost = 0.0
    for loss, freed, _place in sellers:
        if needed <= 1e-12:
            break
        part = min(needed / freed, 1.0)
        cost += part * loss
        needed -= part * freed
    return cost if needed <= 1e-9 else math.inf


def _defence(row: Row, options: ConcentrationOptions) -> float:
    """Return the reps that keep a secured region secured against the rival's growth, per quarter."""
    multiple = (options.k * (1 + options.rival_growth) / row["ratio"]) ** (1 / (2 * options.response))
    if row["state"] != "secured" or multiple <= 1:
        return 0.0
    visits = 8 * (multiple - 1) * max(row["visits"], row["shops"])
    return visits * row["reps"] / row["visits"] / options.quarters


def _factor(row: Row, options: ConcentrationOptions) -> float:
    return 1 + options.attractiveness_weight * (row["attractiveness"] - 50) / 50
