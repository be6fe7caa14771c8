"""The five strategic principles (战略五大原则) as checks per region [S0] [A.6].

Each check needs its own facts; where they aren't recorded the answer is "unknown", never "pass".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.errors import InputError
from core.i18n import _
from core.market.arrays import Flags, Floats, at_least, divide

PRINCIPLES = ("concentrate", "attack_weak_points", "hold_fortress", "control_key_customers", "visit_everyone")
STATUSES = ("pass", "fail", "unknown", "not_applicable")

# What the caller may know about each region beside the market table; each column may be absent.
ACTIVITY_COLUMNS = (
    "effort",
    "visit_norm",
    "winnable_terminals",
    "winnable_visited",
    "a_customers",
    "a_customers_first",
    "active_customers",
    "unvisited_customers",
)


@dataclass(frozen=True)
class PrincipleOptions:
    """Limits of the checks; the document names the principles and gives no numbers [I].

    Parameters
    ----------
    focus_orders
        Attack orders of the regions that effort should go to.
    allowed_fall
        How much the ratio of a secured region may fall, relatively, before it is an alarm.
    key_customers
        Part of the A customers in which we should be first.
    """

    focus_orders: tuple[int, ...] = (1, 2)
    allowed_fall: float = 0.05
    key_customers: float = 0.5

    def __post_init__(self) -> None:
        if not (0 <= self.allowed_fall < 1 and 0 < self.key_customers <= 1):
            raise InputError(
                _(
                    "The limits of the principle checks are {fall} and {part}; expected 0 to below 1 and "
                    "above 0 to 1.",
                    fall=self.allowed_fall,
                    part=self.key_customers,
                )
            )


@dataclass(frozen=True)
class _Check:
    """Result of one principle over n regions."""

    value: Floats
    threshold: Floats
    applies: Flags
    passed: Flags
    rows: Floats


def principle_checks(
    table: pd.DataFrame,
    activity: pd.DataFrame | None = None,
    *,
    k: float,
    options: PrincipleOptions | None = None,
) -> pd.DataFrame:
    """Check the five principles in every region.

    Parameters
    ----------
    activity
        One row per region, region_id and any of: effort (visits, minutes or money spent there), visit_norm
        (the effort planned), winnable_terminals (a rival leads by less than k) and winnable_visited,
        a_customers and a_customers_first (we are first in the account), active_customers and
        unvisited_customers of the cycle.
    k
        The No.1 multiple of the table.

    Returns
    -------
    pandas.DataFrame
        region_id, principle, status, value, threshold and rows (how many customers or terminals are at
        fault), five rows per region in the order of ``PRINCIPLES``.
    """
    limits = options or PrincipleOptions()
    facts = _facts(table, activity)
    checks = (
        _concentrate(table, facts, limits),
        _attack_weak_points(facts),
        _hold_fortress(table, facts, limits, k),
        _control_key_customers(facts, limits),
        _visit_everyone(facts),
    )
    value = np.stack([check.value for check in checks], axis=1).ravel()
    passed = np.stack([check.passed for check in checks], axis=1).ravel()
    applies = np.stack([check.applies for check in checks], axis=1).ravel()
    status = np.select([~applies, np.isnan(value), passed], [3, 2, 0], default=1)
    return pd.DataFrame(
        {
            "region_id": table["region_id"].repeat(len(PRINCIPLES)).to_numpy(),
            "principle": pd.array(np.tile(np.array(PRINCIPLES, dtype=object), len(table)), dtype="str"),
            "status": pd.array(np.array(STATUSES, dtype=object)[status], dtype="str"),
            "value": value,
            "threshold": np.stack([check.threshold for check in checks], axis=1).ravel(),
            "rows": pd.array(np.stack([check.rows for check in checks], axis=1).ravel(), dtype="Int64"),
        }
    )


def _facts(table: pd.DataFrame, activity: pd.DataFrame | None) -> dict[str, Floats]:
    given = pd.DataFrame({"region_id": []}) if activity is None else activity
    if not given["region_id"].is_unique:
        raise InputError(_("A region occurs twice in the activity table."))
    aligned = given.set_index("region_id").reindex(table["region_id"])
    return {
        name: aligned[name].to_numpy(np.float64, na_value=np.nan)
        if name in aligned.columns
        else np.full(len(table), np.nan)
        for name in ACTIVITY_COLUMNS
    }


def _concentrate(table: pd.DataFrame, facts: dict[str, Floats], limits: PrincipleOptions) -> _Check:
    """集中: a focus region's part of the effort is at least its part of the opportunity."""
    opportunity = np.fmax(table["opportunity"].to_numpy(np.float64), 0.0)
    effort = facts["effort"]
    part = divide(effort, np.full(len(effort), np.nansum(effort)))
    deserved = divide(opportunity, np.full(len(effort), opportunity.sum()))
    value = divide(part, deserved)
    focus = table["attack_order"].isin(limits.focus_orders).to_numpy(bool)
    # A shrinking market offers nothing to be proportional to.
    return _Check(value, _like(value, 1.0), focus & (opportunity > 0), at_least(value, 1.0), _like(value))


def _attack_weak_points(facts: dict[str, Floats]) -> _Check:
    """攻击弱者与薄弱环节: terminals that can be won are visited at least as often as all customers."""
    winnable, visited = facts["winnable_terminals"], facts["winnable_visited"]
    value = divide(visited, winnable)
    everywhere = divide(facts["active_customers"] - facts["unvisited_customers"], facts["active_customers"])
    known = np.where(np.isnan(everywhere), np.nan, value)
    return _Check(known, everywhere, ~(winnable == 0), at_least(value, everywhere), winnable - visited)


def _hold_fortress(
    table: pd.DataFrame, facts: dict[str, Floats], limits: PrincipleOptions, k: float
) -> _Check:
    """巩固要塞: where we are or were secured, the ratio doesn't fall and the visit norm is kept."""
    ratio, before = table["ratio"].to_numpy(np.float64), table["ratio_previous"].to_numpy(np.float64)
    fortress = at_least(ratio, k) | at_least(before, k)
    change = divide(ratio, before) - 1
    visited = ~(facts["effort"] < facts["visit_norm"])
    held = at_least(ratio, k) & (change >= -limits.allowed_fall) & visited
    return _Check(change, _like(change, -limits.allowed_fall), fortress, held, _like(change))


def _control_key_customers(facts: dict[str, Floats], limits: PrincipleOptions) -> _Check:
    """控制大客户: we are first in enough of the A customers."""
    customers, first = facts["a_customers"], facts["a_customers_first"]
    value = divide(first, customers)
    return _Check(
        value,
        _like(value, limits.key_customers),
        ~(customers == 0),
        at_least(value, limits.key_customers),
        customers - first,
    )


def _visit_everyone(facts: dict[str, Floats]) -> _Check:
    """未访问客户为零: no active customer without a visit in the cycle."""
    unvisited = facts["unvisited_customers"]
    return _Check(
        unvisited, _like(unvisited, 0.0), ~(facts["active_customers"] == 0), unvisited == 0, unvisited
    )


def _like(values: Floats, fill: float = np.nan) -> Floats:
    return np.full(len(values), fill)
