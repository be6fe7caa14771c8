"""Making a version of the roll-ups: sum what changed, check it, publish it, remove what is old."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.cluster.engine import check_engine, open_engine
from core.errors import InputError
from core.i18n import _
from core.rollup import version as versions
from core.rollup.inputs import fact_files, sha256_of, table_files
from core.rollup.local_store import look_through, scratch_store
from core.rollup.months import LINES, SHOPS, add_figures, add_months, totals
from core.rollup.parts import PartFolder
from core.rollup.tables import add_tables
from core.rollup.version import Version
from core.rollup.windows import add_window, latest_window
from core.settings import Settings
from core.store.progress import Watch

if TYPE_CHECKING:
    from core.rollup.inputs import InputFile
    from core.rollup.months import MonthSums
    from core.store.database import Store

DEFAULT_KEEP = 3
_FIGURE_TABLES = ("region", "market", "market_sales", "market_capacity")
_WINDOW_TABLES = ("terminal", "visit", "score_item", "product", "company", "region")


@dataclass(frozen=True)
class RollupRequest:
    """What to make a version from.

    Parameters
    ----------
    facts
        Pattern of the Parquet files of sales lines.
    tables
        Folder with a Parquet file per table.
    out
        Folder of the versions.
    engine
        ``duckdb``, ``sail`` or ``sc://HOST:PORT``.
    keep
        Versions that stay, the new one included.
    """

    facts: str
    tables: Path
    out: Path
    engine: str = "duckdb"
    keep: int = DEFAULT_KEEP

    def __post_init__(self) -> None:
        check_engine(self.engine)
        if self.keep < 1:
            raise InputError(_("Expected 1 or more versions to keep, got {found}.", found=self.keep))


@dataclass(frozen=True)
class Outcome:
    """What a run did.

    Parameters
    ----------
    version
        The newest version; the one before where nothing had changed.
    is_new
        Whether the run made it.
    removed
        Files of older versions that were removed.
    """

    version: Version
    is_new: bool
    months: MonthSums
    removed: int


def publish(request: RollupRequest, watch: Watch | None = None, settings: Settings | None = None) -> Outcome:
    """Make a version, or find that the newest one is made of the same.

    Raises
    ------
    InputError
        A file is missing or wrong; the newest version stays.
    StoreError
        Sums don't tie, the disk is full, or another run is at work; the newest version stays.
    CancelledError
        The work was stopped; the newest version stays.
    """
    watch = watch or Watch()
    settings = settings or Settings.from_environment()
    with versions.writing(request.out):
        watch.step(0.0, _("Looking at the files"))
        facts, tables = fact_files(request.facts), table_files(request.tables)
        before = versions.newest(request.out)
        parts = PartFolder(request.out, versions.next_number(request.out), before)
        with scratch_store(settings) as store:
            made, months = _make(request, parts, store, facts, tables, watch, settings)
        is_new = before is None or (made.parts, made.rivals) != (before.parts, before.rivals)
        if is_new:
            watch.step(0.98, _("Saving"))
            parts.sync()
            versions.write(request.out, made)
        removed = versions.clear(request.out, request.keep)
    return Outcome(made if is_new or before is None else before, is_new, months, removed)


def _make(
    request: RollupRequest,
    parts: PartFolder,
    store: Store,
    facts: tuple[InputFile, ...],
    tables: dict[str, InputFile],
    watch: Watch,
    settings: Settings,
) -> tuple[Version, MonthSums]:
    def hashes(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(tables[name].sha256 if name in tables else "" for name in names)

    watch.step(0.05, _("Reading the tables"))
    add_tables(parts, store, tables)
    with open_engine(request.engine, settings) as engine:
        months = add_months(
            parts, store, engine, facts, product=hashes(("product",))[0], step=watch.part(0.1, 0.6).step
        )
    for name in (LINES, SHOPS):
        look_through(store, name, parts.paths(name))
    watch.step(0.6, _("Summing up"))
    add_figures(parts, store, hashes(_FIGURE_TABLES))
    windows, rivals = [], []
    own = store.fetch(
        "SELECT c.company_id AS id FROM company AS c WHERE c.is_self ORDER BY c.company_id"
    ).to_pylist()
    last = max(month for file in facts for month in file.months)
    if own:
        window = latest_window(own[0]["id"], last)
        rivals.append(
            list(add_window(parts, store, window, hashes(_WINDOW_TABLES), watch.part(0.65, 0.97).step))
        )
        windows.append((window.start.isoformat(), window.end.isoformat()))
    counts, sums = totals(store)
    inputs = [
        {key: value for key, value in asdict(file).items() if key != "months"}
        for file in (*facts, *tables.values())
    ]
    made = Version(
        number=parts.number,
        made_at=dt.datetime.now().astimezone().isoformat(timespec="seconds"),
        engine=request.engine,
        data_version=sha256_of(*sorted(entry["sha256"] for entry in inputs))[:16],
        inputs=inputs,
        counts=counts,
        sums=sums,
        parts=sorted(parts.parts, key=lambda part: part.path),
        windows=windows,
        own_company=own[0]["id"] if own else None,
        rivals=rivals,
    )
    return made, months
