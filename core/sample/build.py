"""Building the demonstration region: everything in order, into a new file or an open store."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa

from core.errors import CancelledError, StoreError
from core.i18n import N_, _
from core.sample import activity, catalogue, market, money, regions
from core.sample.competition import compete
from core.sample.province import make_province
from core.sample.request import DEFAULT_SEED, DEFAULT_TERMINALS, SampleRequest
from core.sample.sales import CHUNK, make_shop_market, sales_pieces
from core.sample.settlements import settle
from core.sample.shops import shop_pieces
from core.sample.staff import make_dealers, make_staff
from core.sample.terminals import make_terminals
from core.settings import Settings
from core.store import bulk
from core.store.database import Store
from core.store.preferences import DEMONSTRATION

Progress = Callable[[float, str], None]
Cancelled = Callable[[], bool]

BUILD_MEMORY = "2GB"
"""For DuckDB while a file is built; the generator itself takes up to 1.5 GB at ten million shops."""
_SHARE_OF_TIME = {"terminal": 0.15, "terminal_sales": 0.6, "visit": 0.15}
"""Of the whole build; the small tables share the rest."""
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
    path
        The store to make.
    terminals, seed
        See :class:`core.sample.request.SampleRequest`.
    replace
        Replace a store that has data.
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
    draft = path.with_name(f"{path.name}.building")
    _remove(draft)
    try:
        with Store.open(draft, settings=settings) as store:
            _fill(store, request, progress, cancelled)
        _remove(path.with_name(f"{path.name}.wal"))
        draft.replace(path)
    finally:
        _remove(draft)


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
    store
        The open store.
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
        done = 0.0
        for name, rows, share in _pieces(request):
            if cancelled is not None and cancelled():
                raise CancelledError(_("Stopped; nothing was changed."))
            report(min(done, 0.95), _(_LABELS.get(name, N_("Drawing the province"))))
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


def _pieces(request: SampleRequest) -> Iterator[tuple[str, pa.Table, float]]:
    """Yield table name, rows and share of the time of every piece, in the order of references."""
    province = make_province(request)
    competition = compete(request, province)
    figures = market.make_market(request, province, competition)
    settlements = settle(request, province)

    def small(name: str, rows: pa.Table) -> tuple[str, pa.Table, float]:
        return name, rows, 0.01

    yield small("setting", _settings_table(request))
    yield small("region", regions.region_table(request.stream("regions"), province, competition))
    yield small("region_boundary", regions.boundary_table(province))
    yield small("company", catalogue.company_table())
    yield small("product", catalogue.product_table(request.stream("products")))
    yield small("market", catalogue.market_table())
    yield small("market_capacity", market.capacity_table(request.stream("capacity"), province, figures))
    yield small("market_sales", market.sales_table(request.stream("sources"), province, figures))
    yield small("region_factor", regions.factor_table(request.stream("factors"), province, competition))
    terminals = make_terminals(request, settlements, competition)
    staff = make_staff(request, province, settlements, terminals)
    dealers = make_dealers(request, province, settlements, terminals, staff)
    yield small("employee", staff.table)
    yield small("dealer", dealers.table)
    yield small("dealer_region", dealers.regions)
    pieces = -(-len(terminals) // CHUNK)
    for rows in shop_pieces(request, province, settlements, terminals, staff, dealers):
        yield "terminal", rows, _SHARE_OF_TIME["terminal"] / pieces
    shops = make_shop_market(request, settlements, terminals, figures, competition)
    for rows in sales_pieces(request, terminals, shops, figures):
        share = _SHARE_OF_TIME["terminal_sales"] / pieces / len(request.total_months)
        yield "terminal_sales", rows, share
    for name, rows in money.money_tables(request, province, figures, dealers, terminals):
        yield small(name, rows)
    for name, rows, share in activity.activity_tables(request, terminals, staff, dealers):
        yield name, rows, share * _SHARE_OF_TIME["visit"]


def _settings_table(request: SampleRequest) -> pa.Table:
    values = {
        DEMONSTRATION: "yes",
        "sample_terminals": str(request.terminals),
        "sample_seed": str(request.seed),
    }
    return pa.table({"name": list(values), "value": list(values.values())})


def _remove(path: Path) -> None:
    for file in (path, path.with_name(f"{path.name}.wal")):
        file.unlink(missing_ok=True)
