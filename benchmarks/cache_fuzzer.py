"""Writes of every kind by chance; after each every answer is held against a store with empty caches.

    python benchmarks/cache_fuzzer.py [--comparisons 20000] [--seed 1] [--terminals 60] [--reports 6]

Every lookup is asked after every write, and some reports drawn by chance, since they take longer.

Goal: 20,000 comparisons after at least 300 writes, no difference.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.core.store.caching.fuzzing.run import Fuzzer  # noqa: E402


def main() -> int:
    """Print a line per ten writes, and a summary; 1 when an answer differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--comparisons", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--terminals", type=int, default=60)
    parser.add_argument("--reports", type=int, default=6, help="reports drawn after each write")
    options = parser.parse_args()
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        fuzzer = Fuzzer(Path(place), seed=options.seed, terminals=options.terminals)
        outcome = fuzzer.outcome
        shown, kinds = 0, list[str]()
        while outcome.comparisons < options.comparisons:
            for _write in range(10):
                kinds = kinds or fuzzer.shuffled_kinds()
                fuzzer.step(kinds.pop(), options.reports)
            print(
                f"{outcome.comparisons:6,} comparisons after {sum(outcome.writes.values())} writes,"
                f" {sum(outcome.refused.values())} refused, {len(outcome.differences)} differ,"
                f" {time.perf_counter() - begun:.0f} s",
                flush=True,
            )
            for kind, question, where in outcome.differences[shown:]:
                print(f"  {kind} / {question}: {where}", flush=True)
            shown = len(outcome.differences)
        fuzzer.close()
    print(", ".join(f"{count} {kind}" for kind, count in sorted(outcome.writes.items())))
    print(
        "refused: "
        + (", ".join(f"{count} {kind}" for kind, count in sorted(outcome.refused.items())) or "none")
    )
    return 1 if outcome.differences else 0


if __name__ == "__main__":
    sys.exit(main())
