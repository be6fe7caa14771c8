"""Rows of a header that hold nothing but units: 万元 and 箱 below 销售额 and 销量."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.exchange.readers.sheet.cells import label_of
from core.exchange.readers.sheet.vocabulary import is_unit

if TYPE_CHECKING:
    from core.exchange.readers.sheet.sampling import Sample


def are_units(looked: Sample, row: int) -> bool:
    """Tell whether a row of a sheet, below the names of its columns, says in what they are counted."""
    labels = [label_of(cell) for cell in looked.labels(row)]
    return bool(labels) and all(map(is_unit, labels))


def is_one_unit(looked: Sample, position: int) -> bool:
    """Tell whether a row holds nothing but the unit of one column, below a row of names."""
    labels = looked.labels(looked.rows[position])
    below_names = position > 0 and looked.rows[position - 1] == looked.rows[position] - 1
    return bool(
        below_names
        and len(labels) == 1
        and is_unit(label_of(labels[0]))
        and label_of(labels[0])[0] not in "-—/"
        and looked.is_label_row(position - 1)
        and looked.has[looked.rows[position - 1]][looked.has[looked.rows[position]]].all()
    )
