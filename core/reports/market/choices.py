"""What can be chosen: months, levels, companies, categories, markets; and the checks of a request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import InputError, nearest
from core.i18n import N_, _, current_language
from core.store.market import market as read
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.market.request import MarketRequest
    from core.store.database import Store

LEVEL_LABELS = {
    "country": N_("Country"),
    "area": N_("Sales area"),
    "province": N_("Province"),
    "city": N_("City"),
    "county": N_("County"),
    "town": N_("Town"),
    "custom": N_("Own level"),
}
# A page opens with the finest level that still fits one picture.
MOST_REGIONS = 400


@dataclass(frozen=True)
class Choices:
    """What the data offer.

    Parameters
    ----------
    first_month, last_month
        First days of the months with figures.
    levels
        Label by level code, from the top of the tree down.
    companies
        Name by company_id: the own company first, then by sales, companies without any last.
    own_company
        The company marked as one's own, else the largest named one; empty when there is none.
    categories
        Product categories that can be looked at alone.
    markets
        Name by market_id.
    regions
        Number of regions by level.
    """

    first_month: dt.date
    last_month: dt.date
    levels: Mapping[str, str]
    default_level: str
    companies: Mapping[str, str]
    own_company: str
    categories: tuple[str, ...]
    markets: Mapping[str, str]
    regions: Mapping[str, int]


def level_label(code: str) -> str:
    """Return the label of a level; a word of the user's own is its own label."""
    return _(LEVEL_LABELS[code]) if code in LEVEL_LABELS else code


def names_of(table: pd.DataFrame) -> pd.Series:
    """Return the name column of the language in use."""
    return table["name"] if current_language() == "zh_CN" else table["name_en"].fillna(table["name"])


def required_choices(store: Store, scope: Scope = EVERYTHING) -> Choices:
    """Return what can be chosen.

    Raises
    ------
    InputError
        There are no figures or no regions yet.
    """
    offered = choices(store, scope)
    if offered is None:
        raise InputError(
            _("The store has no sales and no capacity yet."),
            _("Import a market, or make a sample with “python -m core sample”."),
        )
    return offered


def choices(store: Store, scope: Scope = EVERYTHING) -> Choices | None:
    """Return what can be chosen, or None while there are no figures or no regions."""
    contents = read.contents(store, scope=scope)
    levels = read.levels(store, scope=scope)
    if contents.empty or levels.empty:
        return None
    companies = read.companies(store)
    sold = contents[contents["market_key"] == "all"].set_index("company_id")["amount"]
    companies = companies.assign(sold=companies["company_id"].map(sold).fillna(0.0))
    companies = companies.sort_values(
        ["is_self", "is_aggregate", "sold", "company_id"], ascending=[False, True, False, True]
    )
    markets = read.markets(store)
    keys = {
        str(key).removeprefix("category:")
        for key in contents["market_key"]
        if str(key).startswith("category:")
    }
    counts = dict(zip(levels["level"], levels["regions"].astype(int), strict=True))
    fitting = [level for level, count in counts.items() if count <= MOST_REGIONS]
    return Choices(
        first_month=read.first_day(contents["first_month"].min()),
        last_month=read.first_day(contents["last_month"].max()),
        levels={level: level_label(level) for level in counts},
        default_level=(fitting or list(counts))[-1],
        companies=dict(zip(companies["company_id"], names_of(companies), strict=True)),
        own_company=_own(companies),
        categories=tuple(sorted(keys | set(markets["category"].dropna()))),
        markets=dict(zip(markets["market_id"], markets["name"], strict=True)),
        regions=counts,
    )


def _own(companies: pd.DataFrame) -> str:
    named = companies[~companies["is_aggregate"]]
    return "" if named.empty else str(named["company_id"].iloc[0])


def market_names(store: Store, scope: Scope = EVERYTHING) -> dict[str, str]:
    """Return the name of every market with figures by its key: all kinds together first."""
    markets = names_by_id(read.markets(store), "market_id")
    keys = sorted(
        set(read.contents(store, scope=scope)["market_key"]) | {"all"}, key=lambda key: key != "all"
    )
    return {
        key: _("All categories") if key == "all" else markets.get(key, key.removeprefix("category:"))
        for key in keys
    }


def market_key(store: Store, request: MarketRequest) -> tuple[str, str | None]:
    """Return the key of the figures a request means, and a hint where the category has several markets.

    Returns
    -------
    tuple
        The key, and the other market_ids of that category, joined; None when there are none.

    Raises
    ------
    InputError
        There is no such market, or the market has another category.
    """
    if request.market_id == "all" and request.category is None:
        return "all", None
    markets = read.markets(store)
    if request.market_id != "all":
        known = markets.set_index("market_id")["category"]
        if request.market_id not in known.index:
            raise unknown(_("market"), request.market_id, names_by_id(markets, "market_id"))
        if request.category is not None and known[request.market_id] != request.category:
            raise InputError(
                _(
                    "The market {market} isn't one of the category {category}.",
                    market=request.market_id,
                    category=request.category,
                ),
                _("Name the market or the category, not both."),
            )
        return request.market_id, None
    matching = sorted(markets.loc[markets["category"] == request.category, "market_id"])
    if not matching:
        return f"category:{request.category}", None
    return matching[0], ", ".join(matching[1:]) or None


def check_request(
    store: Store, request: MarketRequest, companies: pd.DataFrame, regions: pd.DataFrame
) -> None:
    """Refuse a company, category, level or region that the data don't have.

    Parameters
    ----------
    companies, regions
        What :mod:`core.store.market.market` found for it.

    Raises
    ------
    InputError
        Names the value and the nearest valid one.
    """
    if request.own_company not in set(companies["company_id"]):
        raise unknown(_("company"), request.own_company, names_by_id(companies, "company_id"))
    if request.within is not None and request.within not in set(regions.loc[regions["is_top"], "region_id"]):
        known = read.region_names(store, scope=request.scope)
        raise unknown(_("region"), request.within, names_by_id(known, "region_id"))
    if not regions["is_listed"].any():
        found = list(read.levels(store, scope=request.scope)["level"])
        if request.level not in found:
            raise unknown(_("level"), request.level, {level: level_label(level) for level in found})
        raise InputError(
            _(
                "There is no region of the level {level} in {within}.",
                level=level_label(request.level),
                within=request.within,
            ),
            _("Choose a level below it."),
        )


def check_category(store: Store, request: MarketRequest) -> None:
    """Refuse a category without any figures or market.

    Raises
    ------
    InputError
        Names the category and the nearest one with figures.
    """
    offered = choices(store, request.scope)
    categories = offered.categories if offered is not None else ()
    if request.category is not None and request.category not in categories:
        raise unknown(_("category"), request.category, {name: name for name in categories})


def names_by_id(table: pd.DataFrame, key: str) -> dict[str, str]:
    """Return the names of a table by their ids."""
    return dict(zip(table[key], table["name"], strict=True))


def unknown(kind: str, value: str, allowed: Mapping[str, str]) -> InputError:
    """Return the error for an id that the data don't have, with the nearest id or name they do have.

    Parameters
    ----------
    kind
        What it should be the id of, in the language in use.
    value
        What was given.
    allowed
        Name by valid id.
    """
    suggestion = nearest(value, allowed)
    if suggestion is None:
        by_name = {name: key for key, name in allowed.items()}
        suggestion = by_name.get(nearest(value, by_name) or "")
    shown = [key if key == name else f"{key} ({name})" for key, name in list(allowed.items())[:12]]
    hint = _("Choose one of: {allowed}.", allowed=", ".join(shown) + (" ..." if len(allowed) > 12 else ""))
    if suggestion is not None:
        name = allowed[suggestion]
        meant = suggestion if name == suggestion else f"{suggestion} ({name})"
        hint = _("Did you mean {suggestion}?", suggestion=meant) + " " + hint
    return InputError(_("There is no {kind} {value} in the data.", kind=kind, value=value), hint)
