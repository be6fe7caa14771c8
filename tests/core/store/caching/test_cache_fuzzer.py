"""No answer is kept too long, whatever is written; the long form is benchmarks/cache_fuzzer.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.core.store.caching.fuzzing.run import Fuzzer

if TYPE_CHECKING:
    from pathlib import Path

WRITES = (
    "form",
    "import of sales",
    "bulk edit",
    "territories",
    "undo of an import",
    "guided import",
    "restore",
)


def test_answers_are_those_of_a_store_without_caches(tmp_path: Path) -> None:
    """After writes of six kinds, and a failure amid an answer, every answer equals a fresh one."""
    fuzzer = Fuzzer(tmp_path, seed=3, terminals=50)
    for kind in WRITES:
        fuzzer.step(kind, drawn=2, asked=12)
    fuzzer.close()
    assert fuzzer.outcome.differences == []
    assert sum(fuzzer.outcome.writes.values()) == len(WRITES)
