"""Writing the files of a version, and taking over those of the version before that did not change."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from core.rollup.version import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from core.rollup.version import Version

ROWS_PER_GROUP = 120_000


@dataclass
class PartFolder:
    """The parts of a version that is being made.

    Parameters
    ----------
    folder
        Where the versions are.
    number
        Number of the version.
    before
        The newest version, whose parts may stay; None where there is none.
    """

    folder: Path
    number: int
    before: Version | None
    parts: list[Part] = field(default_factory=list)

    def of_before(self, table: str, month: dt.date | None, key: str) -> Part | None:
        """Return the part of the version before that was made from the same; None where there is none."""
        for part in self.before.parts if self.before else ():
            if (part.table, part.month, part.key) == (table, month, key) and self._is_there(part):
                return part
        return None

    def keep(self, part: Part) -> None:
        """Take over a part."""
        self.parts.append(part)

    def add(self, table: str, rows: pa.Table, key: str, month: dt.date | None = None) -> Part:
        """Write a part; it has its name once it is complete."""
        below = f"month={month}" if month else "all"
        path = self.folder / "parts" / table / below / f"{self.number:06}-{key[:12]}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.unfinished")
        pq.write_table(rows, unfinished, row_group_size=ROWS_PER_GROUP, compression="zstd")
        unfinished.replace(path)
        relative = path.relative_to(self.folder).as_posix()
        part = Part(table, month, key, relative, rows.num_rows, path.stat().st_size)
        self.parts.append(part)
        return part

    def sync(self) -> None:
        """Put what was written on the disk, before a manifest names it."""
        for part in self.parts:
            if part.path.rpartition("/")[2].startswith(f"{self.number:06}-"):
                with (self.folder / part.path).open("rb") as file:
                    os.fsync(file.fileno())

    def ensure(self, table: str, key: str, make: Callable[[], pa.Table]) -> Part:
        """Take over a table that isn't parted by months, or write it."""
        before = self.of_before(table, None, key)
        if before is None:
            return self.add(table, make(), key)
        self.keep(before)
        return before

    def paths(self, table: str, months: Collection[dt.date] | None = None) -> list[str]:
        """Return the files of a table, by month."""
        parts = sorted((p for p in self.parts if p.table == table), key=lambda p: p.month or dt.date.min)
        return [str(self.folder / p.path) for p in parts if months is None or p.month in months]

    def _is_there(self, part: Part) -> bool:
        path = self.folder / part.path
        return path.is_file() and path.stat().st_size == part.size


def by_month(rows: pa.Table) -> dict[dt.date, pa.Table]:
    """Cut a table that is sorted by its column ``month`` into one per month."""
    found: dict[dt.date, pa.Table] = {}
    counts = pc.value_counts(rows["month"].combine_chunks()).to_pylist()
    start = 0
    for count in sorted(counts, key=lambda c: c["values"]):
        found[count["values"]] = rows.slice(start, count["counts"])
        start += count["counts"]
    return found
