"""Spark Connect as an engine: an address, or Sail, which speaks the same in this process."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa

from core.cluster.requirements import needed
from core.cluster.statement import NOTHING, statement
from core.cluster.translation import spark_type, translate
from core.errors import StoreError
from core.i18n import _
from core.store.copies.parquet_tables import ParquetTables

if TYPE_CHECKING:
    from pyspark.sql.connect.dataframe import DataFrame
    from pyspark.sql.connect.session import SparkSession

    from core.settings import Settings

DEFAULT_PORT = 15002
REACH_SECONDS = 10.0
_SETTINGS = {
    # As in the store: times without a zone, days as in China, an error where a number doesn't fit.
    "spark.sql.session.timeZone": "Asia/Shanghai",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.ansi.enabled": "true",
}


class SparkEngine:
    """Queries on a Spark Connect server.

    Parameters
    ----------
    name
        ``sail`` or ``sc://HOST:PORT``.

    Attributes
    ----------
    session
        The open session, for what is more than a query.
    """

    def __init__(self, name: str, settings: Settings | None = None) -> None:
        needed("sqlglot")
        needed("pyspark.sql.connect.session")
        self.name = name
        self._server: Any = None
        self._declared = ParquetTables(settings)
        self._ready: set[str] = set()
        try:
            self.session: SparkSession = self._connect(name)
        except BaseException:
            self.close()
            raise

    def _connect(self, name: str) -> SparkSession:
        from pyspark.errors import PySparkException
        from pyspark.sql.connect.session import SparkSession

        address = name
        if name != "sail":
            _reach(name)
        else:
            # It would log every session and task on standard error.
            os.environ.setdefault("RUST_LOG", "off")
            self._server = needed("pysail.spark").SparkConnectServer("127.0.0.1", 0)
            self._server.start(background=True)
            address = "sc://{}:{}".format(*self._server.listening_address)
        try:
            session = SparkSession.builder.remote(address).create()
            for key, value in _SETTINGS.items():
                session.conf.set(key, value)
        except (PySparkException, OSError, ValueError) as error:
            raise StoreError(
                _("The engine {address} does not answer: {reason}", address=name, reason=first_lines(error)),
                _("Check the address and that a Spark Connect server runs there."),
            ) from error
        return session

    def close(self) -> None:
        """See :class:`core.cluster.engine.Engine`."""
        if hasattr(self, "session"):
            self.session.stop()
            del self.session
        if self._server is not None:
            self._server.stop()
            self._server = None
        self._declared.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def register(self, table: str, files: Sequence[str]) -> None:
        """See :class:`core.cluster.engine.Engine`."""
        from pyspark.errors import PySparkException
        from pyspark.sql.connect import functions as F  # noqa: N812 - its usual name

        try:
            frame = self.session.read.parquet(*files)
            given = dict(frame.dtypes)
            if not given:
                # Sail takes a pattern that fits no file for a table without columns.
                raise StoreError(_("There is no Parquet file at {path}.", path=", ".join(files)))
            wanted = self._declared.columns(table)
            if not wanted:
                wanted = self._kinds(frame)
                self._declared.declare(table, wanted)
            columns = [
                (F.col(f"`{name}`") if name in given else F.lit(None)).cast(spark_type(kind)).alias(name)
                for name, kind in wanted.items()
            ]
            frame.select(*columns).createOrReplaceTempView(table)
        except PySparkException as error:
            raise StoreError(
                _(
                    "{engine} can't read {table}: {reason}",
                    engine=self.name,
                    table=table,
                    reason=first_lines(error),
                ),
                _("The files must lie where the engine sees them under the same path."),
            ) from error
        self._ready.add(table)

    def run(
        self,
        name: str,
        parameters: Mapping[str, object] = NOTHING,
        parts: Mapping[str, str] | None = None,
    ) -> pa.Table:
        """See :class:`core.cluster.engine.Engine`."""
        return self.run_text(*statement(name, parameters, parts))

    def run_text(self, text: str, parameters: Mapping[str, object] = NOTHING) -> pa.Table:
        """See :class:`core.cluster.engine.Engine`."""
        from pyspark.errors import PySparkException

        schema = self._declared.schema(translate(text).source, parameters)
        try:
            found = self.frame(text, parameters).toArrow()
        except PySparkException as error:
            raise StoreError(
                _("{engine} could not answer: {reason}", engine=self.name, reason=first_lines(error))
            ) from error
        return conform(found, schema)

    def frame(self, text: str, parameters: Mapping[str, object] = NOTHING) -> DataFrame:
        """Return one SELECT in DuckDB's SQL as a frame of the cluster, for what goes on there."""
        made = translate(text)
        for table in made.tables - self._ready:
            self._register_empty(table)
        values = {name: _bound(value, made.types.get(name)) for name, value in parameters.items()}
        return self.session.sql(made.text, args=values or None)

    def _register_empty(self, table: str) -> None:
        columns = self._declared.columns(table)
        if columns:
            parts = ", ".join(
                f"CAST(NULL AS {spark_type(kind)}) AS `{name}`" for name, kind in columns.items()
            )
            self.session.sql(f"SELECT {parts} WHERE FALSE").createOrReplaceTempView(table)
            self._ready.add(table)

    def _kinds(self, frame: DataFrame) -> dict[str, str]:
        """Return DuckDB's type of each column of a frame."""
        from sqlglot import exp

        return {name: exp.DataType.build(kind, dialect="spark").sql("duckdb") for name, kind in frame.dtypes}


def _bound(value: object, kind: str | None) -> object:
    """Return a value as it is bound: what is NULL or a list carries its type."""
    from pyspark.sql.connect import functions as F  # noqa: N812 - its usual name

    if isinstance(value, list | tuple | set | frozenset):
        listed = F.array(*(F.lit(item) for item in value))
        return listed.cast(kind or "array<string>")
    if value is None and kind is not None:
        return F.lit(None).cast(kind)
    return value


def conform(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return rows with the names and types of a schema.

    Raises
    ------
    StoreError
        Columns differ, or a value doesn't fit its type.
    """
    if table.column_names != schema.names:
        raise StoreError(
            _(
                "The engine returned the columns {found}, not {wanted}.",
                found=table.column_names,
                wanted=schema.names,
            )
        )
    try:
        columns = [
            table.column(number).cast(field.type, safe=not pa.types.is_floating(table.schema.types[number]))
            for number, field in enumerate(schema)
        ]
    except pa.ArrowException as error:
        raise StoreError(
            _("A value of the engine's doesn't fit the store's type: {reason}", reason=error)
        ) from error
    return pa.table(columns, schema=schema)


def _reach(address: str) -> None:
    """Refuse an address where nobody listens: the client itself would try for ten minutes.

    Raises
    ------
    StoreError
        Nobody listens there.
    """
    host, _colon, port = address.removeprefix("sc://").split("/")[0].partition(":")
    try:
        socket.create_connection((host, int(port or DEFAULT_PORT)), timeout=REACH_SECONDS).close()
    except OSError as error:
        raise StoreError(
            _("The engine {address} does not answer: {reason}", address=address, reason=error),
            _("Check the address and that a Spark Connect server runs there."),
        ) from error


def first_lines(error: Exception) -> str:
    """Return the first lines of an error of Spark's, without the trace of its server."""
    text = str(error).split("JVM stacktrace")[0].strip()
    return " ".join(text.splitlines()[:3])
