"""The market table: everything the product says about a region, one row per region."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.market.advice import MISSING, WARNINGS, joined, method_warnings
from core.market.arrays import Codes, Floats, above, divide, relative_change, text_column, to_fen
from core.market.attack import attack_rank
from core.market.flips import INPUTS as FLIP_INPUTS
from core.market.flips import state_flip, target_step, zone_flip
from core.market.markets import read_markets
from core.market.number_one import (
    FEASIBILITY,
    STATES,
    Targets,
    cushion,
    feasibility,
    state,
    targets,
    years_ahead,
)
from core.market.quadrant import (
    BCG,
    DIFFICULTY,
    DIRECTION,
    ZONES,
    Axes,
    bcg_cells,
    borderline,
    rank_in_zone,
    resolve_cuts,
    robustness,
    zones,
)
from core.market.share import own_rank
from core.market.structure import STRUCTURES, market_structure, top_three
from core.market.symbols import SYMBOL_CODES, next_symbol, symbol_reached

if TYPE_CHECKING:
    from core.market.model import Markets
    from core.market.options import MarketOptions

TARGET_BASIS = ("proportional", "fixed", "secured")


def market_table(sales: pd.DataFrame, capacity: pd.DataFrame, options: MarketOptions) -> pd.DataFrame:
    """Compute the market table.

    Parameters
    ----------
    sales
        One row per region and company: region_id, company_id, is_aggregate, amount, amount_previous
        (yuan, NaN = nothing recorded).
    capacity
        One row per region: region_id, capacity, capacity_previous (yuan, NaN = unknown).
    options
        Whose table it is, and the lines it draws.

    Returns
    -------
    pandas.DataFrame
        One row per region, in the order of ``capacity``. Codes are English identifiers; their labels are in
        :mod:`core.market.labels`, the meaning of each column in :mod:`core.metrics`. Targets and gaps are
        yuan rounded to the fen, halves up; a gap is exactly target less own sales.

    Raises
    ------
    InputError
        A table lacks a column, an id is empty, or a row occurs twice.
    """
    markets = read_markets(sales, capacity, options.own_company)
    standing = _state(markets, options)
    found = targets(markets, options.k)
    return pd.DataFrame(
        {
            "region_id": markets.region_ids,
            **_shares(markets, options),
            **_rivals(markets),
            "state": text_column(standing, STATES),
            "structure": text_column(_structure(markets, options), STRUCTURES),
            **_targets(markets, found, options),
            **_zones(markets, found, standing, options),
            **_flips(markets, options),
            **_flags(markets),
        }
    )


def market_axes(table: pd.DataFrame) -> Axes:
    """Return the quadrants' axes of a market table, for the values of the cuts and their presets."""
    columns = ("capacity", "capacity_previous", "own", "growth", "share", "ratio")
    return Axes(*(table[column].to_numpy(np.float64, na_value=np.nan) for column in columns))


def _axes(markets: Markets) -> Axes:
    return Axes(
        capacity=markets.capacity,
        capacity_previous=markets.capacity_previous,
        own=markets.own,
        growth=relative_change(markets.capacity, markets.capacity_previous),
        share=divide(markets.own, markets.capacity),
        relative_share=divide(markets.own, markets.benchmark),
    )


def _shares(markets: Markets, options: MarketOptions) -> dict[str, object]:
    share = divide(markets.own, markets.capacity)
    share_previous = divide(markets.own_previous, markets.capacity_previous)
    following, following_share = next_symbol(share, practice=options.practice_symbols)
    return {
        "capacity": markets.capacity,
        "capacity_previous": markets.capacity_previous,
        "growth": relative_change(markets.capacity, markets.capacity_previous),
        "own": markets.own,
        "own_previous": markets.own_previous,
        "own_growth": relative_change(markets.own, markets.own_previous),
        "share": share,
        "share_previous": share_previous,
        "share_change": share - share_previous,
        "share_symbol": text_column(symbol_reached(share, practice=options.practice_symbols), SYMBOL_CODES),
        "next_symbol": text_column(following, SYMBOL_CODES),
        "target_symbol": to_fen(following_share * markets.capacity) / 100,
    }


def _rivals(markets: Markets) -> dict[str, object]:
    names = [str(company) for company in markets.companies]
    rival, rival_sales, rival_previous = markets.largest_rival()
    next_up, next_up_sales, _earlier = markets.rival_above()
    next_down, next_down_sales, _earlier = markets.rival_below()
    return {
        "rank": pd.array(own_rank(markets), dtype="Int64"),
        "named_rivals": markets.named,
        "rival_id": text_column(rival, names),
        "rival_sales": rival_sales,
        "rival_previous": rival_previous,
        "rival_growth": relative_change(rival_sales, rival_previous),
        "rival_share": divide(rival_sales, markets.capacity),
        "ratio": divide(markets.own, markets.benchmark),
        "ratio_previous": divide(markets.own_previous, markets.benchmark_previous),
        "above_id": text_column(next_up, names),
        "above_sales": next_up_sales,
        "below_id": text_column(next_down, names),
        "below_sales": next_down_sales,
    }


def _state(markets: Markets, options: MarketOptions) -> Codes:
    codes = state(markets.own, markets.benchmark, options.k)
    if not options.sole_supplier:
        return codes
    alone = (codes == STATES.index("no_rival_data")) & (markets.own > 0)
    confirmed = markets.region_ids.isin(list(options.sole_supplier))
    return np.where(alone & confirmed, STATES.index("sole_supplier"), codes)


def _structure(markets: Markets, options: MarketOptions) -> Codes:
    return market_structure(top_three(markets.own, markets.ranked), markets.capacity, options)


def _targets(markets: Markets, found: Targets, options: MarketOptions) -> dict[str, object]:
    own = to_fen(markets.own)
    capacity_known = ~np.isnan(markets.capacity)
    fixed, least, proportional = (to_fen(t) for t in (found.fixed, found.least, found.proportional))
    base = np.where(capacity_known, proportional, fixed)
    secured = found.losers == 0
    basis = np.where(np.isnan(base), -1, np.where(secured, 2, np.where(capacity_known, 0, 1)))
    lead, lead_zero_sum = cushion(markets.own, markets.benchmark, options.k)
    later, needed_growth = years_ahead(
        markets.own, markets.benchmark, options.k, years=options.years, rival_growth=options.rival_growth
    )
    fits = feasibility(markets, found.fixed, options.k)
    return {
        "target_fixed": fixed / 100,
        "target_least": least / 100,
        "target_proportional": proportional / 100,
        "target_from_rival": to_fen(found.from_rival) / 100,
        "target_from_others": to_fen(found.from_others) / 100,
        "target_base": base / 100,
        "target_basis": text_column(basis, TARGET_BASIS),
        "gap": (base - own) / 100,
        "gap_fixed": (fixed - own) / 100,
        "gap_least": (least - own) / 100,
        "feasible": _feasible(fits),
        "feasibility": text_column(fits, FEASIBILITY),
        "market_needed": (to_fen(markets.recorded) + fixed - own) / 100,
        "cushion": to_fen(lead) / 100,
        "cushion_zero_sum": to_fen(lead_zero_sum) / 100,
        "target_years": to_fen(later) / 100,
        "needed_growth": needed_growth,
        "contest_sales": np.fmax(markets.own, 0.0) + markets.contestable + 0 * markets.own,
        "rival_part": divide(markets.benchmark, markets.contestable),
        "water_level": found.level,
        "water_rivals": pd.array(np.where(np.isnan(found.level), np.nan, found.losers), dtype="Int64"),
    }


def _feasible(fits: np.ndarray) -> pd.api.extensions.ExtensionArray:
    feasible = pd.array(fits <= FEASIBILITY.index("fits_in_market"), dtype="boolean")
    feasible[fits == FEASIBILITY.index("no_target")] = pd.NA
    return feasible


def _zones(markets: Markets, found: Targets, standing: Codes, options: MarketOptions) -> dict[str, object]:
    axes = _axes(markets)
    cuts = resolve_cuts(axes, options)
    zone = zones(axes, cuts)
    opportunity = axes.capacity * axes.growth
    needed: Floats = divide(found.least - axes.own, axes.capacity)
    zone_rank = rank_in_zone(zone, opportunity, needed)
    warned = method_warnings(zone, standing, axes.share, practice=options.practice_symbols)
    return {
        "zone": text_column(zone, ZONES),
        "attack_order": pd.array(np.where(zone >= 0, zone + 1.0, np.nan), dtype="Int64"),
        "difficulty": text_column(zone, DIFFICULTY),
        "direction": text_column(zone, DIRECTION),
        "bcg": text_column(bcg_cells(axes, cuts), BCG),
        "borderline": borderline(axes, cuts, options.tolerance),
        "robustness": robustness(axes, cuts, practice=options.practice_symbols),
        "opportunity": opportunity,
        "needed_gain": needed,
        "zone_rank": pd.array(zone_rank, dtype="Int64"),
        "attack_rank": pd.array(attack_rank(standing, zone, zone_rank), dtype="Int64"),
        "warnings": joined(warned, WARNINGS),
    }


def _flips(markets: Markets, options: MarketOptions) -> dict[str, object]:
    axes = _axes(markets)
    change, to_state = state_flip(markets.own, markets.benchmark, options.k)
    move, by, to_zone = zone_flip(axes, resolve_cuts(axes, options))
    losers = np.where(np.isnan(markets.capacity), np.nan, markets.contestable)
    step = target_step(np.fmax(markets.own, 0.0) + 0 * markets.own, markets.benchmark, losers, options.k)
    return {
        "state_flip": to_fen(change) / 100,
        "state_flip_to": text_column(to_state, STATES),
        "zone_flip": move,
        "zone_flip_by": text_column(by, FLIP_INPUTS),
        "zone_flip_to": text_column(to_zone, ZONES),
        "target_step": to_fen(step) / 100,
    }


def _flags(markets: Markets) -> dict[str, object]:
    capacity = markets.capacity
    missing = np.stack(
        [
            np.isnan(capacity),
            np.isnan(markets.capacity_previous),
            np.isnan(markets.own),
            np.isnan(markets.own_previous),
            markets.named == 0,
        ],
        axis=1,
    )
    too_low = above(markets.recorded, capacity)
    unidentified = np.where(too_low, 0.0, np.maximum(to_fen(capacity) - to_fen(markets.recorded), 0.0))
    return {
        "recorded_sales": markets.recorded,
        "others": markets.others,
        "unidentified": unidentified / 100,
        "s_above_capacity": too_low,
        "missing": joined(missing, MISSING),
    }
