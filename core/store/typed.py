"""From the values of a file to the types of the store, as SQL that runs over whole columns."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.raw import literal
from core.tables import SQL_TYPES, Column, Kind

# Spaces people can't see: tab, no-break space, ideographic space, zero-width space, byte order mark.
_BLANKS = "\t\r\n \u00a0\u3000\u200b\ufeff"
_TRUE = ("true", "t", "1", "1.0", "yes", "y", "是", "对", "真", "√")
_FALSE = ("false", "f", "0", "0.0", "no", "n", "否", "错", "假", "×")
_FLOATS = ("DOUBLE", "FLOAT")
_MISSING_DECIMALS = 0.0005


@dataclass(frozen=True)
class Typed:
    """The SQL of one column.

    Parameters
    ----------
    value
        Its value in the type of the store, NULL where it is empty or can't be read.
    unreadable
        True where there is a value that can't be read.
    not_first_day
        True where a month is given as another day than its first.
    rounded
        True where an amount has decimals beyond the second.
    """

    value: str
    unreadable: str | None = None
    not_first_day: str | None = None
    rounded: str | None = None


def typed(column: Column, source: str, source_type: str) -> Typed:
    """Return the SQL that reads a column.

    Parameters
    ----------
    column
        The column of the store.
    source
        The quoted column of the file.
    source_type
        DuckDB's type of it.
    """
    if source_type == "BLOB":
        return Typed(source)
    if column.kind is Kind.TEXT:
        return Typed(_known(column, _text(source, source_type)))
    text = _plain(source, source_type)
    if column.kind is Kind.BOOLEAN:
        return _boolean(column, source, source_type, text)
    if column.kind in {Kind.DATE, Kind.MONTH, Kind.TIMESTAMP}:
        return _time(column, source, source_type, text)
    return _number(column, source, source_type, text)


def _text(source: str, source_type: str) -> str:
    if source_type in _FLOATS:
        # A spreadsheet library keeps the id 260 as 260.0.
        whole = f"ISFINITE({source}) AND {source} = FLOOR({source}) AND ABS({source}) < 1e15"
        return (
            f"CASE WHEN ISNAN({source}) THEN NULL WHEN {whole}"
            f" THEN CAST(CAST({source} AS BIGINT) AS VARCHAR) ELSE CAST({source} AS VARCHAR) END"
        )
    if source_type.startswith("DECIMAL"):
        return f"REGEXP_REPLACE(CAST({source} AS VARCHAR), '\\.0+$', '')"
    if source_type != "VARCHAR":
        return f"CAST({source} AS VARCHAR)"
    # TRIM with a list of characters costs three times the plain one: only where one of them occurs.
    rare = " OR ".join(f"CONTAINS({source}, {literal(c)})" for c in "\t\r\n\u00a0\u3000\u200b\ufeff")
    return f"NULLIF(CASE WHEN {rare} THEN TRIM({source}, {literal(_BLANKS)}) ELSE TRIM({source}) END, '')"


def _plain(source: str, source_type: str) -> str:
    # Numbers and dates are read over surrounding blanks; only emptiness has to be seen.
    return f"NULLIF(TRIM({source}), '')" if source_type == "VARCHAR" else _text(source, source_type)


def _known(column: Column, text: str) -> str:
    spellings: dict[str, str] = {}
    for code, synonyms in column.known.items():
        for spelling in (code, *synonyms):
            spellings.setdefault(spelling.casefold(), code)
    if not spellings:
        return text
    branches = " ".join(f"WHEN {literal(key)} THEN {literal(code)}" for key, code in spellings.items())
    return f"CASE LOWER({text}) {branches} ELSE {text} END"


def _boolean(column: Column, source: str, source_type: str, text: str) -> Typed:
    if source_type == "BOOLEAN":
        return Typed(source)
    true, false = (", ".join(literal(word) for word in words) for words in (_TRUE, _FALSE))
    value = f"CASE WHEN LOWER({text}) IN ({true}) THEN TRUE WHEN LOWER({text}) IN ({false}) THEN FALSE END"
    return Typed(value, f"{text} IS NOT NULL AND ({value}) IS NULL")


def _time(column: Column, source: str, source_type: str, text: str) -> Typed:
    target = SQL_TYPES[column.kind]
    if source_type == "DATE" or source_type.startswith("TIMESTAMP"):
        value, unreadable = f"CAST({source} AS {target})", None
    else:
        if column.kind is Kind.TIMESTAMP:
            # A time with an offset is turned into the local time of the store's time zone.
            offset = f"({text} LIKE '%+%' OR {text} LIKE '%Z')"
            value = (
                f"CASE WHEN {offset} THEN CAST(TRY_CAST({text} AS TIMESTAMPTZ) AS TIMESTAMP)"
                f" ELSE TRY_CAST({text} AS TIMESTAMP) END"
            )
        elif column.kind is Kind.MONTH:
            value = f"TRY_CAST(CASE WHEN LENGTH({text}) <= 7 THEN {text} || '-01' ELSE {text} END AS DATE)"
        else:
            value = f"TRY_CAST({text} AS DATE)"
        unreadable = f"{text} IS NOT NULL AND ({value}) IS NULL"
    other_day = f"DAY({value}) <> 1" if column.kind is Kind.MONTH else None
    return Typed(value, unreadable, not_first_day=other_day)


def _number(column: Column, source: str, source_type: str, text: str) -> Typed:
    is_text = source_type == "VARCHAR"
    given = text if is_text else source
    number = f"TRY_CAST({given} AS {SQL_TYPES[column.kind]})"
    if column.kind is Kind.INTEGER:
        double = f"TRY_CAST({given} AS DOUBLE)"
        whole = f"{double} = FLOOR({double})"
        return Typed(
            f"CASE WHEN {whole} THEN {number} END", f"{given} IS NOT NULL AND COALESCE(NOT {whole}, TRUE)"
        )
    if column.kind is Kind.NUMBER:
        if not is_text and source_type not in _FLOATS:
            return Typed(number)
        return Typed(
            f"CASE WHEN ISFINITE({number}) THEN {number} END",
            f"{given} IS NOT NULL AND COALESCE(NOT ISFINITE({number}), TRUE)",
        )
    rounded = None
    if is_text:
        # In text the decimals can be counted, which is cheaper than reading the number twice.
        decimals = f"LENGTH(RTRIM({given}, '0')) - STRPOS({given}, '.')"
        rounded = (
            f"STRPOS({given}, '.') > 0 AND LENGTH({given}) - STRPOS({given}, '.') > 2 AND {decimals} > 2"
        )
    elif source_type in _FLOATS:
        rounded = f"ABS(CAST({number} AS DOUBLE) - {given}) > {_MISSING_DECIMALS}"
    elif source_type.startswith("DECIMAL"):
        rounded = f"{number} <> {given}"
    return Typed(number, f"{given} IS NOT NULL AND {number} IS NULL", rounded=rounded)
