"""Building the demonstration region: everything in order, into a new file or an open store."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from core.errors import CancelledError, StoreError
from core.i18n import N_, _
from core.sample.request import DEFAULT_SEED, DEFAULT_TERMINALS, SampleRequest
from core.sample.tables import Piece, sample_tables
from core.settings import Settings
from core.store.copies.replacement import exchange, generation_on_disk, prepare, remove
from core.store.database import Store
from core.store.loading import bulk_insert as bulk

Progress = Callable[[float, str], None]
Cancelled = Callable[[], bool]

BUILD_MEMORY = "2GB"
"""For DuckDB while a file is built; the generator itself takes up to 1.5 GB at ten million shops."""
_FIRST_LABEL = N_("Drawing the province")
_LABELS = {
    "terminal": N_("Placing the terminals"),
    "terminal_sales": N_("Writing the terminals' sales"),
    "visit": N_("Writing the visits"),
}


def build_sample(
    path: Path | str,
    terminals: int = DEFAULT_TERMINALS,
    seed: int = DEFAULT_SEED,
    *,
    replace: bool = False,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> None:
    """Build a demonstration region as a file of its own.

    The file appears under its name when it is complete; whatever stops the work leaves nothing.

    Parameters
    ----------
    progress
        Called with a share of the work from 0 to 1 and what is being done.
    cancelled
        Asked between two pieces of work; True stops it.

    Raises
    ------
    InputError
        The number of terminals or the seed is outside what the generator makes.
    StoreError
        The store has data and ``replace`` is False.
    CancelledError
        The user stopped.
    """
    request = SampleRequest(terminals, seed)
    settings = dataclasses.replace(Settings.from_environment(), memory=BUILD_MEMORY)
    path = Path(path)
    if path.exists():
        with Store.open(path, settings=settings) as store:
            _refuse_data(store, replace)

    def write(fresh: Path) -> None:
        with Store.open(fresh, settings=settings) as store:
            _fill(store, request, progress, cancelled)

    fresh = prepare(path, write, settings, after=generation_on_disk(path, settings))
    store, aside, _users = exchange(fresh)
    store.close()
    if aside is not None:
        remove(aside)


def fill_store(
    store: Store,
    terminals: int = DEFAULT_TERMINALS,
    seed: int = DEFAULT_SEED,
    *,
    replace: bool = False,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> None:
    """Build a demonstration region inside an open store, in one transaction.

    Parameters
    ----------
    terminals, seed, replace, progress, cancelled
        As for :func:`build_sample`.

    Raises
    ------
    InputError
        The number of terminals or the seed is outside what the generator makes.
    StoreError
        The store has data and ``replace`` is False.
    CancelledError
        The user stopped; the store is as it was.
    """
    request = SampleRequest(terminals, seed)
    _refuse_data(store, replace)
    _fill(store, request, progress, cancelled)


def _fill(
    store: Store, request: SampleRequest, progress: Progress | None, cancelled: Cancelled | None
) -> None:
    report = progress or (lambda _share, _label: None)

    def fill(writer: bulk.BulkWriter) -> None:
        writer.clear()
        done, label = 0.0, _FIRST_LABEL
        for name, rows, share in _ahead(sample_tables(request)):
            if cancelled is not None and cancelled():
                raise CancelledError(_("Stopped; nothing was changed."))
            label = _LABELS.get(name, label)
            report(min(done, 0.95), _(label))
            writer.append(name, rows)
            done += share
        report(0.95, _("Summing up"))

    made = f"{request.terminals} terminals, seed {request.seed}"
    bulk.write(store, "sample", fill, details={"after": made})
    report(1.0, _("Done"))


def _refuse_data(store: Store, replace: bool) -> None:
    if not replace and bulk.has_data(store):
        raise StoreError(
            _("The store {path} has data already.", path=store.path),
            _("Choose another file, or confirm that its data are to be replaced (--replace)."),
        )


def _ahead(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Make the next piece on a second core while the store takes this one."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        coming = pool.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = pool.submit(next, pieces, None)
            yield piece
