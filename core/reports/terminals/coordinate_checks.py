"""Shops whose coordinates cannot be right, over the whole store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core.geo.coordinate_checks import (
    COLUMNS,
    CONFIDENCES,
    FINDINGS,
    CheckOptions,
    check_coordinates,
)
from core.i18n import _
from core.store.scope import EVERYTHING, Scope
from core.store.terminals import coordinate_fixes as placing

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.store.database import Store

STRETCH = 300_000
"""About so many shops are read at a time."""


def coordinate_findings(
    store: Store,
    options: CheckOptions | None = None,
    *,
    scope: Scope = EVERYTHING,
    progress: Callable[[float, str], None] | None = None,
) -> pd.DataFrame:
    """Check the coordinates of all shops.

    Parameters
    ----------
    options
        What counts as wrong.
    progress
        Called with a fraction and a sentence.

    Returns
    -------
    pandas.DataFrame
        As :func:`core.geo.coordinate_checks.check_coordinates`, with name and region (its name); sorted
        by finding, region and terminal.
    """
    regions = placing.outlines(store, scope)
    shapes = placing.outline_shapes(store, regions["outline"].dropna().unique().tolist())
    known = regions[regions["region_id"].notna()]
    parts = []
    stretch = (known["terminals"].cumsum() // STRETCH).to_numpy()
    groups = [part["region_id"].tolist() for _number, part in known.groupby(stretch)] or [[]]
    homeless = bool(regions["region_id"].isna().any())
    for number, ids in enumerate(groups):
        if progress:
            progress(number / len(groups), _("Checking coordinates"))
        rows = placing.surveyed(store, ids, homeless=homeless and number == 0)
        found = check_coordinates(
            rows.assign(outline=rows["region_id"].map(known.set_index("region_id")["outline"])),
            shapes,
            options,
        )
        parts.append(found.merge(rows[["terminal_id", "name"]], on="terminal_id", how="left"))
    table = pd.concat(parts, ignore_index=True)
    table["region"] = table["region_id"].map(known.set_index("region_id")["region"])
    order = table["finding"].map(list(FINDINGS).index)
    return table.assign(order=order).sort_values(["order", "region_id", "terminal_id"], ignore_index=True)[
        [*COLUMNS, "name", "region"]
    ]


def counted(findings: pd.DataFrame) -> pd.DataFrame:
    """Return finding, terminals and fixable, one row per kind that was found."""
    sums = findings.groupby("finding").agg(terminals=("terminal_id", "size"), fixable=("fixable", "sum"))
    return sums.reindex([code for code in FINDINGS if code in sums.index]).reset_index()


def shown(findings: pd.DataFrame) -> pd.DataFrame:
    """Return the findings with words and headers in the user's language, as list and file show them."""
    headers = {
        "finding": _("Finding"),
        "name": _("Terminal"),
        "region": _("Region"),
        "km_outside": _("km outside its region"),
        "together": _("Shops at this point"),
        "lat": _("Latitude"),
        "lon": _("Longitude"),
        "crs": _("Coordinate system"),
        "lat_fixed": _("Latitude offered"),
        "lon_fixed": _("Longitude offered"),
        "crs_fixed": _("System offered"),
        "confidence": _("Confidence"),
        "terminal_id": _("Terminal ID"),
    }
    words = findings.assign(
        finding=findings["finding"].map(lambda code: _(FINDINGS[code])),
        confidence=findings["confidence"].map(lambda code: _(CONFIDENCES[code])),
        crs_fixed=findings["crs_fixed"].where(findings["fixable"]),
    )
    return words[list(headers)].rename(columns=headers)
