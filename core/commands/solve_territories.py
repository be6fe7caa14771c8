"""``python -m core solve-territories``: part zones of a file into territories."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.errors import ImportRefusedError, InputError
from core.exchange.formula_guard import harmless_table
from core.i18n import _
from core.numbers import count, decimal, percent

if TYPE_CHECKING:
    from core.territories import Progress


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "solve-territories", help=_("part the zones of a GeoJSON file into territories")
    )
    parser.add_argument("zones", type=Path, metavar="ZONES", help=_("GeoJSON: region_id, weight, polygon"))
    parser.add_argument(
        "--adjacent", type=Path, metavar="FILE", help=_("CSV of neighbours: a, b; else common borders")
    )
    parser.add_argument("--weight", default="population", help=_("the property that is balanced"))
    add_search_arguments(parser)
    parser.add_argument("--territories", type=int, required=True, metavar="K", help=_("how many territories"))
    parser.add_argument("--tolerance", type=float, default=0.05, help=_("deviation from the mean, 0.05: 5%%"))
    parser.set_defaults(run=run)


def add_search_arguments(parser: argparse.ArgumentParser) -> None:
    """Add how long to search, the seed and where the territories go."""
    parser.add_argument("--seconds", type=float, default=10.0, help=_("Time to search."))
    parser.add_argument(
        "--steps",
        type=int,
        metavar="N",
        help=_("steps to search instead of a time: the same answer each time"),
    )
    parser.add_argument("--seed", type=int, default=0, help=_("Seed of the random numbers."))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("where to write, as CSV"))


def check_search(options: argparse.Namespace) -> None:
    """Refuse a time below 0, less than one step, a negative seed and a folder that isn't there."""
    if not options.seconds >= 0:
        raise InputError(_("--seconds must be at least 0, found {value}.", value=options.seconds))
    if options.steps is not None and options.steps < 1:
        raise InputError(_("--steps must be at least 1, found {value}.", value=options.steps))
    if options.seed < 0:
        raise InputError(_("--seed must be at least 0, found {value}.", value=options.seed))
    check_folder(options.out)


def seconds_of(options: argparse.Namespace) -> float | None:
    """Return how long to search by the clock; None where steps are counted."""
    return None if options.steps is not None else float(options.seconds)


def check_folder(path: Path) -> None:
    """Refuse a file to write whose folder isn't there."""
    if not path.resolve().parent.is_dir():
        raise InputError(_("The folder of {path} does not exist.", path=path))


def run(options: argparse.Namespace) -> int:
    """Write the territory of every zone, and say the objective last."""
    from core.exchange.zones import read_pairs, read_zones
    from core.territories import Balance, DesignRequest, solve, warm_up

    check_search(options)
    balance = (Balance(options.weight, options.tolerance),)
    zones = read_zones(options.zones, options.weight)
    pairs = None if options.adjacent is None else read_pairs(options.adjacent, zones.ids)
    request = DesignRequest(zones.units(options.weight, pairs), options.territories, balance)
    warm_up(say)
    proposal = solve(
        request,
        seconds=seconds_of(options),
        iterations=options.steps,
        seed=options.seed,
        progress=SearchReport(),
    )
    write_territories(options.out, pd.DataFrame({"region_id": zones.ids, "territory": proposal.territory}))
    ratios = proposal.territories()[f"{options.weight}_ratio"]
    print(
        _(
            "{units} zones in {territories} territories, {low} to {high} of the mean, {steps} steps",
            units=count(len(zones.ids)),
            territories=count(options.territories),
            low=percent(ratios.min()),
            high=percent(ratios.max()),
            steps=count(proposal.steps),
        )
    )
    print(f"objective={proposal.objective:.6f}")
    return 0


def write_territories(path: Path, table: pd.DataFrame) -> None:
    """Write a table as CSV.

    Raises
    ------
    ImportRefusedError
        The file can't be written.
    """
    try:
        harmless_table(table).to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
    except OSError as error:
        raise ImportRefusedError(
            _("{path} can't be written: {reason}.", path=path, reason=error.strerror or error)
        ) from error


def say(text: str) -> None:
    """Print what isn't the result."""
    print(text, file=sys.stderr, flush=True)


class SearchReport:
    """Prints the best weighted distance about once per tenth of the search."""

    def __init__(self) -> None:
        self.next = self.last = 0.0

    def __call__(self, progress: Progress) -> None:
        """Print how far the search is, when it is time."""
        if progress.share < self.last:
            # Another search has begun.
            self.next = 0.0
        self.last = progress.share
        if progress.share >= self.next:
            self.next = progress.share + 0.1
            cost = "–" if progress.cost is None else decimal(progress.cost, 0)
            say(
                _("{seconds} s: weighted distance {cost} km", seconds=decimal(progress.seconds, 1), cost=cost)
            )
