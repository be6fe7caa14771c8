"""The KPIs of distribution and of the score sheets from raw facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from tests.core.metrics.independent.families.raw import OWN, TODAY, YEAR, YEAR_BEFORE

if TYPE_CHECKING:
    import datetime as dt

    from tests.core.metrics.independent.families.raw import Raw

GROUPS = {"region": "place_id", "type": "outlet_type", "grade": "grade", "status": "status"}


def open_shops(raw: Raw, level: str = "county") -> pd.DataFrame:
    """Return the shops that aren't closed, with what everybody and we sold there in both years."""
    shops = raw["terminal"][raw["terminal"]["status"] != "closed"].set_index("terminal_id")
    levels = dict(zip(raw["region"]["region_id"], raw["region"]["level"], strict=True))
    paths = {region: raw.path(region) for region in shops["region_id"].unique()}
    shops["place_id"] = shops["region_id"].map(
        {
            region: next((each for each in path if levels[each] == level), None)
            for region, path in paths.items()
        }
    )
    shops["parent_id"] = shops["place_id"].map(raw.parents)
    for when, months in (("", YEAR), ("_previous", YEAR_BEFORE)):
        own, category = _sold(raw, months)
        # More taken back than sold, ours or a rival's: such a shop says nothing about its shelf.
        says = (category >= 0) & (own >= 0) & ~(own > category + abs(category) * 1e-9)
        shops[f"own{when}"], shops[f"category{when}"] = own.where(says), category.where(says)
    counts = raw["inventory"]
    counts = counts[(counts["customer_type"] == "terminal") & (counts["as_of"] <= TODAY)]
    counts = counts[counts["as_of"] == counts.groupby("customer_id")["as_of"].transform("max")]
    shops["products"] = counts.groupby("customer_id").size()
    shops["empty"] = (counts["quantity"] <= 0).groupby(counts["customer_id"]).sum()
    return shops


def _sold(raw: Raw, months: list[dt.date]) -> tuple[pd.Series, pd.Series]:
    rows = raw.shop_months[raw.shop_months["month"].isin(months)]
    category = rows.groupby("terminal_id")["amount"].sum()
    own = rows[rows["company_id"] == OWN].groupby("terminal_id")["amount"].sum()
    return own.reindex(category.index).fillna(0.0), category


def distribution(shops: pd.DataFrame, column: str | None = None) -> pd.DataFrame:
    """Return the measures of distribution, stock and change, of all shops or by the values of a column."""
    groups = {"all": shops} if column is None else {
        key: shops[shops[column].fillna("") == key] for key in shops[column].fillna("").unique()}  # fmt: skip
    return pd.DataFrame({key: _measured(part) for key, part in groups.items()}).T


def _weights(shops: pd.DataFrame, when: str) -> dict[str, float | None]:
    known = shops[shops[f"category{when}"].notna()]
    own, category = known[f"own{when}"], known[f"category{when}"]
    handlers = known[own > 0]
    theirs = handlers[f"category{when}"].sum()
    return {
        "known": len(known), "handlers": len(handlers), "own": own.sum(), "category": category.sum(),
        "nd": len(handlers) / len(known) if len(known) else None,
        "wd": theirs / category.sum() if category.sum() > 0 else None,
        "sih": own.sum() / theirs if theirs > 0 else None,
        "share": own.sum() / category.sum() if category.sum() > 0 else None,
    }  # fmt: skip


def _measured(shops: pd.DataFrame) -> dict[str, object]:
    now, before = _weights(shops, ""), _weights(shops, "_previous")
    counted = shops[shops["products"].notna()]
    change = distributed = shelf = None
    if now["wd"] is not None and before["wd"] is not None:
        sih_now, sih_before = now["sih"], before["sih"]
        if sih_now is None and sih_before is None:
            sih_now = sih_before = 0.0
        sih_now, sih_before = (
            sih_before if sih_now is None else sih_now,
            sih_now if sih_before is None else sih_before,
        )
        change = now["wd"] * sih_now - before["wd"] * sih_before
        distributed = (now["wd"] - before["wd"]) * (sih_now + sih_before) / 2
        shelf = change - distributed
    return now | {
        "outlets": len(shops), "unknown": len(shops) - now["known"], "blank": now["known"] - now["handlers"],
        "per_handler": now["own"] / now["handlers"] if now["handlers"] else None,
        "quality": now["wd"] / now["nd"] if now["nd"] and now["wd"] is not None else None,
        "counted": len(counted), "change": change, "distribution_effect": distributed,
        "in_store_effect": shelf,
        "out_of_stock": counted["empty"].sum() / counted["products"].sum() if len(counted) else None,
    }  # fmt: skip


def rollout(shops: pd.DataFrame) -> pd.DataFrame:
    """Return how many places of each region above them have a shop that sold ours."""
    found = {}
    for region, part in shops.groupby("parent_id"):
        sells = part["own"] > 0
        towns, developed = part["place_id"].nunique(), part.loc[sells, "place_id"].nunique()
        found[region] = {
            "towns": towns, "developed": developed, "development_rate": developed / towns,
            "outlets": len(part),
            "handlers": int(sells.sum()), "blank": int((part["category"].notna() & ~sells).sum()),
        }  # fmt: skip
    return pd.DataFrame(found).T


def sheets(raw: Raw) -> pd.DataFrame:
    """Return the latest score sheet of each shop, with the change against the one before."""
    rows = raw["score_item"][raw["score_item"]["assessed_on"] <= TODAY]
    people = raw["employee"].set_index("employee_id")["name"]
    shops = raw["terminal"].set_index("terminal_id")["region_id"]
    found: dict[str, dict[str, object]] = {}
    for sheet, items in sorted(
        rows.groupby("sheet_id"), key=lambda each: (each[1]["assessed_on"].max(), each[0])
    ):
        first = items.iloc[0]
        scores = items.dropna(subset=["score"])
        score = scores["score"].sum() if scores["item_no"].nunique() == 10 else None
        shop = first["terminal_id"]
        last = found.get(shop, {}).get("score")
        found[shop] = {
            "place": raw.names.get(shops[shop]), "place_id": shops[shop],
            "employee": people.get(first["employee_id"]),
            "employee_id": first["employee_id"], "assessed_on": first["assessed_on"],
            "assessor": first["assessor"],
            "score": score, "scored": len(scores), "sheet_id": sheet,
            "score_change": None if score is None or last is None else score - last,
        }  # fmt: skip
    return pd.DataFrame(found).T


def sheet_groups(latest: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return number and mean of the latest sheets by rep or place."""
    groups = latest.groupby(column)["score"]
    return pd.DataFrame({"sheets": groups.size(), "score": groups.apply(lambda x: x.astype(float).mean())})
