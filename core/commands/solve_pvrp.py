"""``solve-pvrp``: solve a periodic routing instance of the published benchmark format."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import ImportRefusedError, InputError
from core.i18n import _, format_number

if TYPE_CHECKING:
    import argparse

    from core.visits.routing import Progress


# Seconds that starting Python before the command and writing the solution after the search take.
_AROUND = 0.4
# Of a very short time at least so much is searched, even though loading took the rest.
_LEAST_SHARE = 0.5


def _seconds_left(options: argparse.Namespace, compiling: float) -> float:
    """Return how long to search so that the command takes the time it was given, compiling left out."""
    spent = time.perf_counter() - options.began - compiling + _AROUND
    return float(max(options.seconds - spent, _LEAST_SHARE * options.seconds))


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "solve-pvrp", help=_("Solve a periodic routing instance (Cordeau's format).")
    )
    parser.add_argument("file", type=Path, help=_("The instance."))
    parser.add_argument(
        "--seconds", type=float, default=10.0, help=_("Time of the command, loading included.")
    )
    parser.add_argument("--seed", type=int, default=0, help=_("Seed of the random numbers."))
    parser.add_argument("--out", type=Path, required=True, help=_("Where to write the solution, as JSON."))
    parser.set_defaults(run=run, began=time.perf_counter())


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


class _Report:
    """Prints the best cost about once per tenth of the search."""

    def __init__(self) -> None:
        self.next = 0.0

    def __call__(self, progress: Progress) -> None:
        if progress.share >= self.next:
            self.next = progress.share + 0.1
            cost = "–" if progress.cost is None else format_number(progress.cost, 2)
            _say(_("{seconds} s: cost {cost}", seconds=format_number(progress.seconds, 1), cost=cost))


def run(options: argparse.Namespace) -> int:
    """Solve the instance, write the solution."""
    from core.visits import cordeau
    from core.visits.routing import infeasible, is_compiled, solve, warm_up

    if not options.seconds >= 0:
        raise InputError(_("--seconds must be at least 0, found {value}.", value=options.seconds))
    problem = cordeau.read(options.file)
    if not options.out.resolve().parent.is_dir():
        raise InputError(_("The folder of {path} does not exist.", path=options.out))
    before = time.perf_counter()
    needs_compiling = not is_compiled(crossing=True)
    warm_up(_say, crossing=True)
    compiling = time.perf_counter() - before if needs_compiling else 0.0
    seconds = _seconds_left(options, compiling)
    solution = solve(problem, seconds=seconds, seed=options.seed, progress=_Report())
    if not solution.feasible:
        raise infeasible(
            [str(v) for v in solution.violations],
            _(
                "Nothing was written. Search longer than {seconds} s, or loosen these limits.",
                seconds=options.seconds,
            ),
        )
    try:
        options.out.write_text(json.dumps(cordeau.as_json(problem, solution)), encoding="utf-8")
    except OSError as error:
        raise ImportRefusedError(
            _("{path} can't be written: {reason}.", path=options.out, reason=error.strerror or error)
        ) from error
    print(
        _(
            "cost {cost}, {routes} routes, {steps} steps",
            cost=format_number(solution.cost, 2),
            routes=len(solution.routes),
            steps=format_number(solution.steps),
        )
    )
    return 0
