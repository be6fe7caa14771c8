"""What is asked about where the rows of a sheet lie: an address instead of a region, a list of regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.exchange.columns.results import Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.exchange.columns.assigning import Assignment
    from core.exchange.columns.proposal import ColumnProposal

FROM_ADDRESS = "region_from_address"
"""Code of the question whether the region is read from the address, and of the decision of its column."""
BY_CODE, BY_PATH = "by_code", "by_path"
"""Ways a region of a list by province, city and county gets its ID."""
CODED = ("region_id", "adcode")
"""Columns of the store that hold the code of a region."""


def address_questions(found: Assignment, columns: Sequence[ColumnProposal]) -> tuple[Question, ...]:
    """Ask whether the region is read from the addresses, where no column says it."""
    if found.address is None:
        return ()
    column = columns[found.address]
    context = {"label": column.header, "table": found.table.label}
    if column.target is None:
        context["lost"] = "yes"
    return (Question(FROM_ADDRESS, column.header, ("yes", "no"), "yes", column.samples[:3], context),)


def tree_questions(found: Assignment, columns: Sequence[ColumnProposal]) -> tuple[Question, ...]:
    """Ask which ID the regions of a list by province, city and county get."""
    if not found.tree:
        return ()
    code = next((column for column in columns if column.target in CODED), None)
    ways = (BY_CODE, BY_PATH) if code is not None else (BY_PATH, "refuse")
    context = {"tree": "yes", "code": code.header if code is not None else ""}
    return (Question("identifier", found.table.key[0], ways, ways[0], (), context),)
