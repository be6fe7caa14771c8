"""From the values of a file to the types of the store, as SQL that runs over whole columns.

A column goes through three projections, so that no conversion runs twice: its text is trimmed
(``given``), converted (``read``), and then judged (``value`` and the conditions).
"""

from __future__ import annotations

from dataclasses import dataclass

from core.store.sql_text import literal, quoted
from core.tables import SQL_TYPES, Column, Kind
from core.visible_text import RE2_HIDDEN

# Blanks people can't see: tab, line ends, no-break, ideographic and zero-width space, byte order mark.
RARE_BLANKS = "\t\r\n\u00a0\u3000\u200b\ufeff"
_TRUE = ("true", "t", "1", "1.0", "yes", "y", "是", "对", "真", "√")
_FALSE = ("false", "f", "0", "0.0", "no", "n", "否", "错", "假", "×")
_FLOATS = ("DOUBLE", "FLOAT")
_HALF_A_TENTH_OF_A_FEN = 0.0005


@dataclass(frozen=True)
class Source:
    """A column of a file.

    Parameters
    ----------
    clean
        Whether none of its texts has to be trimmed.
    visible
        Whether none of its texts holds a character that nobody sees.
    """

    name: str
    kind: str
    clean: bool = False
    visible: bool = False

    @property
    def is_text(self) -> bool:
        """Whether values are texts that have to be converted."""
        return self.kind == "VARCHAR"

    @property
    def is_float(self) -> bool:
        """Whether values are binary floating-point numbers."""
        return self.kind in _FLOATS


@dataclass(frozen=True)
class Typed:
    """The SQL of one column.

    Parameters
    ----------
    given
        From the column of the file: text without blanks around it, NULL where it is empty.
    read
        From ``given``: the converted value, NULL where that fails.
    value
        From ``read``: the value of the store.
    unreadable
        From ``given`` and ``read``: true where there is a value that can't be read.
    not_first_day
        From ``read``: true where a month is given as another day than its first.
    rounded
        From ``given`` and ``read``: true where an amount has decimals beyond the second.
    hidden
        From ``given`` and ``read``: true where characters that nobody sees were left out.
    """

    given: str
    read: str
    value: str
    unreadable: str | None = None
    not_first_day: str | None = None
    rounded: str | None = None
    hidden: str | None = None


def given_name(column: Column) -> str:
    """Return the name under which the value as given goes through the projections."""
    return quoted(f"given {column.name}")


def typed(column: Column, source: Source) -> Typed:
    """Return the SQL that reads a column."""
    name = quoted(column.name)
    if source.kind == "BLOB":
        return Typed(source.name, given_name(column), name)
    if column.kind is Kind.TEXT:
        return _visible_text(column, source)
    if column.kind is Kind.BOOLEAN:
        return _boolean(column, source)
    if column.kind in {Kind.DATE, Kind.MONTH, Kind.TIMESTAMP}:
        return _time(column, source)
    return _number(column, source)


def _visible_text(column: Column, source: Source) -> Typed:
    given, name = given_name(column), quoted(column.name)
    if not source.is_text or source.visible:
        return Typed(_text(source), _known(column, given), name)
    seen = f"TRIM(REGEXP_REPLACE({given}, '{RE2_HIDDEN}', '', 'g'))"
    read = f"CASE WHEN REGEXP_MATCHES({given}, '{RE2_HIDDEN}') THEN NULLIF({seen}, '') ELSE {given} END"
    if column.known:
        # A code with such a character is an unknown one.
        return Typed(_text(source), _known(column, read), name)
    return Typed(_text(source), read, name, hidden=f"{given} IS DISTINCT FROM {name}")


def _text(source: Source) -> str:
    name = source.name
    if source.is_float:
        # A spreadsheet library keeps the id 260 as 260.0.
        whole = f"ISFINITE({name}) AND {name} = FLOOR({name}) AND ABS({name}) < 1e15"
        return (
            f"CASE WHEN ISNAN({name}) THEN NULL WHEN {whole}"
            f" THEN CAST(CAST({name} AS BIGINT) AS VARCHAR) ELSE CAST({name} AS VARCHAR) END"
        )
    if source.kind.startswith("DECIMAL"):
        return f"REGEXP_REPLACE(CAST({name} AS VARCHAR), '\\.0+$', '')"
    if not source.is_text:
        return f"NULLIF(TRIM(CAST({name} AS VARCHAR)), '')"
    if source.clean:
        return name
    # TRIM with a list of characters costs three times the plain one: only where one of them occurs.
    rare = " OR ".join(f"CONTAINS({name}, {literal(c)})" for c in RARE_BLANKS)
    trimmed = f"CASE WHEN {rare} THEN TRIM({name}, {literal(' ' + RARE_BLANKS)}) ELSE TRIM({name}) END"
    return f"NULLIF({trimmed}, '')"


def _known(column: Column, given: str) -> str:
    spellings: dict[str, str] = {}
    for code, synonyms in column.known.items():
        for spelling in (code, *synonyms):
            spellings.setdefault(spelling.casefold(), code)
    if not spellings:
        return given
    branches = " ".join(f"WHEN {literal(key)} THEN {literal(code)}" for key, code in spellings.items())
    return f"CASE LOWER({given}) {branches} ELSE {given} END"


def _boolean(column: Column, source: Source) -> Typed:
    given, name = given_name(column), quoted(column.name)
    if source.kind == "BOOLEAN":
        return Typed(source.name, given, name)
    true, false = (", ".join(literal(word) for word in words) for words in (_TRUE, _FALSE))
    read = f"CASE WHEN {given} IN ({true}) THEN TRUE WHEN {given} IN ({false}) THEN FALSE END"
    return Typed(f"LOWER({_text(source)})", read, name, _lost(given, name))


def _time(column: Column, source: Source) -> Typed:
    given, name, target = given_name(column), quoted(column.name), SQL_TYPES[column.kind]
    other_day = f"DAY({name}) <> 1" if column.kind is Kind.MONTH else None
    if source.kind == "DATE" or source.kind.startswith("TIMESTAMP"):
        return Typed(source.name, f"CAST({given} AS {target})", name, not_first_day=other_day)
    if column.kind is Kind.TIMESTAMP:
        # A time with an offset is turned into the local time of the store's time zone.
        read = (
            f"CASE WHEN {given} LIKE '%+%' OR {given} LIKE '%Z'"
            f" THEN CAST(TRY_CAST({given} AS TIMESTAMPTZ) AS TIMESTAMP)"
            f" ELSE TRY_CAST({given} AS TIMESTAMP) END"
        )
    elif column.kind is Kind.MONTH:
        month = given if source.clean else f"TRIM({given})"
        read = f"TRY_CAST(CASE WHEN STRLEN({given}) <= 7 THEN {month} || '-01' ELSE {given} END AS DATE)"
    else:
        read = f"TRY_CAST({given} AS DATE)"
    text = source.name if source.is_text else f"CAST({source.name} AS VARCHAR)"
    return Typed(text, read, name, _lost(given, name), not_first_day=other_day)


def _number(column: Column, source: Source) -> Typed:
    given, name = given_name(column), quoted(column.name)
    if column.kind is Kind.MONEY:
        read = f"TRY_CAST({given} AS {SQL_TYPES[Kind.MONEY]})"
        lost = _lost(given, name, is_text=source.is_text)
        return Typed(source.name, read, name, lost, rounded=_rounded(source, given, name))
    read = f"TRY_CAST({given} AS DOUBLE)"
    if column.kind is Kind.INTEGER:
        fits = f"{name} = FLOOR({name}) AND ABS({name}) < 9e15"
        value = f"CASE WHEN {fits} THEN CAST({name} AS BIGINT) END"
    else:
        fits = f"ISFINITE({name})"
        value = f"CASE WHEN {fits} THEN {name} END"
    lost = f"NOT ({fits}) OR ({_lost(given, name, is_text=source.is_text)})"
    return Typed(source.name, read, value, lost)


def _lost(given: str, name: str, *, is_text: bool = True) -> str:
    """Return the SQL that is true where a value was given and couldn't be read."""
    # Blanks alone are an empty value; the order of the conditions spares all others the trimming.
    return f"{name} IS NULL AND " + (f"TRIM({given}) <> ''" if is_text else f"{given} IS NOT NULL")


def _rounded(source: Source, given: str, name: str) -> str | None:
    if source.is_text:
        # In a text the decimals can be counted, which is cheaper than reading the number twice.
        point = f"STRPOS({given}, '.')"
        digits = f"STRLEN(RTRIM({given}, '0 ')) - {point}"
        return f"STRLEN({given}) - {point} > 2 AND {point} > 0 AND {digits} > 2"
    if source.is_float:
        return f"ABS(CAST({name} AS DOUBLE) - {given}) > {_HALF_A_TENTH_OF_A_FEN}"
    return f"{name} <> {given}" if source.kind.startswith("DECIMAL") else None
