"""Query files in the words of Spark: parsed as DuckDB reads them, written as Spark does, at run time.

A value is never written into the text: ``$name`` becomes the marker ``:name``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from core.cluster.requirements import needed
from core.errors import InputError
from core.i18n import _

if TYPE_CHECKING:
    from sqlglot import exp


WHOLE = "DECIMAL(38, 0)"
"""Spark's type for DuckDB's HUGEINT, the sum of whole numbers."""


@dataclass(frozen=True)
class Statement:
    """One SELECT for Spark.

    Parameters
    ----------
    text
        The SELECT, with ``:name`` for its parameters.
    source
        The same SELECT for DuckDB, with ``$name``: without the table that an INSERT or CREATE would fill.
    types
        Spark's type of each parameter that the query casts; what a NULL or an empty list is bound as.
    tables
        The tables it reads.
    """

    text: str
    source: str
    types: dict[str, str]
    tables: frozenset[str]


@lru_cache(maxsize=1024)
def translate(text: str) -> Statement:
    """Translate one query from DuckDB's SQL to Spark's.

    Of an ``INSERT INTO … SELECT`` or ``CREATE TABLE … AS SELECT`` the SELECT is taken.

    Raises
    ------
    InputError
        The text is no query, or sqlglot is not installed.
    """
    sqlglot = needed("sqlglot")
    from sqlglot import exp

    try:
        tree = sqlglot.parse_one(text, dialect="duckdb")
    except sqlglot.errors.ParseError as error:
        raise InputError(_("The query can't be translated: {reason}", reason=error)) from error
    query = _select(tree)
    source = text if query is tree else query.sql("duckdb", comments=False)
    for part in query.find_all(exp.CTE):
        # A hint of DuckDB's, which others take for a name.
        part.set("materialized", None)
    for order in query.find_all(exp.ArrayAgg):
        if isinstance(order.this, exp.Order):
            # sqlglot drops the order in silence.
            raise InputError(_("The query can't be translated: {reason}", reason="LIST(… ORDER BY …)"))
    for kind in query.find_all(exp.DataType):
        if kind.this == exp.DataType.Type.INT128:
            kind.replace(exp.DataType.build(WHOLE, dialect="spark"))
    return Statement(query.sql("spark", comments=False), source, _parameter_types(query), _tables(query))


def spark_type(duckdb_type: str) -> str:
    """Return Spark's name of a type of DuckDB's."""
    from sqlglot import exp

    kind = exp.DataType.build(duckdb_type, dialect="duckdb")
    return WHOLE if kind.this == exp.DataType.Type.INT128 else kind.sql("spark")


def _select(tree: exp.Expression) -> exp.Query:
    from sqlglot import exp

    if isinstance(tree, exp.Insert | exp.Create) and isinstance(tree.expression, exp.Query):
        return tree.expression
    if not isinstance(tree, exp.Query):
        raise InputError(_("Only a query can run on the cluster, found {kind}.", kind=tree.key.upper()))
    return tree


def _parameter_types(query: exp.Query) -> dict[str, str]:
    from sqlglot import exp

    found: dict[str, str] = {}
    for cast in query.find_all(exp.Cast):
        if isinstance(cast.this, exp.Placeholder):
            found.setdefault(str(cast.this.this), cast.to.sql("spark"))
    return found


def _tables(query: exp.Query) -> frozenset[str]:
    from sqlglot import exp

    own = {part.alias for part in query.find_all(exp.CTE)}
    return frozenset(table.name for table in query.find_all(exp.Table)) - own
