"""Why each region is taken or left, in words with its own numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.i18n import _, format_number, format_percent
from core.market.labels import explanation, label
from core.numbers import money

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from core.market.concentration.plan import ConcentrationPlan


def cut(plan: ConcentrationPlan) -> float:
    """Return the least value a rep-quarter among the attacks, yuan, where strength ends; NaN without any."""
    taken = plan.table.loc[plan.table["decision"] == "attack", "value_per_effort"]
    return float(taken.min()) if len(taken) else float("nan")


def explain(row: Mapping[Hashable, object], *, cut: float) -> str:
    """Say why a region is taken or left.

    Parameters
    ----------
    row
        A row of the plan's table.
    cut
        See :func:`cut`.
    """
    reason = str(row["reason"])
    if reason == "taken":
        return _(
            "Attack from quarter {start} on, {quarters} quarter(s) long: {visits} visits beyond today's make "
            "those of two years {multiple} times today's, which by the square rule (a heuristic) is No.1. "
            "They take {effort} rep-quarters and win {value} within two years.",
            start=row["start"],
            quarters=row["quarters"],
            value=money(_float(row["value"])),
            **_costs(row),
        )
    if reason == "frees_strength":
        return _(
            "On average {part} of its shops keep fewer visits for the period. That costs {loss} within two "
            "years; the visits win more elsewhere.",
            part=format_percent(_float(row["thinned"]), 0),
            loss=money(-_float(row["value"])),
        ) + _obstacle(row)
    if reason == "missing":
        names = _(", ").join(label("concentration_input", name) for name in str(row["missing"]).split(","))
        return _("Not judged, visits stay as they are. Unknown: {names}.", names=names)
    if reason == "outbid":
        return _outbid(row, cut)
    if reason == "too_long":
        return _(
            "{visits} visits beyond today's would be needed, {multiple} times today's over two years: more "
            "than the period has room for.",
            **_costs(row),
        )
    return explanation("concentration_reason", reason)


def _outbid(row: Mapping[Hashable, object], cut: float) -> str:
    each = _float(row["value_per_effort"])
    values = {"value": money(_float(row["win_value"])), "each": money(each), **_costs(row)}
    could = _(
        "Could be won with {effort} rep-quarters, for {value} if begun at once: {each} a rep-quarter.",
        **values,
    )
    if np.isnan(cut):
        return could + " " + _("Strength for it would cost more elsewhere.")
    if each < cut:
        return could + " " + _("The last region attacked wins {cut}.", cut=money(cut))
    return could + " " + _("It doesn't fit beside the attacks that win more together.")


def _obstacle(row: Mapping[Hashable, object]) -> str:
    """Add what stands in the way of an attack, for a region that is thinned out."""
    code = row["obstacle"]
    return "" if pd.isna(code) else " " + explanation("concentration_reason", str(code))


def _costs(row: Mapping[Hashable, object]) -> dict[str, str]:
    return {
        "visits": format_number(_float(row["campaign_visits"])),
        "multiple": format_number(_float(row["visit_multiple"]), 2),
        "effort": format_number(_float(row["effort"]), 1),
    }


def _float(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else float("nan")
