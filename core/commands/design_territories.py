"""``python -m core design-territories``: part the shops or regions of a store among reps."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.commands.solve_territories import (
    SearchReport,
    add_search_arguments,
    check_search,
    say,
    write_territories,
)
from core.errors import InputError, nearest
from core.i18n import _
from core.numbers import count, decimal, percent
from core.periods import shift
from core.settings import Settings

if TYPE_CHECKING:
    from core.reports.territories.units import ShopUnits, TerritoryRequest
    from core.store.database import Store
    from core.territories import Balance, DesignRequest, Proposal


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "design-territories", help=_("part shops or regions of the store among reps")
    )
    settings = Settings.from_environment()
    parser.add_argument("--store", type=Path, default=settings.store, help=_("the store"))
    parser.add_argument("--reps", type=int, metavar="K", help=_("how many reps; else as many as today"))
    parser.add_argument("--level", help=_("regions of this level are the units; else shops"))
    parser.add_argument(
        "--balance", default="workload", help=_("what is balanced: workload, sales, potential, shops")
    )
    parser.add_argument("--tolerance", type=float, default=0.05, help=_("deviation from the mean, 0.05: 5%%"))
    parser.add_argument(
        "--most-changes", type=int, metavar="N", help=_("start from today's owners; so many shops may change")
    )
    parser.add_argument(
        "--price", type=float, metavar="P", help=_("start from today's owners; what a change has to save")
    )
    add_search_arguments(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the territory of every unit, and say how even the territories are."""
    from core.reports.territories.units import shop_units
    from core.store.database import Store
    from core.territories import solve, warm_up

    check_search(options)
    balance = balances(options.balance, options.tolerance)
    with Store.open(options.store, create=False) as store:
        shops = shop_units(store, _whose_shops(store))
        request, notes = _request(store, shops, balance, options)
    for note in notes:
        say(note)
    warm_up(say)
    proposal = solve(request, seconds=options.seconds, seed=options.seed, progress=SearchReport())
    write_territories(options.out, "unit_id", proposal)
    _say_result(proposal)
    return 0


def _whose_shops(store: Store) -> TerritoryRequest:
    """Return the shops of the whole store, with the sales of its latest twelve months."""
    from core.reports.market.choices import choices
    from core.reports.territories.units import TerritoryRequest

    offered = choices(store)
    if offered is None:
        raise InputError(
            _("The store has no sales and no capacity yet."),
            _("Import a market, or make a sample with “python -m core sample”."),
        )
    start = max(offered.first_month, shift(offered.last_month, -11))
    return TerritoryRequest(offered.own_company, start, offered.last_month)


def _request(
    store: Store, shops: ShopUnits, balance: tuple[Balance, ...], options: argparse.Namespace
) -> tuple[DesignRequest, tuple[str, ...]]:
    """Return what the solver is asked for, and what is to be said about it."""
    from core.reports.territories.regions import region_units
    from core.territories import DesignRequest, Upheaval

    k, owners = options.reps or len(shops.reps), len(shops.reps)
    units, today, customers, notes = shops.units, shops.today, None, shops.notes
    reluctance = shops.reluctance
    if options.level:
        regions = region_units(store, shops, options.level)
        units, today, customers, notes = regions.units, regions.today, regions.shops, regions.notes
        reluctance = customers.astype(float)
    if options.most_changes is None and options.price is None:
        return DesignRequest(units, k, balance), notes
    if k < owners:
        raise InputError(
            _("{owners} reps have shops today; {reps} territories can't start from them.",
              owners=owners, reps=k),
            _("Design from nothing, or ask for at least {owners}.", owners=owners),
        )  # fmt: skip
    upheaval = Upheaval(
        today,
        customers=customers,
        most_changes=options.most_changes,
        reluctance=reluctance,
        price=options.price or 0.0,
    )
    return DesignRequest(units, k, balance, upheaval=upheaval), notes


def balances(text: str, tolerance: float) -> tuple[Balance, ...]:
    """Return the measures of a comma-separated list.

    Raises
    ------
    InputError
        There is no such measure.
    """
    from core.reports.territories.units import MEASURES
    from core.territories import Balance

    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in MEASURES:
            close = nearest(name, MEASURES)
            raise InputError(
                _("Territories can't be balanced by “{name}”.", name=name),
                _("Choose one of {keys}.", keys=", ".join(MEASURES)) + (f" ({close}?)" if close else ""),
            )
    return tuple(Balance(name, tolerance) for name in dict.fromkeys(names))


def _say_result(proposal: Proposal) -> None:
    table = proposal.territories()
    for rule in proposal.request.balance:
        ratios = table[f"{rule.measure}_ratio"]
        print(
            _(
                "{name}: {low} to {high} of the mean, highest ÷ lowest {spread}",
                name=rule.measure,
                low=percent(ratios.min()),
                high=percent(ratios.max()),
                spread=decimal(proposal.spread(rule.measure), 3),
            )
        )
    if proposal.request.upheaval is not None:
        print(_("{n} shops change hands.", n=count(int(proposal.changes()["customers"].sum()))))
    print(
        _(
            "{units} units in {territories} territories, {steps} steps",
            units=count(len(proposal.territory)),
            territories=count(proposal.request.territories),
            steps=count(proposal.steps),
        )
    )
    print(f"objective={proposal.objective:.6f}")
