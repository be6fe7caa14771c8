"""An engine that runs the store's query files on Parquet files: DuckDB, Sail in this process, or a cluster.

Usage::

    with open_engine("sail") as engine:
        engine.register("terminal_sales", ["/shared/facts/*.parquet"])
        table = engine.run("derived/region_month_sales", {"months": None})

The text of a query is the store's; a table of the store that was not registered is empty, and a column that
the files lack is NULL. The rows come back with the types that the store gives, whatever the engine makes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, Self

from core.cluster.statement import NOTHING, statement
from core.errors import InputError
from core.i18n import _
from core.store.copies.parquet_tables import ParquetTables

if TYPE_CHECKING:
    import pyarrow as pa

    from core.settings import Settings

ENGINES = ("duckdb", "sail", "sc://HOST:PORT")
_ADDRESS = re.compile(r"sc://[A-Za-z0-9._-]+(:\d{1,5})?(/[^\s]*)?")


class Engine(Protocol):
    """What runs queries; closed by ``close()`` or at the end of a ``with`` block."""

    name: str

    def register(self, table: str, files: Sequence[str]) -> None:
        """Let Parquet files be a table of the store, or a table of their own where the store has none such.

        Parameters
        ----------
        files
            Paths that the engine sees, with ``*`` where wanted.
        """

    def run(
        self,
        name: str,
        parameters: Mapping[str, object] = NOTHING,
        parts: Mapping[str, str] | None = None,
    ) -> pa.Table:
        """Run the query file ``topic/name`` of ``core/store/queries`` and return all its rows.

        Parameters
        ----------
        parameters
            Values of its ``$parameters``; others are left aside, ``scope`` is None where it isn't given.
        parts
            What stands for each ``{part}`` of a text that has such; None where it has none.
        """

    def run_text(self, text: str, parameters: Mapping[str, object] = NOTHING) -> pa.Table:
        """Run one SELECT in DuckDB's SQL, as :meth:`run` does; all its parameters are given."""

    def close(self) -> None:
        """Leave the engine; a second call does nothing."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_exception: object) -> None: ...


def open_engine(name: str, settings: Settings | None = None) -> Engine:
    """Open the engine of a name.

    Parameters
    ----------
    name
        ``duckdb``; ``sail``, a Spark Connect server in this process; or ``sc://HOST:PORT``, one elsewhere.

    Raises
    ------
    InputError
        There is no such engine, its libraries are not installed, or nobody answers at the address.
    """
    check_engine(name)
    if name == "duckdb":
        return DuckDBEngine(settings)
    from core.cluster.spark import SparkEngine

    return SparkEngine(name, settings)


def check_engine(name: str) -> None:
    """Refuse a name that is no engine's.

    Raises
    ------
    InputError
        There is no such engine.
    """
    if name not in ENGINES[:2] and not _ADDRESS.fullmatch(name):
        raise InputError(
            _("“{name}” is no engine.", name=name),
            _("Choose one of: {allowed}.", allowed=", ".join(ENGINES)),
        )


class DuckDBEngine:
    """The engine of the store itself, in memory, on Parquet files."""

    name = "duckdb"

    def __init__(self, settings: Settings | None = None) -> None:
        self._tables = ParquetTables(settings)

    def register(self, table: str, files: Sequence[str]) -> None:
        """See :class:`Engine`."""
        self._tables.register(table, files)

    def run(
        self,
        name: str,
        parameters: Mapping[str, object] = NOTHING,
        parts: Mapping[str, str] | None = None,
    ) -> pa.Table:
        """See :class:`Engine`."""
        text, values = statement(name, parameters, parts)
        return self.run_text(text, values)

    def run_text(self, text: str, parameters: Mapping[str, object] = NOTHING) -> pa.Table:
        """See :class:`Engine`."""
        return self._tables.fetch(text, parameters)

    def close(self) -> None:
        """See :class:`Engine`."""
        self._tables.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()
