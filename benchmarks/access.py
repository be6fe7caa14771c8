"""Fourteen users of all roles and many regions ask for everything by chance, and change what isn't theirs.

    python benchmarks/access.py [--requests 10000] [--seed 1] [--terminals 60] [--pages 6]

Every region, shop, dealer, person, visit, task and strategy card has a mark in its name; after a round every
amount out of sight is another one. They call functions, open pages with all lists and tables on them, take
the files that pages offer, and ask for tiles, borders and photos over HTTP, also with tokens that are not
theirs, too old, or of a session that ended. Goal: 10,000 requests, no mark of what is out of sight in any
answer or file, no answer that depends on such an amount, no file without the right, every change out of sight
or without the right refused and in the audit, and every row of it as it was.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from core.i18n import use_language  # noqa: E402
from tests.core.access.borders.app import TeamApp  # noqa: E402
from tests.core.access.borders.entry_points import entry_points, listed_apart  # noqa: E402
from tests.core.access.borders.run import Borders, Outcome  # noqa: E402


def main() -> int:
    """Print a line per user and round, and a summary; 1 where something crossed a border."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--terminals", type=int, default=60)
    parser.add_argument("--pages", type=int, default=6, help="pages that each user opens per round")
    options = parser.parse_args()
    use_language("en")
    logging.disable(logging.WARNING)
    begun, told = time.perf_counter(), set[str]()
    with tempfile.TemporaryDirectory() as place:
        borders = Borders(Path(place), seed=options.seed, terminals=options.terminals)
        app, outcome, changed = TeamApp(borders), borders.outcome, set[str]()
        while outcome.requests < options.requests:
            for access in borders.accesses:
                borders.ask(access, 300)
                if access.actor not in changed:
                    borders.make_files(access)
                    borders.write(access, 100)
                app.open_pages(access, options.pages)
                app.ask_routes(access)
                borders.compare(access, 40)
                changed.add(access.actor)
                print(f"{access.actor}: {_counts(outcome)}, {time.perf_counter() - begun:.0f} s", flush=True)
                for found in {*outcome.leaks, *outcome.moved, *outcome.unwritten} - told:
                    print(f"  {found}", flush=True)
                    told.add(found)
        app.close()
        borders.close()
    for failure, count in outcome.failed.most_common():
        print(f"  no refusal in words, {count} times: {failure}")
    driven = {entry.name for entry in entry_points()} - listed_apart()
    print(
        f"{len(driven)} functions called by chance, {len(driven & set(outcome.answered))} of them answered,"
        f" {len(listed_apart())} listed apart;"
        f" {sum(count for name, count in outcome.answered.items() if name.startswith('page '))} pages,"
        f" {sum(count for name, count in outcome.answered.items() if '.py, ' in name)} files of pages,"
        f" {outcome.answered['tile'] + outcome.answered['border']} tiles"
    )
    return 1 if outcome.leaks or outcome.moved or outcome.unwritten else 0


def _counts(outcome: Outcome) -> str:
    return (
        f"{outcome.requests:,} requests, {outcome.changes} changes tried, {len(outcome.leaks)} leaks,"
        f" {len(outcome.moved)} that depend on or change what is out of sight,"
        f" {len(outcome.unwritten)} refusals not in the audit"
    )


if __name__ == "__main__":
    sys.exit(main())
