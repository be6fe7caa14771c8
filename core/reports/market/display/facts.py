"""The figures of a region as a reader sees them: label, value, what stands beside it, how it is computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core import numbers
from core.i18n import _, current_language
from core.market import labels
from core.metrics import Format, explain, metric
from core.metrics.explanation import format_value
from core.reports.market.sources import sources_of


@dataclass(frozen=True)
class Fact:
    """One figure.

    Parameters
    ----------
    note
        What stands small behind the value: a change, a name.
    explanation
        Sentences shown when it is clicked.
    records
        Names of the records it is made of; where none are named, of all that its page has read.
    """

    label: str
    value: str
    note: str = ""
    explanation: Sequence[str] = ()
    records: Sequence[str] = ()


def metric_fact(
    key: str, row: Mapping[str, object], *, note: str = "", label: str = "", origin: Sequence[str] = ()
) -> Fact:
    """Return a KPI of a region as a figure, with its formula and this region's numbers.

    Parameters
    ----------
    key
        The KPI, a column of ``row``.
    row
        A row of the market table with ``k``.
    note, label
        See :class:`Fact`; the label is the KPI's own unless given.
    origin
        Sentences on where its figures come from.
    """
    declared = metric(key)
    unit = "wan" if current_language() == "zh_CN" else "yuan"
    source = _("Source: {source}", source=declared.source) if declared.source else ""
    basis = _("Counted over: {basis}", basis=_(declared.basis)) if declared.basis else ""
    lines = (explain(key, row, money=unit), _(declared.explanation), basis, source, *origin)
    value = format_metric(key, row.get(key))
    return Fact(label or _(declared.label), value, note, [line for line in lines if line], declared.records)


def format_metric(key: str, value: object) -> str:
    """Write a KPI's value as the screen does: money in the screen's unit, the rest as declared."""
    if metric(key).format is Format.MONEY:
        return numbers.money(None if value is None else float(str(value)))
    return format_value(key, value)


def standing_facts(row: Mapping[str, object], origins: Mapping[str, str]) -> list[Fact]:
    """Return the figures of a region: market, share, rival, target.

    Parameters
    ----------
    origins
        See :func:`core.reports.market.sources.figure_sources`.
    """
    rival = row["rival_name"] if isinstance(row["rival_name"], str) else ""
    notes = {
        "capacity": numbers.percent(_number(row["growth"]), sign=True),
        "share": numbers.points(_number(row["share_change"])),
        "ratio": rival,
    }
    shown = ("capacity", "share", "rank", "ratio", "structure", "share_symbol")
    return [
        *(metric_fact(k, row, note=notes.get(k, ""), origin=sources_of(k, origins)) for k in shown),
        *band_facts(row, origins),
        *entry_facts(row),
    ]


def entry_facts(row: Mapping[str, object]) -> list[Fact]:
    """Return how good a region is to enter, from 0 to 100; nothing where it isn't known."""
    score = _number(row["entry_score"])
    if score is None:
        return []
    missing = labels.listed("entry_factor", str(row["entry_missing"] or ""))
    note = _("without {factors}", factors=missing) if missing else ""
    return [metric_fact("entry_score", row, note=note)]


def band_facts(row: Mapping[str, object], origins: Mapping[str, str]) -> list[Fact]:
    """Return the No.1 band and the gap, or the cushion where No.1 is secured."""
    origin = sources_of("target_base", origins)
    if row["state"] == "secured":
        return [metric_fact("cushion", row, origin=origin)]
    low, high = _number(row["target_least"]), _number(row["target_fixed"])
    if low is None and high is None:
        return [metric_fact("target_symbol", row, origin=sources_of("share", origins))]
    band = Fact(
        _("No.1 target band"),
        numbers.money_range(low, high),
        explanation=(explain("target_least", row), explain("target_fixed", row), *origin),
    )
    return [band, *(metric_fact(key, row, origin=origin) for key in ("target_base", "gap"))]


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and value == value else None  # noqa: PLR0124
