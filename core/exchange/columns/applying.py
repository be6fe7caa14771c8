"""Applying a mapping to the raw cells of a sheet."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping as Pairs
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pandas as pd

from core.errors import ImportRefusedError
from core.exchange.columns.header import Header
from core.exchange.columns.levels import level_named
from core.exchange.columns.mapping import MappedColumn, Mapping, changes, shape
from core.exchange.columns.parsing.values import ReadingOf, parse_column
from core.exchange.columns.placing import FROM_ADDRESS
from core.i18n import _
from core.tables import BY_NAME

if TYPE_CHECKING:
    from core.exchange.columns.results import Finding, Parsed, Question
    from core.tables import Column


@dataclass(frozen=True)
class NamedColumn:
    """Names that stand where the store wants IDs.

    Parameters
    ----------
    table
        What they name.
    names
        One per row.
    paths
        Where regions are told by several columns: names per row, widest first, the last one included.
    by
        What the names are: ``name``; ``address``, which may name regions; ``tree``, where every step of
        a path is a region of the sheet itself.
    level
        The level of the regions named, where the header says it (城市).
    """

    table: str
    names: pd.Series
    paths: tuple[tuple[str | None, ...], ...] = ()
    by: str = "name"
    level: str | None = None


@dataclass(frozen=True)
class Understood:
    """What a sheet says under a mapping.

    Parameters
    ----------
    values
        One column per column of the store; the index of the sheet. Columns of names are missing.
    named
        Column of the store -> the names in it, to be matched.
    findings, questions
        Of all columns.
    """

    values: pd.DataFrame
    named: Pairs[str, NamedColumn] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()


def apply_mapping(
    table: pd.DataFrame,
    mapping: Mapping,
    *,
    year: int | None = None,
    known: Pairs[str, Collection[str]] | None = None,
    formats_read: bool = True,
    semicolons: bool = False,
) -> Understood:
    """Read the cells of a sheet as a mapping says.

    Parameters
    ----------
    table
        Raw cells under the headers of the file.
    mapping
        What each column holds.
    year
        Of months without one.
    known
        Table -> IDs that exist.
    formats_read
        Whether the number formats of the file are known.
    semicolons
        Whether semicolons part the columns of the file.

    Raises
    ------
    ImportRefusedError
        A column the mapping needs is not in the sheet.
    """
    of = BY_NAME[mapping.table]
    values: dict[str, pd.Series] = {}
    named: dict[str, NamedColumn] = {}
    parsed: list[Parsed] = []
    for source in mapping.columns:
        if source.decisions.get(FROM_ADDRESS) == "yes" and mapping.source("region_id") is None:
            cells = table[header_in(source.header, table, mapping)]
            texts = parse_column(cells, of.column("region_id"), ReadingOf(named=True)).values
            named["region_id"] = NamedColumn("region", texts, by="address")
        if source.target is None:
            continue
        column = of.column(source.target)
        cells = table[header_in(source.header, table, mapping)]
        reading = replace(
            _reading(source, column, year, known or {}), formats_read=formats_read, semicolons=semicolons
        )
        result = parse_column(cells, column, reading)
        parsed.append(result)
        tree = bool(source.within) and source.target == "name"
        if source.resolve is None and not tree:
            values[source.target] = result.values
        else:
            wider = [table[header_in(name, table, mapping)] for name in source.within]
            steps = [parse_column(step, column, ReadingOf(named=True)).values for step in wider]
            paths = tuple(zip(*steps, result.values, strict=True)) if steps else ()
            by = "tree" if tree else "name"
            named[source.target] = NamedColumn(
                source.resolve or mapping.table,
                result.values,
                paths,
                by,
                level_named(Header.of(source.header)),
            )
    for name, constant in mapping.constants.items():
        result = parse_column(pd.Series([constant], dtype=object), of.column(name), ReadingOf(year=year))
        parsed.append(result)
        values[name] = pd.Series([result.values.iloc[0]] * len(table), index=table.index, dtype=object)
    return Understood(
        pd.DataFrame(values, index=table.index),
        named,
        tuple(finding for result in parsed for finding in result.findings),
        tuple(question for result in parsed for question in result.questions),
    )


def _reading(
    source: MappedColumn,
    column: Column,
    year: int | None,
    known: Pairs[str, Collection[str]],
) -> ReadingOf:
    ids = known.get(column.references, ()) if column.references else ()
    return ReadingOf(source.unit, year, ids, source.decisions, named=source.resolve is not None)


def header_in(name: str, table: pd.DataFrame, mapping: Mapping) -> str:
    """Return the header of a sheet that stands for one of a mapping.

    Raises
    ------
    ImportRefusedError
        There is none.
    """
    if name in table.columns:
        return name
    found = next((str(header) for header in table.columns if shape(str(header)) == shape(name)), None)
    if found is not None:
        return found
    raise ImportRefusedError(
        _("The file has no column “{header}”, which the mapping needs.", header=name),
        changes(mapping, [str(header) for header in table.columns]).words,
    )
