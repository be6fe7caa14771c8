"""A version as a store: made once from its files, read like any other, changed by nobody."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

from core.errors import NotPublishedError, StoreError
from core.i18n import N_, _
from core.rollup.local_store import columns, drop, selected
from core.rollup.windows import KINDS
from core.store.caching import region_rollup
from core.store.caching.account_figures import ACCOUNTS, DEALER_ACCOUNTS
from core.store.caching.map_rollup import PARTS, table_name
from core.store.caching.sales_window import SalesWindow
from core.store.caching.terminal_figures import FIGURES
from core.store.database import Store
from core.store.sql_text import literal, quoted
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

    from core.access.access import Access
    from core.rollup.version import Version
    from core.settings import Settings

DERIVED = ("region_closure", "region_month_sales", "region_month_figure")
EMPTY_WHERE_ABSENT = frozenset(
    {
        *(
            "market",
            "market_sales",
            "market_capacity",
            "region_boundary",
            "region_factor",
            "product",
            "setting",
        ),
        *("audit_log", "meta", "derived_state", "customer_search", "region_outline"),
    }
)
"""Tables whose absence says that nothing is recorded, and those that a store needs itself."""
_ORDER = {"region_month_figure": "market_key, month, region_id", "terminal": "cell"}
_MISSING = re.compile(r"Table with name (\w+) does not exist")
_LABELS = {
    "customer_form": N_("Forms"),
    "day_report": N_("Daily reports"),
    "task": N_("Tasks"),
    "target_plan": N_("Target plans"),
    "plan_version": N_("Target plans"),
    "visit_plan": N_("Visit plans"),
    "visit_rule": N_("Visit plans"),
    "visit_prospect": N_("Prospects"),
    "grade_template": N_("Grading scale"),
    "terminal_selection": N_("Selections of shops"),
    "territory_plan": N_("Territories"),
    "import_batch": N_("Imports"),
    "quarantine": N_("Rows set aside"),
}
_EDITS = N_("This dashboard shows a published version; nothing can be changed here.")


class PublishedStore(Store):
    """The tables of a version.

    What a version doesn't hold isn't there as a table either: a question that needs it is refused with a
    sentence, and never answered as if nothing were recorded.
    """

    version: Version

    def write(self, *_arguments: object, **_options: object) -> NoReturn:
        """Refuse.

        Raises
        ------
        NotPublishedError
            Always.
        """
        raise NotPublishedError(_(_EDITS), _("Change it in the store that the version is made from."))

    write_beside = write

    def derive(self, function: Callable[..., Any], *, of_facts: bool = False) -> NoReturn:
        """Refuse what would be summed from sales lines, which a version doesn't hold.

        Raises
        ------
        NotPublishedError
            Always.
        """
        del function, of_facts
        raise NotPublishedError(
            _("The version shown has no figures of single customers for this period or category."),
            _("It has them for {windows}, all categories together.", windows=self.window_names() or "–"),
        )

    def window_names(self) -> str:
        """Return the periods for which there are figures of customers."""
        return _(", ").join(
            _("{first} to {last}", first=first[:7], last=last[:7]) for first, last in self.version.windows
        )

    def for_access(self, access: Access) -> Store:
        """Return this version for whoever may see all of it.

        Raises
        ------
        NotPublishedError
            The access is to a part: which rows are in it is known in a store alone.
        """
        if access.is_restricted:
            raise NotPublishedError(
                _("A published version is shown to those alone who may see everything."),
                _("Ask for a dashboard on a store."),
            )
        return self

    def fetch(self, text: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        """Run one SELECT and return all its rows, as a store does.

        Raises
        ------
        NotPublishedError
            It reads a table that the version doesn't hold.
        """
        try:
            return super().fetch(text, parameters)
        except StoreError as error:
            raise _named(error.__cause__ or error) or error from error

    @contextmanager
    def cursor(self) -> Iterator[Any]:
        """Give a cursor of its own to one read, as a store does."""
        with super().cursor() as cursor:
            try:
                yield cursor
            except Exception as error:
                raise _named(error) or error from error


def _named(error: BaseException) -> NotPublishedError | None:
    """Return what to say where an error is about a table that isn't there."""
    missing = _MISSING.search(str(error))
    return absent(missing[1]) if missing else None


def absent(table: str) -> NotPublishedError:
    """Return what to say where a table isn't part of a version."""
    label = _LABELS.get(table) or (BY_NAME[table].label if table in BY_NAME else table)
    return NotPublishedError(
        _("The version shown doesn't hold what this needs: {table}.", table=_(label)),
        _("Look at it in the store that the version is made from."),
    )


def make_store(folder: Path, version: Version, path: Path, settings: Settings) -> PublishedStore:
    """Make the store of a version and open it.

    Parameters
    ----------
    folder
        Where the versions are.
    path
        A file that doesn't exist yet.

    Raises
    ------
    StoreError
        A file of the version is missing or damaged.
    """
    with Store.open(path, settings=settings) as store:
        store.maintain(lambda cursor: _fill(store, cursor, folder, version))
    with Store.open(path, create=False, settings=settings) as store:
        # The names of these depend on the data version, which is read when a store is opened.
        store.maintain(lambda cursor: _add_windows(store, cursor, folder, version))
    opened = PublishedStore.open(path, create=False, settings=settings)
    opened.version = version
    return opened


def _files(folder: Path, version: Version, table: str) -> list[str]:
    return [str(folder / part.path) for part in version.of(table)]


def _fill(store: Store, cursor: Any, folder: Path, version: Version) -> None:  # noqa: ANN401 - of the store
    for table in sorted(version.tables & {*BY_NAME, "setting", *DERIVED}):
        if not columns(store, table):
            continue
        order = _ORDER.get(table) or ", ".join(BY_NAME[table].sorted_by if table in BY_NAME else ())
        sorting = f" ORDER BY {order}" if order else ""
        cursor.execute(f"DELETE FROM {quoted(table)}")
        source = selected(store, table, _files(folder, version, table))
        cursor.execute(f"INSERT INTO {quoted(table)} BY NAME {source}{sorting}")
    held = version.tables | set(DERIVED) | EMPTY_WHERE_ABSENT
    names = store.fetch("SELECT t.table_name AS name FROM duckdb_tables() AS t WHERE t.schema_name = 'main'")
    for name in names["name"].to_pylist():
        if name not in held:
            cursor.execute(drop(store, name))
    cursor.execute(
        "INSERT INTO audit_log (audit_id, happened_at, actor, action, after)"
        " VALUES (?, ?, 'rollup', 'publish', ?)",
        [version.number, version.made.replace(tzinfo=None), version.data_version],
    )
    region_rollup.mark(cursor, version.number + 1)


def _add_windows(store: Store, cursor: Any, folder: Path, version: Version) -> None:  # noqa: ANN401
    for first, last in version.windows:
        window = SalesWindow(str(version.own_company), _day(first), _day(last))
        lens = table_name(store, window)
        names = {
            "customer_figures": FIGURES.name(store, window),
            "account_figures": ACCOUNTS.name(store, window),
            "dealer_accounts": DEALER_ACCOUNTS.name(store, window),
            **{f"map{part}": f"{lens}{part}" for part in PARTS},
        }
        for kind in KINDS:
            files = [str(folder / part.path) for part in version.of(kind) if part.month == window.end]
            scan = f"read_parquet([{', '.join(map(literal, files))}], hive_partitioning = false)"
            cursor.execute(f"CREATE TABLE {names[kind]} AS SELECT * FROM {scan}")
        for name in {
            names[kind]
            for kind in KINDS
            if kind in ("customer_figures", "account_figures", "dealer_accounts")
        } | {lens}:
            cursor.execute("INSERT INTO derived_state VALUES (?, ?)", [name, version.number])


def _day(text: str) -> Any:  # noqa: ANN401 - a date
    import datetime as dt

    return dt.date.fromisoformat(text)
