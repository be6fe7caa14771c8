"""One region's market from raw facts: what it sells, who is in it, what No.1 takes; None is missing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.core.metrics.independent.facts import Facts

K = 1.7
WEAKEST = (1 / 2) ** 1.5
LOWER = WEAKEST / (1 + WEAKEST)
STABLE = 0.8**1.5 / (1 + 0.8**1.5)
UPPER = 1 - LOWER
SYMBOLS = [
    ("upper_limit", UPPER), ("stable", STABLE), ("lower_limit", LOWER), ("upper_rank", LOWER * UPPER),
    ("influence", LOWER * STABLE), ("presence", LOWER**2), ("foothold", LOWER**2 * STABLE),
]  # fmt: skip


def quotient(one: float | None, other: float | None) -> float | None:
    """Divide; None where a part is missing or the divisor isn't above zero."""
    return one / other if one is not None and other is not None and other > 0 else None


def change(one: float | None, other: float | None) -> float | None:
    """Return the relative change; None where it has no meaning."""
    part = quotient(one, other)
    return None if part is None else part - 1


def basics(facts: Facts, region: str, months: list[dt.date]) -> dict[str, Any]:
    """Return what is recorded of a region in some months and a year earlier."""
    before = [month.replace(year=month.year - 1) for month in months]
    (capacity, source), (earlier, source_earlier) = facts.market(region, months), facts.market(region, before)
    if {source, source_earlier} == {"recorded", "sum_of_sales"}:
        earlier = None
    (own, own_source), (own_before, own_source_before) = (
        facts.own_sales(region, when) for when in (months, before)
    )
    named = [c for c in facts.companies.index if c != facts.own and not facts.companies["is_aggregate"][c]]
    now = {c: max(facts.amount(region, c, months) or 0.0, 0.0) for c in named}
    past = {c: max(facts.amount(region, c, before) or 0.0, 0.0) for c in named}
    small = [c for c in facts.companies.index if facts.companies["is_aggregate"][c]]
    known = [facts.amount(region, c, months) for c in facts.companies.index]
    known += [own] if own_source == "no_row" else []
    others = [facts.amount(region, c, months) for c in small]
    return {
        "region_id": region, "capacity": capacity, "capacity_previous": earlier, "capacity_source": source,
        "capacity_source_previous": source_earlier, "own": own, "own_previous": own_before,
        "own_source": own_source, "own_source_previous": own_source_before,
        "rivals": sorted(((c, a) for c, a in now.items() if a > 0), key=lambda each: (-each[1], each[0])),
        "past": past, "recorded_sales": sum(k for k in known if k is not None) if any(
            k is not None for k in known) else None,
        "others": sum(o for o in others if o is not None) if any(o is not None for o in others) else None,
        "contestable": sum(now.values()) + sum(max(o or 0.0, 0.0) for o in others),
        "months": facts.months_with_figures(region, months),
        "months_previous": facts.months_with_figures(region, before),
        "sales_difference": facts.difference(region, months),
    }  # fmt: skip


def shares(row: dict[str, Any]) -> dict[str, Any]:
    """Return growth, shares and share symbols."""
    own, capacity = row["own"], row["capacity"]
    share, before = quotient(own, capacity), quotient(row["own_previous"], row["capacity_previous"])
    above = [n for n, (_name, limit) in enumerate(SYMBOLS) if share is not None and share < limit - 1e-12]
    reached = None if share is None else [*(name for name, _l in SYMBOLS), "below_foothold"][len(above)]
    following = SYMBOLS[len(above) - 1] if above else None
    return {
        "growth": change(capacity, row["capacity_previous"]), "own_growth": change(own, row["own_previous"]),
        "share": share, "share_previous": before,
        "share_change": None if share is None or before is None else share - before,
        "share_symbol": reached, "next_symbol": following and following[0],
        "target_symbol": following and following[1] * capacity,
    }  # fmt: skip


def rivals(row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Return rank, ratio and who is above and below us."""
    own, ranked, past = row["own"], row["rivals"], row["past"]
    first, amount = ranked[0] if ranked else (None, None)
    above = [each for each in ranked if own is not None and each[1] > max(own, 0.0)]
    below = [each for each in ranked if own is not None and each not in above and each[1] < own]
    largest_before = max(past.values(), default=0.0) or None
    nobody = own is None or (own <= 0 and not ranked)
    return {
        "rank": None if nobody else 1 + len(above), "named_rivals": len(ranked), "rival_id": first,
        "rival_name": first and names[first], "rival_sales": amount,
        "rival_previous": past[first] if first else None,
        "rival_growth": change(amount, past[first]) if first else None,
        "rival_share": quotient(amount, row["capacity"]), "ratio": quotient(own, amount),
        "ratio_previous": quotient(row["own_previous"], largest_before),
        "above_id": above[-1][0] if above else None, "above_sales": above[-1][1] if above else None,
        "below_id": below[0][0] if below else None, "below_sales": below[0][1] if below else None,
    }  # fmt: skip


def state_of(own: float | None, rival: float | None) -> str:
    """Return where we stand."""
    if own is None:
        return "own_unknown"
    if rival is None:
        return "no_rival_data"
    if own <= 0:
        return "no_own_sales"
    ratio = own / rival
    for limit, name in ((K, "secured"), (1 + 1e-9, "leading_in_range"), (1 - 1e-9, "tied")):
        if ratio >= limit * (1 - 1e-9 if name == "secured" else 1):
            return name
    return "chasing_in_range" if ratio * K >= 1 - 1e-9 else "out_of_range"


def structure(row: dict[str, Any]) -> str | None:
    """Return the type of the market by its three largest companies."""
    top = sorted([row["own"] or 0.0, *(a for _c, a in row["rivals"])], reverse=True)[:3]
    if not row["capacity"] or max(top) <= 0:
        return None
    one, two, three = [*(a / row["capacity"] for a in top), 0.0, 0.0][:3]
    second, third = one <= two * 3**0.5 * 1.02, two <= three * 3**0.5 * 1.02
    if one >= UPPER * 0.98:
        return "monopoly"
    if one >= STABLE * 0.98 and not second:
        return "dominant"
    if one + two >= UPPER * 0.98 and second:
        return "two_strong"
    if one + two + three >= UPPER * 0.98 and one <= (two + three) * 1.02 and second and third:
        return "three_strong"
    return "fragmented" if one <= LOWER * 1.02 and second and third else "transitional"


def least_target(own: float, amounts: list[float]) -> tuple[float, int]:
    """Return the water level and the number of rivals above it, by bisection."""
    low, high = 0.0, own + sum(amounts)
    for _step in range(200):
        level = (low + high) / 2
        gathered = own + sum(max(0.0, a - level) for a in amounts)
        low, high = (level, high) if gathered > K * level else (low, level)
    return level, sum(a > level * (1 + 1e-12) for a in amounts)


def targets(row: dict[str, Any], state: str) -> dict[str, Any]:
    """Return every version of the No.1 target, what it takes and how far it fits."""
    own, amounts = row["own"], [a for _c, a in row["rivals"]]
    rival, rest, capacity = (amounts or [None])[0], row["contestable"], row["capacity"]
    names = ("fixed", "least", "proportional", "from_rival", "from_others", "base")
    found: dict[str, Any] = dict.fromkeys((*names, "gap", "gap_fixed", "gap_least"))
    level = losers = None
    if rival is not None:
        u = None if own is None else max(own, 0.0)
        found["fixed"] = K * rival if u is None else max(K * rival, u)
        if u is not None:
            level, losers = least_target(u, amounts)
            part, gain = rival / rest, (K * rival - u) / (1 + K)
            found["least"] = K * level
            found["proportional"] = (u + rest) * K * part / (1 + K * part)
            second = amounts[1] if len(amounts) > 1 else 0.0
            found["from_rival"] = u + gain if rival - gain >= second * (1 - 1e-9) else None
            enough = rest - rival >= (K * rival - u) * (1 - 1e-9) - 1e-6
            found["from_others"] = found["fixed"] if enough else None
        if state == "secured":
            found |= dict.fromkeys(("fixed", "least", "proportional", "from_rival", "from_others"), own)
            losers = 0
    found["base"] = found["proportional"] if capacity is not None else found["fixed"]
    for name, source in (("gap", "base"), ("gap_fixed", "fixed"), ("gap_least", "least")):
        value = found[source]
        found[name] = None if value is None or own is None else value - own
    basis = "secured" if state == "secured" else "proportional" if capacity is not None else "fixed"
    gaps = {name: found.pop(name) for name in ("gap", "gap_fixed", "gap_least")}
    return {
        **{f"target_{name}": value for name, value in found.items()}, **gaps,
        "target_basis": None if found["base"] is None else basis,
        "water_level": level, "water_rivals": losers, "rival_part": quotient(rival, rest) if rival else None,
        "contest_sales": None if own is None else max(own, 0.0) + rest,
        **_fit(row, state, found["fixed"], rival), **_lead(own, rival),
    }  # fmt: skip


def _fit(row: dict[str, Any], state: str, fixed: float | None, rival: float | None) -> dict[str, Any]:
    recorded, capacity, own = row["recorded_sales"], row["capacity"], row["own"]
    if fixed is None or rival is None or own is None:
        fit = "no_target"
    elif state == "secured":
        fit = "secured"
    elif recorded is not None and recorded >= (fixed + rival) * (1 - 1e-9):
        fit = "fits_in_market"
    elif capacity is not None and capacity >= (fixed + rival) * (1 - 1e-9):
        fit = "needs_unidentified"
    else:
        fit = "needs_growth_or_leader"
    needed = None if None in (recorded, fixed, own) else recorded + fixed - own
    return {
        "feasibility": fit, "feasible": None if fit == "no_target" else fit in {"secured", "fits_in_market"},
        "market_needed": needed,
    }  # fmt: skip


def _lead(own: float | None, rival: float | None) -> dict[str, Any]:
    ahead = own is not None and rival is not None and own > rival * (1 + 1e-9)
    later = None if rival is None else max(K * rival, own or 0.0)
    return {
        "cushion": own - K * rival if ahead else None,
        "cushion_zero_sum": (own - K * rival) / (1 + K) if ahead else None,
        "target_years": later,
        "needed_growth": (later / own) ** (1 / 3) - 1 if later is not None and own and own > 0 else None,
    }  # fmt: skip
