"""Where a difference of sales comes from: the market, and our share of it at the door and on the shelf.

Sales are market x share. The difference is first parted into these two (Hulbert and Toy 1977: market size and
market share), then the effect of the share into what lies behind it: weighted distribution x share in the
shops that carry us x how much of the market those shops speak for [B.9]. The parts of a part add up to it,
however many are known: parting the two steps one after the other (Owen 1977) keeps the market's effect the
same whether shops are recorded or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.cycle.variance.parts import Bridge, Effect, shapley, to_fen
from core.i18n import N_

MARKET, SHARE, CHANGE, ASKED = "market", "share", "change", "asked"
DISTRIBUTION, IN_STORE, BEYOND = "distribution", "in_store", "beyond_shops"
REASONS = {
    "no_market": N_(
        "The market of one of the periods is not recorded: market and share can't be told apart."
    ),
    "no_shops": N_(
        "Sales of all companies in the shops are not recorded in both periods: distribution and share in the "
        "shops can't be told apart."
    ),
    "no_carrier": N_(
        "No recorded shop carries us in one of the periods, though we sell: distribution and share in the "
        "shops can't be told apart."
    ),
    "plan": N_("A plan says nothing of the shops: distribution and share in the shops can't be told apart."),
}


@dataclass(frozen=True)
class Shops:
    """What the recorded shops sold in a period, yuan.

    Parameters
    ----------
    category
        All companies.
    carried
        All companies, in the shops that carry us.
    own
        Ours.
    """

    category: Decimal
    carried: Decimal
    own: Decimal


@dataclass(frozen=True)
class Standing:
    """Sales of a period, or of a plan, and what is known around them.

    Parameters
    ----------
    sales
        Yuan, to the fen.
    market
        Of all companies, yuan; None unknown.
    shops
        None unknown.
    is_plan
        Whether these are expectations.
    """

    sales: Decimal
    market: Decimal | None = None
    shops: Shops | None = None
    is_plan: bool = False


def sales_bridge(before: Standing, after: Standing) -> Bridge:
    """Part the difference of two sales by where it comes from.

    Returns
    -------
    Bridge
        ``market`` and ``share``, the latter parted into ``distribution``, ``in_store`` and ``beyond_shops``;
        or ``change`` alone where the market is unknown.
    """
    difference = after.sales - before.sales
    if not (before.market and after.market and before.market > 0 and after.market > 0):
        return Bridge(before.sales, after.sales, (Effect(CHANGE, difference),), {CHANGE: "no_market"})
    markets = [Fraction(standing.market or 0) for standing in (before, after)]
    shares = [Fraction(s.sales) / m for s, m in zip((before, after), markets, strict=True)]
    amounts = to_fen(shapley((markets[0], shares[0]), (markets[1], shares[1])), difference)
    effects = [Effect(MARKET, amounts[0]), Effect(SHARE, amounts[1])]
    known = _shop_factors(before, after, shares)
    if isinstance(known, str):
        return Bridge(before.sales, after.sales, tuple(effects), {SHARE: known})
    middle = (markets[0] + markets[1]) / 2
    parts = [effect * middle for effect in shapley(*known)]
    names = (DISTRIBUTION, IN_STORE, BEYOND)
    effects += [Effect(n, a, SHARE) for n, a in zip(names, to_fen(parts, amounts[1]), strict=True)]
    return Bridge(before.sales, after.sales, tuple(effects), {})


def target_bridge(target: Decimal, year: Bridge) -> Bridge:
    """Return the way from a target to the sales by way of last year's, where the plan states no market.

    The plan asks for a growth over last year (``asked``, taken back first); what came instead is parted as
    the difference from last year is. The parts add up to sales less target.

    Parameters
    ----------
    year
        From last year's sales to this year's.
    """
    effects = (Effect(ASKED, year.start - target), *year.effects)
    return Bridge(target, year.end, effects, year.merged)


def _shop_factors(
    before: Standing, after: Standing, shares: list[Fraction]
) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]] | str:
    """Return distribution, share in the shops and what lies beyond them in both periods, or why not.

    Where no recorded shop carried us in a period without sales, the other period's strength stands in, so
    that the whole change is one of distribution, as in :mod:`core.customers.terminals.decomposition`.
    """
    if before.is_plan or after.is_plan:
        return "plan"
    if any(s.shops is None or s.shops.category <= 0 for s in (before, after)):
        return "no_shops"
    factors = [_factors(s.shops, share) for s, share in zip((before, after), shares, strict=True)]
    first, second = factors
    if isinstance(first, str) or isinstance(second, str):
        return "no_carrier"
    nothing = (Fraction(0), Fraction(0), Fraction(0))
    stands_in = second or first or nothing
    return first or (Fraction(0), *stands_in[1:]), second or (Fraction(0), *stands_in[1:])


def _factors(shops: Shops | None, share: Fraction) -> tuple[Fraction, Fraction, Fraction] | str | None:
    """Return the factors of a share; None with neither sales nor a shop that carries us, else why not."""
    if shops is None or shops.carried <= 0 or shops.own <= 0:
        return None if share == 0 else "no_carrier"
    category, carried, own = (Fraction(value) for value in (shops.category, shops.carried, shops.own))
    return carried / category, own / carried, share / (own / category)
