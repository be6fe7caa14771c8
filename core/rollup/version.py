"""Versions of the roll-ups in a folder: a manifest each, and the Parquet files that manifests name.

``versions/000007.json`` is written last, under its name in one step, so that a version is whole or absent.
``parts/TABLE/month=2026-01-01/000007-KEY.parquet`` is a file that version 7 brought; later ones name it as
well as long as what it is made from doesn't change. ``versions/000007.withdrawn`` is a version that was taken
back.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import InputError, StoreBusyError, StoreError
from core.i18n import _
from core.workspace import lock_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FORMAT = 1
_MANIFEST = re.compile(r"(\d{6})\.json")


@dataclass(frozen=True)
class Part:
    """A file of a version.

    Parameters
    ----------
    table
        What it is a part of.
    month
        First day of its month; None where the table isn't parted by months.
    key
        Hash of the inputs it was made from, the query included.
    path
        Below the folder of the versions.
    """

    table: str
    month: dt.date | None
    key: str
    path: str
    rows: int
    size: int


@dataclass(frozen=True)
class Version:
    """What a manifest says.

    Parameters
    ----------
    number
        Rises with every version of a folder.
    made_at
        When it was complete, with the time zone.
    inputs
        Files it was made from: path, size, sha256 and rows each.
    counts, sums
        Sales lines, and yuan by what they are the sum of, as text; checked against the lines.
    windows
        First days of first and last months for which there are figures of customers and the map.
    own_company
        Whose figures these are; None where no company is marked as our own.
    """

    number: int
    made_at: str
    engine: str
    data_version: str
    inputs: list[dict[str, Any]]
    counts: dict[str, int]
    sums: dict[str, str]
    parts: list[Part]
    windows: list[tuple[str, str]] = field(default_factory=list)
    own_company: str | None = None
    rivals: list[list[str]] = field(default_factory=list)
    format: int = FORMAT

    def of(self, table: str) -> list[Part]:
        """Return the parts of a table, by month."""
        return sorted((p for p in self.parts if p.table == table), key=lambda p: p.month or dt.date.min)

    @property
    def tables(self) -> set[str]:
        """The tables it holds."""
        return {part.table for part in self.parts}

    @property
    def made(self) -> dt.datetime:
        """When it was complete."""
        return dt.datetime.fromisoformat(self.made_at)


def newest(folder: Path) -> Version | None:
    """Return the newest whole version that was not taken back; None where there is none."""
    for number in reversed(numbers(folder)):
        with suppress(FileNotFoundError):
            # One that is removed between the two looks is an old one.
            return read(folder, number)
    return None


def newest_number(folder: Path) -> int | None:
    """Return the number of the newest version, without reading it."""
    found = numbers(folder)
    return found[-1] if found else None


def numbers(folder: Path) -> list[int]:
    """Return the numbers of all whole versions, ascending."""
    try:
        names = [path.name for path in (folder / "versions").iterdir()]
    except FileNotFoundError:
        return []
    return sorted(int(match[1]) for name in names if (match := _MANIFEST.fullmatch(name)))


def read(folder: Path, number: int) -> Version:
    """Read a manifest.

    Raises
    ------
    StoreError
        It is of a newer format, or damaged.
    """
    path = _manifest(folder, number)
    try:
        values = json.loads(path.read_text("utf-8"))
        if values["format"] > FORMAT:
            raise StoreError(
                _("The version {path} was made by a newer version of this program.", path=path),
                _("Update the program, then open it again."),
            )
        parts = [
            Part(**{**part, "month": dt.date.fromisoformat(part["month"]) if part["month"] else None})
            for part in values["parts"]
        ]
        return Version(
            **{**values, "parts": parts, "windows": [(first, last) for first, last in values["windows"]]}
        )
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            _("The manifest {path} is damaged.", path=path),
            _("Take this version back: python -m core rollup --out {folder} --rollback", folder=folder),
        ) from error


def write(folder: Path, version: Version) -> None:
    """Publish a version whose parts are all there: from now on it is the newest."""
    text = json.dumps(asdict(version), default=str, ensure_ascii=False, indent=1)
    write_whole(_manifest(folder, version.number), text.encode())


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there with all of its content or not at all, after a power cut too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    _sync(path.parent)


def next_number(folder: Path) -> int:
    """Return the number of the version after all that there ever were."""
    with suppress(FileNotFoundError):
        names = [path.name for path in (folder / "versions").iterdir()]
        return max((int(name[:6]) for name in names if re.match(r"\d{6}\.", name)), default=0) + 1
    return 1


def roll_back(folder: Path) -> tuple[int, int]:
    """Take the newest version back; the one before is the newest again.

    Returns
    -------
    tuple of int
        The numbers of both.

    Raises
    ------
    InputError
        There is no version before.
    """
    with writing(folder):
        found = numbers(folder)
        if len(found) < 2:
            raise InputError(
                _("There is no version before the newest one in {folder}.", folder=folder),
                _("Versions: {numbers}.", numbers=", ".join(map(str, found)) or "–"),
            )
        path = _manifest(folder, found[-1])
        path.replace(path.with_suffix(".withdrawn"))
        _sync(path.parent)
        return found[-1], found[-2]


def clear(folder: Path, keep: int) -> int:
    """Remove all versions but the newest ``keep``, then the files that none of these names.

    Returns
    -------
    int
        How many files were removed.
    """
    for number in numbers(folder)[:-keep]:
        _manifest(folder, number).unlink()
    named = {part.path for number in numbers(folder) for part in read(folder, number).parts}
    removed = 0
    for path in (folder / "parts").rglob("*"):
        if path.is_file() and path.relative_to(folder).as_posix() not in named:
            path.unlink()
            removed += 1
    for path in (folder / "versions").glob(".*.unfinished"):
        path.unlink()
    return removed


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Keep other writers out of a folder; a killed one leaves it free.

    Raises
    ------
    StoreBusyError
        Another one is at work.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "writing.lock").open("wb") as file:
        if not lock_file(file):
            raise StoreBusyError(
                _("Another run is just writing roll-ups to {folder}.", folder=folder),
                _("Wait until it is done."),
            )
        yield


def total_size(parts: Iterable[Part]) -> int:
    """Return the bytes of some parts."""
    return sum(part.size for part in parts)


def _manifest(folder: Path, number: int) -> Path:
    return folder / "versions" / f"{number:06}.json"


def _sync(folder: Path) -> None:
    # Windows opens no folder; there the change of name is on the disk when it returns.
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
