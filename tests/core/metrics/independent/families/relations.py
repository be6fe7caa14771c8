"""The KPIs of relationships and key accounts from raw facts."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from statistics import median
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.customers.accounts.relationship import ADVICE, NEXT_LEVEL
from core.i18n import _
from tests.core.metrics.independent.families.raw import OWN, TODAY, YEAR

if TYPE_CHECKING:
    from tests.core.metrics.independent.families.raw import Raw

FACTORS = ("size", "relations", "timing", "their_resources", "our_resources")
POLICIES = ("supply_first", "all_factors", "new_products_first", "support_promotions")
STEPS = ("classify", "analyse", "buying", "influences", "transactions", "competition", "forecast", "offer")
CHECKS = ("communication", "agreed_goals", "agreed_actions", "product_quality", "service_quality",
          "smooth_logistics", "best_profit")  # fmt: skip
KEY = {"dealer": ("dealer_id", "owner_employee_id"), "terminal": ("terminal_id", "employee_id")}


def relations(raw: Raw, kind: str) -> pd.DataFrame:
    """Return every customer with a state of the last month or a visit in the period."""
    rows = raw["relation"][raw["relation"]["customer_type"] == kind]
    months = sorted(rows["month"].unique())
    now, before = (
        rows[rows["month"] == month].set_index("customer_id") for month in (months[-1], months[-2])
    )
    customers = raw[kind].set_index(KEY[kind][0])
    close = _visited(raw, kind)
    # Who has no shop isn't visited in one; who has some and isn't visited was visited never.
    shops = set(raw["terminal"].loc[raw["terminal"]["status"] != "closed", KEY[kind][0]])
    found = {}
    for key in customers.index:
        state, level = (now.at[key, name] if key in now.index else None for name in ("state", "level"))
        visits = close.get(key)
        if (state is None or pd.isna(state)) and visits is None:
            continue
        said = [_(ADVICE[state])] if isinstance(state, str) and state in ADVICE else []
        said += (
            [_(NEXT_LEVEL[level])]
            if isinstance(level, str) and level in NEXT_LEVEL and state != "opposed"
            else []
        )
        found[key] = {
            "place": raw.names.get(customers.at[key, "region_id"]), "state": state, "level_code": level,
            "state_before": before.at[key, "state"] if key in before.index else None,
            "satisfaction": now.at[key, "satisfaction"] if key in now.index else None,
            "advice": " ".join(said),
        } | (visits or {"visits": 0 if key in shops else None})  # fmt: skip
    return pd.DataFrame(found).T


def _visited(raw: Raw, kind: str) -> dict[str, dict[str, Any]]:
    """Return minutes, number of visits and cell of each customer visited."""
    shops = raw["terminal"][raw["terminal"]["status"] != "closed"][["terminal_id", "dealer_id"]]
    seen = raw.visited(YEAR[0], TODAY).merge(shops, on="terminal_id")
    span = pd.to_datetime(seen["end_at"]) - pd.to_datetime(seen["start_at"])
    seen["minutes"] = span.dt.total_seconds() / 60
    groups = seen.groupby(KEY[kind][0])["minutes"]
    dwell, visits = groups.mean(), groups.size()
    long, often = median(dwell.dropna()), median(visits)
    cells = {
        (True, True): "close",
        (False, True): "dependent",
        (True, False): "intimate",
        (False, False): "distant",
    }
    return {
        key: {
            "dwell": dwell[key], "visits": visits[key],
            "cell": None if pd.isna(dwell[key]) else cells[bool(dwell[key] >= long),
            bool(visits[key] >= often)],
        }
        for key in visits.index
    }  # fmt: skip


def key_accounts(raw: Raw, kind: str) -> pd.DataFrame:
    """Return large dealers and everybody with a form of a key account."""
    names = ("key_account", "key_account_book", "churn_check")
    saved = {name: {form["customer_id"]: form for form in raw.forms(name, kind)} for name in names}
    actions = raw.forms("key_account_action", kind)
    asked = {key for forms in saved.values() for key in forms} | {action["customer_id"] for action in actions}
    customers = raw[kind].set_index(KEY[kind][0])
    chosen = [
        key
        for key in customers.index
        if key in asked or (kind == "dealer" and customers.at[key, "tier"] == "large")
    ]
    sales, orders, visits = _contacts(raw, kind)
    found = {}
    for key in chosen:
        said, book, check = (saved[name].get(key) for name in names)
        functions = {
            c["function"]
            for c in raw.forms("contacts", kind)
            if c["customer_id"] == key and c.get("function")
        }
        broad = len(functions)
        inferred = "strategic" if broad >= 5 else "partner" if broad >= 2 else "ordinary" if broad else None
        points = [said[name] for name in FACTORS if (said or {}).get(name) is not None] if said else []
        open_ = [
            action for action in actions if action["customer_id"] == key and action.get("state") != "done"
        ]
        found[key] = {
            "place": raw.names.get(customers.at[key, "region_id"]), "sales": sales.get(key),
            "type": (said or {}).get("type") or inferred, "functions": broad,
            "stage": (said or {}).get("stage"),
            "opportunity": sum(points) * 10 / len(points) if points else None,
            "opportunity_known": len(points) / 5,
            "policies": None if said is None else sum(said.get(name) is True for name in POLICIES),
            "workbook": sum(bool((book or {}).get(name)) for name in STEPS) / 8,
            "risk": _risk(check or {}, orders.get(key), visits.get(key)), "actions": len(open_),
            "late": sum(dt.date.fromisoformat(action["end"]) < TODAY for action in open_),
        }  # fmt: skip
    return pd.DataFrame(found).T


def _contacts(raw: Raw, kind: str) -> tuple[pd.Series, dict[str, dt.date], dict[str, dt.date]]:
    """Return sales, last order and last visit or call-back of each customer."""
    if kind == "dealer":
        bought = raw.dealer_months[raw.dealer_months["sell_in"] > 0].groupby("dealer_id")["month"].max()
        orders = {
            key: month.replace(day=monthrange(month.year, month.month)[1]) for key, month in bought.items()
        }
        days: dict[str, dt.date] = {}
        for call in raw.forms("call_back"):
            day = dt.date.fromisoformat(call["called_on"])
            if day <= TODAY:
                days[call["customer_id"]] = max(day, days.get(call["customer_id"], day))
        return raw.sell_in(YEAR), orders, days
    own = raw.shop_months[(raw.shop_months["company_id"] == OWN) & raw.shop_months["month"].isin(YEAR)]
    seen = raw["visit"].assign(day=pd.to_datetime(raw["visit"]["start_at"]).dt.date)
    ordered = seen[seen["order_amount"] > 0].groupby("terminal_id")["day"].max().to_dict()
    return (
        own.groupby("terminal_id")["amount"].sum(),
        ordered,
        seen.groupby("terminal_id")["day"].max().to_dict(),
    )


def _risk(check: dict[str, Any], order: dt.date | None, visit: dt.date | None) -> str:
    unmet = sum(check.get(name) is False for name in CHECKS)
    unanswered = sum(check.get(name) is None for name in CHECKS)
    silent = sum(day is None or (TODAY - day).days >= limit for day, limit in ((order, 45), (visit, 30)))
    warnings = unmet + silent
    if warnings >= 3:
        return "high"
    return "middle" if warnings >= 1 else "unknown" if unanswered else "low"
