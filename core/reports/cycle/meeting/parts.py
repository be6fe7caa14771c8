"""What each region right below contributes to a month's result, and what lies in none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.reports.cycle.meeting.targets import MonthTarget

COLUMNS = (
    "region_id",
    "name",
    "target",
    "actual",
    "previous",
    "share",
    "share_change",
    "difference",
    "change",
)


def part_table(below: pd.DataFrame | None, standing: Mapping[str, Any], target: MonthTarget) -> pd.DataFrame:
    """Return the regions right below, the largest shortfall first.

    Parameters
    ----------
    below
        Their market table with name; None where there are none.

    Returns
    -------
    pandas.DataFrame
        :data:`COLUMNS`: target, actual, previous (a year earlier), difference (actual less target) and change
        (actual less previous) in yuan, NaN not recorded. The row without a region_id is what lies in none of
        them or isn't recorded by region; with it, each column sums to the whole.
    """
    if below is None:
        return pd.DataFrame(columns=list(COLUMNS))
    asked = {region: float(value) for region, value in target.parts.items()}
    table = pd.DataFrame(
        {
            "region_id": below["region_id"].astype(object),
            "name": below["name"].astype(object),
            "target": below["region_id"].map(asked).astype("float64"),
            "actual": below["own"],
            "previous": below["own_previous"],
            "share": below["share"],
            "share_change": below["share_change"],
        }
    )
    table = pd.concat([table, _rest(table, standing, target)], ignore_index=True)
    table = table.assign(
        difference=(table["actual"] - table["target"]).round(2),
        change=(table["actual"] - table["previous"]).round(2),
    )
    return table.sort_values(["difference", "change"], na_position="last", ignore_index=True)


def _rest(table: pd.DataFrame, standing: Mapping[str, Any], target: MonthTarget) -> pd.DataFrame:
    whole = {"actual": standing["own"], "previous": standing["own_previous"]}
    if target.month is not None and target.parts:
        whole["target"] = float(target.month)
    rest = {name: round(float(value) - float(table[name].sum()), 2) for name, value in whole.items()}
    left = {name: value for name, value in rest.items() if abs(value) >= 0.01}
    if not left:
        return table.iloc[:0]
    return pd.DataFrame([{"region_id": None, "name": None, **left}])
