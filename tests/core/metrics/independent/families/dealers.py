"""The KPIs of the dealers' family from raw facts: decision, contribution, owners, calls, faithfulness."""

from __future__ import annotations

import datetime as dt
import itertools
from statistics import fmean, pstdev
from typing import TYPE_CHECKING, Any

import pandas as pd

from tests.core.metrics.independent.families.raw import TODAY, YEAR, YEAR_BEFORE, classes, growth, months_back

if TYPE_CHECKING:
    from tests.core.metrics.independent.families.raw import Raw

FUNCTIONS = ("sales_team", "information", "channel_management")
DAYS = {"large": 30, "medium": 60, "small": 90}
RANK = {"rep": 0, "manager": 1, "director": 2}
MARKS = {"network": (5.0, 25), "capability": (5.0, 25), "present": (5.0, 30), "future": (4.0, 20)}


def dealer_board(raw: Raw) -> pd.DataFrame:
    """Return every dealer with all that is judged, on dealer_id."""
    table = raw["dealer"].set_index("dealer_id")
    people = raw["employee"].set_index("employee_id")
    table["place"] = table["region_id"].map(raw.names)
    for name in ("owner", "backup"):
        ids = table[f"{name}_employee_id"]
        table[f"{name}_id"], table[name] = ids, ids.map(people["name"])
        table[f"{name}_active"] = ids.map(people["active"])
    table["owner_role"] = table["owner_id"].map(people["role"])
    listed = raw["terminal"][~raw["terminal"]["status"].isin(["blank", "closed"])]
    table["terminals"] = listed.groupby("dealer_id").size().reindex(table.index).fillna(0)
    table["sell_in"], table["before"] = raw.sell_in(YEAR), raw.sell_in(YEAR_BEFORE)
    table["sell_out"] = raw.sell_in(YEAR, "sell_out")
    table["growth"] = growth(table["sell_in"], table["before"])
    graded = classes(table["sell_in"])
    table = table.join(graded[["rank", "part", "cumulated"]])
    table["proposed"] = graded["grade"].map({"A": "large", "B": "medium", "C": "small"})
    rows = table.to_dict("index")
    found = pd.DataFrame({key: _owned(row) | _called(raw, key, row) | _decided(raw, key, row)
                          for key, row in rows.items()}).T  # fmt: skip
    table = table.join(found).join(faithfulness(raw, table.index))
    return table.join(_core(table))


def _owned(row: dict[str, Any]) -> dict[str, Any]:
    owner, backup, tier = row["owner_id"], row["backup_id"], row["tier"]
    needed = {"large": "director", "medium": "manager", "small": "manager"}.get(tier)
    own = [
        ("no_owner", pd.isna(owner)), ("owner_unknown", pd.isna(row["owner"])),
        ("owner_left", row["owner_active"] is False), ("tier_unknown", needed is None),
        ("role_unknown", row["owner_role"] not in RANK),
        ("too_low", RANK.get(row["owner_role"], 0) < RANK.get(str(needed), 0)),
    ]  # fmt: skip
    stand_in = [
        ("no_backup", pd.isna(backup)), ("backup_unknown", pd.isna(row["backup"])),
        ("backup_left", row["backup_active"] is False), ("same_person", owner == backup),
    ]  # fmt: skip
    first = [next((name for name, is_so in checks if is_so), "fine") for checks in (own, stand_in)]
    return {"required_role": needed, "owner_finding": first[0], "backup_finding": first[1]}


def _called(raw: Raw, dealer: str, row: dict[str, Any]) -> dict[str, Any]:
    calls = [
        dt.date.fromisoformat(c["called_on"]) for c in raw.forms("call_back") if c["customer_id"] == dealer
    ]
    last = max(calls, default=None)
    following = TODAY if last is None else last + dt.timedelta(DAYS.get(row["tier"], 90))
    late = (TODAY - following).days
    state = "never" if last is None else "overdue" if late > 0 else "soon" if late >= -7 else "later"
    return {"last_call": last, "next_call": following, "call_state": state}


def _decided(raw: Raw, dealer: str, row: dict[str, Any]) -> dict[str, Any]:
    records = [record for record in raw.forms("dealer_decision") if record["customer_id"] == dealer]
    last = max(records, key=lambda record: (record["decided_on"], record["updated_at"]), default={})
    known = {name: row.get(name) if not pd.isna(row.get(name)) else last.get(name)
             for name in ("attitude", "capability", "accepts_training", *FUNCTIONS,
             "can_transform")}  # fmt: skip
    tree, asks = _tree(known)
    decided = last.get("disposition")
    shown = decided or tree
    return {
        "tree": tree, "asks": asks, "disposition": shown, "decided_on": last.get("decided_on"),
        "decided_by": last.get("updated_by"), "differs": bool(decided and tree and decided != tree),
        "at_risk": row["sell_in"] if shown == "eliminate" else None,
    }  # fmt: skip


def _tree(known: dict[str, Any]) -> tuple[str | None, str | None]:  # noqa: PLR0911 - one return per leaf
    """Walk the tree of docs/methods/dealers.md: what becomes of the dealer, or the answer to ask for."""
    for name, limit in (("attitude", 4), ("capability", 3)):
        if known[name] is None:
            return None, name
        if known[name] < limit:
            return "eliminate", None
    if known["capability"] < 6:
        willing = known["accepts_training"]
        return (None, "accepts_training") if willing is None else ("train" if willing else "eliminate", None)
    for name in FUNCTIONS:
        if known[name] is None:
            return None, name
    if all(known[name] for name in FUNCTIONS):
        return "keep", None
    if known["can_transform"] is None:
        return None, "can_transform"
    return ("transform" if known["can_transform"] else "redraw"), None


def faithfulness(raw: Raw, dealers: pd.Index) -> pd.DataFrame:
    """Return months with orders, rhythm, stability of the share, trend and state over two years."""
    rows = raw.dealer_months[raw.dealer_months["month"].isin(months_back(24))]
    wide = rows.pivot_table(index="dealer_id", columns="month", values="sell_in", aggfunc="sum")
    first = min(rows["month"])
    months = [month for month in months_back(24) if month >= first]
    wide = wide.reindex(index=dealers, columns=months)
    sold = wide.where(wide > 0)
    whole = sold.sum()
    found = {}
    for dealer in dealers:
        at = [place for place, month in enumerate(months) if sold.at[dealer, month] > 0]
        amounts = [sold.at[dealer, months[place]] for place in at]
        gaps = [later - earlier for earlier, later in itertools.pairwise(at)]
        shares = [sold.at[dealer, months[place]] / whole[months[place]] for place in at]
        rhythm = pstdev(gaps) / fmean(gaps) if len(gaps) >= 2 else None
        slope = _slope(at, amounts) / fmean(amounts) if len(at) >= 3 else None
        varied = pstdev(amounts) / fmean(amounts) if len(amounts) >= 2 else 0.0
        state = "steady"
        if len(at) < 3:
            state = "new"
        elif len(months) - 1 - at[-1] > 3 * fmean(gaps):
            state = "lapsed"
        elif slope is not None and slope < -0.02:
            state = "fading"
        elif max(rhythm or 0.0, varied) > 0.5:
            state = "irregular"
        found[dealer] = {
            "months_active": len(at), "interval_cv": rhythm, "trend": slope, "state": state,
            "share_cv": pstdev(shares) / fmean(shares) if len(shares) >= 2 else None,
        }  # fmt: skip
    return pd.DataFrame(found).T


def _slope(places: list[int], amounts: list[float]) -> float:
    middle = fmean(places)
    return sum((x - middle) * y for x, y in zip(places, amounts, strict=True)) / sum(
        (x - middle) ** 2 for x in places
    )


def _core(table: pd.DataFrame) -> pd.DataFrame:
    own = table["terminals"]
    below = own.groupby(table["parent_dealer_id"]).sum().reindex(table.index).fillna(0)
    both = table[table["sell_in"].notna() & table["before"].notna()]
    overall = both["sell_in"].sum() / both["before"].sum() - 1
    parts = {
        "network": _placed(own + below), "capability": table["capability"],
        "present": _placed(table["sell_in"]),
        "future": (5 + (table["growth"] - overall) / 0.2 * 5).clip(0, 10),
    }  # fmt: skip
    rows = {}
    for dealer in table.index:
        scores = {name: parts[name][dealer] for name in MARKS}
        unknown = any(pd.isna(score) for score in scores.values())
        failed = any(score < MARKS[name][0] for name, score in scores.items() if not pd.isna(score))
        score = None if unknown else sum(MARKS[name][1] * score for name, score in scores.items()) / 100
        rows[dealer] = {"score": score, "verdict": "not_core" if failed else "unknown" if unknown else "core"}
    return pd.DataFrame(rows).T


def _placed(values: pd.Series) -> pd.Series:
    """Return ten times the part of the others that are below, equal ones counting half."""
    known = values.dropna()
    return values.map(
        lambda x: None if pd.isna(x) else 0.0 if x <= 0
        else 10 * ((known < x).sum() + ((known == x).sum() - 1) / 2) / (len(known) - 1)
    ).astype(float)  # fmt: skip
