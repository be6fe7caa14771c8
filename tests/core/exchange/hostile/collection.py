"""All hostile and odd files, and the forty of them that every run of the tests reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.core.exchange.hostile.books import books
from tests.core.exchange.hostile.packages import packages
from tests.core.exchange.hostile.tables import tables
from tests.core.exchange.hostile.texts import texts
from tests.core.exchange.hostile.trees import trees

if TYPE_CHECKING:
    from collections.abc import Callable


def collection() -> dict[str, Callable[[], bytes]]:
    """Return what makes each file, by kind and name; the last part of the name is what it is uploaded as."""
    kinds = {"text": texts(), "book": books(), "archive": packages(), "tree": trees(), "table": tables()}
    return {f"{kind}/{name}": make for kind, files in kinds.items() for name, make in files.items()}


SHORT = (
    *("text/endless_line_canonical/region.csv", "text/endless_quote.csv", "text/separators_only.csv"),
    *("text/million_columns.csv", "text/million_columns/region.csv", "text/one_ragged_row_of_a_million.csv"),
    *("text/nul/region.csv", "text/all_nul.csv", "text/utf32.csv", "text/gbk/region.csv"),
    *("text/circle/region.csv", "text/name_with_rlo.csv", "text/name_with_rlo/region.csv"),
    *(
        "book/far_cell.xlsx",
        "book/bomb_of_strings.xlsx",
        "book/entities.xlsx",
        "book/relations_lead_out.xlsx",
    ),
    *("book/locked.xlsx", "book/ole_of_nonsense.xls", "book/repeated_cells.ods", "book/long_cell.ods"),
    *("book/cut_0.6.xlsx", "book/hole_0.3.ods", "archive/plain.zip", "archive/bomb.zip"),
    *("archive/climbing.zip", "archive/link.zip", "archive/locked.zip", "archive/nested_2.zip"),
    *("archive/many_members.zip", "archive/name_of_signs.zip", "tree/deep_list.json", "tree/other_keys.json"),
    *("tree/lone_surrogate.json", "tree/null_geometry.geojson", "tree/ring_not_numbers.geojson"),
    *("tree/arcs_of_texts.topojson", "tree/entities.xml", "tree/shape_without_shp.zip"),
    *("table/footer_huge/region.parquet", "table/turned_text/region.parquet", "table/document.csv"),
)
"""Those that every run of the tests reads."""
