"""``python -m core design-territories``: part the shops or regions of a store among reps."""

from __future__ import annotations

import argparse
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.commands.solve_territories import (
    SearchReport,
    add_search_arguments,
    check_folder,
    check_search,
    say,
    seconds_of,
    write_territories,
)
from core.errors import InputError, nearest
from core.i18n import _
from core.numbers import count, decimal, percent
from core.periods import shift
from core.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.territories.answer import Answer, Question
    from core.reports.territories.ground import Ground
    from core.reports.territories.limits import Limits
    from core.reports.territories.units import TerritoryRequest
    from core.store.database import Store
    from core.territories import Balance, Proposal


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "design-territories", help=_("part shops or regions of the store among reps")
    )
    settings = Settings.from_environment()
    parser.add_argument("--store", type=Path, default=settings.store, help=_("the store"))
    parser.add_argument("--level", help=_("regions of this level are the units; else shops"))
    parser.add_argument(
        "--balance", default="workload", help=_("what is balanced: workload, sales, potential, shops")
    )
    parser.add_argument("--tolerance", type=float, default=0.05, help=_("deviation from the mean, 0.05: 5%%"))
    _add_wishes(parser)
    _add_questions(parser)
    add_search_arguments(parser)
    parser.set_defaults(run=run)


def _add_wishes(parser: argparse.ArgumentParser) -> None:
    """Add how many reps there are, and what stays as it is today."""
    parser.add_argument(
        "--reps",
        metavar="K|LOW-HIGH",
        help=_("how many reps, or the best number between two, --seconds for each; else as many as today"),
    )
    parser.add_argument(
        "--capacity", type=float, metavar="MINUTES", help=_("workload that one rep can do in four weeks")
    )
    parser.add_argument(
        "--most-changes", type=int, metavar="N", help=_("start from today's owners; so many shops may change")
    )
    parser.add_argument(
        "--price", type=float, metavar="P", help=_("start from today's owners; what a change has to save")
    )
    parser.add_argument("--locked", metavar="UNIT,...", help=_("start from today's owners; these units stay"))
    parser.add_argument(
        "--closed", metavar="REP,...", help=_("start from today's owners; these reps neither give nor take")
    )
    parser.add_argument(
        "--size", metavar="REP=0.7,...", help=_("size of a rep's territory, others 1; “new” for new reps")
    )


def _add_questions(parser: argparse.ArgumentParser) -> None:
    """Add where reps live, what parts units, and what else is answered."""
    parser.add_argument(
        "--homes",
        metavar="today|FILE",
        help=_("distance counts from the reps' homes: as stored, or of a CSV"),
    )
    parser.add_argument(
        "--barriers", type=Path, metavar="FILE", help=_("CSV of units that are no neighbours: a, b")
    )
    parser.add_argument(
        "--curve", type=Path, metavar="FILE", help=_("write up to five proposals, from today to balanced")
    )
    parser.add_argument(
        "--new-homes", type=Path, metavar="FILE", help=_("write where the rep of each territory should live")
    )
    parser.add_argument("--areas", type=int, metavar="N", help=_("part the territories among N managers too"))
    parser.add_argument(
        "--prove-seconds",
        type=float,
        metavar="T",
        help=_("plan the visits of all reps today and as proposed, so long each, and compare their travel"),
    )


def run(options: argparse.Namespace) -> int:
    """Write the territory of every unit, and say how even the territories are."""
    from core.exchange.zones import read_pairs
    from core.reports.territories.answer import SearchEffort, answer, homes_note
    from core.reports.territories.ground import ground_of
    from core.reports.territories.units import shop_units
    from core.store.audit.events import record_export
    from core.store.database import Store
    from core.territories import warm_up

    _check_files(options)
    question = _question(options)
    if options.prove_seconds is not None and not (options.prove_seconds > 0 and question.is_of_reps):
        raise InputError(
            _("--prove-seconds needs a time above 0 and a design whose territories are the reps' own."),
            _("Add --price, --most-changes, --curve or --homes today."),
        )
    with Store.open(options.store, create=False) as store:
        ground = ground_of(store, shop_units(store, _whose_shops(store)), options.level)
        record_export(store, options.out.name, entity="design-territories")
    if options.barriers is not None:
        ground = ground.part(read_pairs(options.barriers, ground.units.ids))
    if question.curve:
        ground = ground.give_to_nearest()
    home_note = homes_note(question.request(ground))
    for note in (*ground.notes, *([home_note] if home_note else [])):
        say(note)
    warm_up(say)
    effort = SearchEffort(seconds_of(options), options.steps, options.seed)
    result = answer(ground, question, effort, SearchReport())
    _write(result, options)
    _say_answer(result, options.capacity)
    if options.prove_seconds is not None:
        _say_travel(ground, result.proposal, options.prove_seconds)
    print(f"objective={result.proposal.objective:.6f}")
    return 0


def _check_files(options: argparse.Namespace) -> None:
    """Refuse a search without sense, folders that aren't there and two results in one file."""
    check_search(options)
    paths = [path for path in (options.out, options.curve, options.new_homes) if path is not None]
    for path in paths:
        check_folder(path)
    if len({path.resolve() for path in paths}) < len(paths):
        raise InputError(_("--out, --curve and --new-homes need a file each."))


def _question(options: argparse.Namespace) -> Question:
    """Return what is asked for."""
    from core.reports.territories.answer import Question

    return Question(
        balances(options.balance, options.tolerance),
        numbers_of_reps(options.reps),
        capacity=options.capacity,
        most_changes=options.most_changes,
        price=options.price,
        homes=options.homes,
        curve=options.curve is not None,
        areas=options.areas,
        limits=_limits(options),
    )


def _limits(options: argparse.Namespace) -> Limits:
    """Return what stays as it is, and the sizes of territories."""
    from core.reports.territories.limits import Limits

    locked, closed, sizes = (
        [part.strip() for part in (text or "").split(",") if part.strip()]
        for text in (options.locked, options.closed, options.size)
    )
    by_rep = {}
    for text in sizes:
        rep, _sign, size = (part.strip() for part in text.partition("="))
        try:
            by_rep[rep] = float(size)
        except ValueError:
            raise InputError(
                _("--size needs a rep and a number such as E1=0.7, found {value}.", value=text)
            ) from None
    return Limits(tuple(locked), tuple(closed), by_rep)


def numbers_of_reps(text: str | None) -> range | None:
    """Return the numbers of reps from ``5`` or ``5-8``.

    Raises
    ------
    InputError
        It is neither, or the second number is less than the first.
    """
    if text is None:
        return None
    low, dash, high = (part.strip() for part in text.partition("-"))
    if all(part.isascii() and part.isdigit() for part in ((low, high) if dash else (low,))):
        numbers = range(int(low), int(high if dash else low) + 1)
        if numbers and numbers[0] >= 1:
            return numbers
    raise InputError(
        _(
            "--reps must be a number of at least 1, or two such as 5-8, the lower first; found {value}.",
            value=text,
        )
    )


def _write(result: Answer, options: argparse.Namespace) -> None:
    from core.territories import curve_table

    write_territories(options.out, result.table())
    if options.curve is not None:
        write_territories(options.curve, curve_table(result.proposals))
    if options.new_homes is not None:
        write_territories(options.new_homes, result.homes())


def _whose_shops(store: Store) -> TerritoryRequest:
    """Return the shops of the whole store, with the sales of its latest twelve months."""
    from core.reports.market.choices import required_choices
    from core.reports.territories.units import TerritoryRequest

    offered = required_choices(store)
    start = max(offered.first_month, shift(offered.last_month, -11))
    return TerritoryRequest(offered.own_company, start, offered.last_month)


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
    return tuple(Balance(name, tolerance, _(MEASURES[name])) for name in dict.fromkeys(names))


def _say_answer(result: Answer, capacity: float | None) -> None:
    proposal = result.proposal
    if result.numbers is not None:
        _say_numbers(result.numbers)
    for number, earlier in enumerate(result.proposals[:-1]):
        changed = count(int(earlier.changes()["customers"].sum()))
        print(_("Proposal {number}: {changed} shops change hands.", number=number, changed=changed))
        _say_balance(earlier)
    _say_balance(proposal)
    if proposal.request.upheaval is not None:
        print(_("{n} shops change hands.", n=count(int(proposal.changes()["customers"].sum()))))
    if capacity is not None:
        load = proposal.territories()["workload"].max() / capacity
        print(_("The busiest rep has {load} of the capacity.", load=percent(load)))
    if result.areas is not None:
        print(_("Areas of managers:"))
        _say_balance(result.areas)
    print(
        _(
            "{units} units in {territories} territories, {steps} steps",
            units=count(len(proposal.territory)),
            territories=count(proposal.request.territories),
            steps=count(proposal.steps),
        )
    )


def _say_travel(ground: Ground, proposal: Proposal, seconds: float) -> None:
    """Print the true travel of all reps; a rep without a plan is named, and then there is no total."""
    from core.reports.territories.travel_proof import prove_travel, travel_sentence
    from core.visits.routing import warm_up
    from core.visits.runner import Effort

    warm_up(say)
    shares = Milestones(_("{share} of the visit plans are made"))
    owners = ground.owners(proposal.territory)
    effort = Effort(seconds, workers=0)
    proof = prove_travel(ground.shops, ground.owners_today(), owners, effort, progress=shares)
    print(travel_sentence(proof))


class Milestones:
    """Prints a share about once per tenth."""

    def __init__(self, text: str) -> None:
        self._text, self._next = text, 0.1

    def __call__(self, share: float) -> None:
        """Print the share, when it is time."""
        if share >= self._next - 1e-9:
            self._next = share + 0.1
            say(self._text.format(share=percent(share)))


def _say_numbers(numbers: pd.DataFrame) -> None:
    for row in numbers.to_dict("records"):
        reps = count(row["territories"])
        if isnan(row["highest_load"]):
            print(_("{reps} reps: no design was found that is balanced and within the capacity.", reps=reps))
            continue
        print(
            _(
                "{reps} reps: mean load {mean}, highest {load}, {km} km to the centre",
                reps=reps,
                mean=percent(row["load"]),
                load=percent(row["highest_load"]),
                km=decimal(row["mean_km"], 1),
            )
        )


def _say_balance(proposal: Proposal) -> None:
    table = proposal.territories()
    for rule in proposal.request.balance:
        ratios = table[f"{rule.measure}_ratio"]
        values = {
            "name": rule.measure,
            "low": percent(ratios.min()),
            "high": percent(ratios.max()),
            "spread": decimal(proposal.spread(rule.measure), 3),
        }
        if proposal.request.sizes is None:
            print(_("{name}: {low} to {high} of the mean, highest ÷ lowest {spread}", **values))
        else:
            print(_("{name}: {low} to {high} of the wanted sizes, highest ÷ lowest {spread}", **values))
