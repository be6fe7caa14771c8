"""One sentence per sheet before loading: what will be stored, and the total beside the file's own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from core import numbers
from core.exchange.columns.parsing import units
from core.exchange.flow.rows.row_table import POSITION
from core.exchange.readers.reading import SEPARATOR
from core.exchange.readers.sheet.vocabulary import total_word
from core.i18n import _, format_number, ngettext
from core.tables import BY_NAME, Kind

if TYPE_CHECKING:
    from core.exchange.columns.mapping import MappedColumn
    from core.exchange.flow.check.checking import PreparedSheet
    from core.exchange.flow.knowledge import Known
    from core.store.loading.source_table import RawTable

_NAMED = 3
_WHOLE = ("all", "so far")


@dataclass(frozen=True)
class SheetSummary:
    """What will be stored of a sheet.

    Parameters
    ----------
    sheet, table
        Its name, and the table of the store.
    rows, aside, left_out
        How many rows go in, are set aside, and don't count.
    months
        First and last month; empty where the table has none.
    companies
        Names of the companies.
    unit
        Unit of the amounts in the file.
    total, own_total
        Sum of the amounts that go in, and what the file says itself; yuan.
    """

    sheet: str
    table: str
    rows: int
    aside: int = 0
    left_out: int = 0
    months: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    unit: str = ""
    total: Decimal | None = None
    own_total: Decimal | None = None

    @property
    def sentence(self) -> str:
        """The summary in the current language."""
        label = _(BY_NAME[self.table].label)
        parts = [_("{sheet} → {table}", sheet=self.sheet, table=label)]
        if self.months:
            parts.append(" – ".join(dict.fromkeys(self.months)))
        if self.companies:
            more = " …" if self.companies[_NAMED:] else ""
            parts.append(_(", ").join(self.companies[:_NAMED]) + more)
        parts.append(ngettext("{rows} row", "{rows} rows", self.rows, rows=format_number(self.rows)))
        if self.total is not None:
            parts.append(_("{total} in all", total=_amount(self.total)))
        if self.unit:
            parts.append(_("the file is in {unit}", unit=self.unit))
        if self.own_total is not None:
            parts.append(_("its own total: {total}", total=_amount(self.own_total)))
        if self.left_out:
            parts.append(ngettext("{n} row doesn't count", "{n} rows don't count", self.left_out))
        return " · ".join(parts)


def _amount(yuan: Decimal) -> str:
    unit = Decimal(numbers.money_divisor())
    if abs(yuan) < unit:  # a few yuan would read as 0.00 万元
        return _("{amount} yuan", amount=format_number(yuan, 2))
    return f"{format_number(yuan / unit, 2)} {numbers.money_unit()}"


def summarize(prepared: PreparedSheet, known: Known) -> SheetSummary:
    """Return what will be stored of a sheet after its check."""
    sheet = prepared.sheet
    table = BY_NAME[sheet.table or ""]
    raw = prepared.rows.raw(sheet.name, prepared.bad, POSITION)
    amounts = [c.name for c in table.columns if c.kind is Kind.MONEY and c.name in raw.columns]
    wanted = [name for name in ("month", "company_id", *amounts[:1]) if name in raw.columns]
    data = _columns(raw, wanted)
    source = sheet.mapping.source(amounts[0]) if amounts and sheet.mapping else None
    companies = _names(data, known)
    return SheetSummary(
        sheet.name,
        table.name,
        len(data),
        len(prepared.bad),
        len(sheet.left_out),
        _months(data),
        companies,
        source.unit or "" if source is not None else "",
        _sum(data, amounts[0]) if amounts else None,
        _own_total(prepared, source, amounts[0]) if source is not None else None,
    )


def _columns(raw: RawTable, names: list[str]) -> pa.Table:
    """Return some columns of rows as texts."""
    own = [*names, raw.row_column] if raw.row_column else names
    if isinstance(raw.data, pa.Table):
        return raw.data.select(own)
    data = raw.data if raw.data is not None else ds.dataset(raw.path)
    return data.to_table(columns=own)


def _months(data: pa.Table) -> tuple[str, ...]:
    if "month" not in data.column_names:
        return ()
    ends = pc.min_max(data["month"]).as_py()
    return (str(ends["min"])[:7], str(ends["max"])[:7]) if ends["min"] is not None else ()


def _names(data: pa.Table, known: Known) -> tuple[str, ...]:
    if "company_id" not in data.column_names:
        return ()
    names = dict(known.names("company")[["id", "name"]].itertuples(index=False, name=None))
    own = sorted(company for company in data["company_id"].unique().to_pylist() if company is not None)
    return tuple(str(names.get(company, company)) for company in own)


def _sum(data: pa.Table, name: str) -> Decimal | None:
    total = pc.sum(pc.cast(data[name], pa.decimal128(24, 4))).as_py() if len(data) else None
    return None if total is None else Decimal(total)


def _own_total(prepared: PreparedSheet, source: MappedColumn, amount: str) -> Decimal | None:
    """Return the grand total that stands in the file, in yuan; None where it has none.

    Of columns that stood side by side the total row has one figure each, those of row totals and plans
    among them: what it sums is sure only where the rows under these columns are the rows that were read.
    """
    reading = prepared.sheet.reading
    whole = [total for total in reading.set_aside if total.scope in _WHOLE and total.comparisons]
    if not whole:
        return None
    factor = units.UNITS[source.unit].factor if source.unit in units.UNITS else Decimal(1)
    own = [each.total for each in whole[-1].comparisons if each.column == source.header]
    if not own and not reading.positions and prepared.sheet.values is not None:
        beside = [each for each in whole[-1].comparisons if not _is_total(each.column)]
        read = sum((figure for figure in prepared.sheet.values[amount] if figure is not None), Decimal(0))
        rows = sum((Decimal(repr(each.details)) for each in beside), Decimal(0)) * factor
        own = [each.total for each in beside] if abs(rows - read) < len(beside) * factor / 100 else []
    return sum((Decimal(repr(figure)) for figure in own), Decimal(0)) * factor if own else None


def _is_total(column: str) -> bool:
    return any(total_word(level) for level in column.split(SEPARATOR))
