"""A short list of figures; a click on one opens how it is computed, with its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from core import numbers
from core.i18n import _, current_language
from core.metrics import Format, explain, metric
from core.metrics.explanation import format_value
from pages._ui.formatting.escaping import escape_html


@dataclass(frozen=True)
class Fact:
    """One figure.

    Parameters
    ----------
    note
        What stands small behind the value: a change, a name.
    explanation
        Sentences shown when it is clicked.
    """

    label: str
    value: str
    note: str = ""
    explanation: Sequence[str] = ()


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
    return Fact(
        label or _(declared.label), format_metric(key, row.get(key)), note, [line for line in lines if line]
    )


def declared_texts(key: str, family: str) -> list[str]:
    """Return formula, meaning, denominator and source of a KPI as sentences for :func:`facts`."""
    declared = metric(key, family)
    source = _("Source: {source}", source=declared.source) if declared.source else ""
    texts = [_(text) for text in (declared.formula, declared.explanation, declared.basis) if text]
    return [*texts, *([source] if source else [])]


def format_metric(key: str, value: object) -> str:
    """Write a KPI's value as the screen does: money in the screen's unit, the rest as declared."""
    if metric(key).format is Format.MONEY:
        return numbers.money(None if value is None else float(str(value)))
    return format_value(key, value)


def facts(rows: Sequence[Fact], *, explanation: Sequence[str] = ()) -> None:
    """Show the figures under each other; each opens on a click.

    Parameters
    ----------
    explanation
        Sentences for the figures that have none of their own.
    """
    rows = [row if row.explanation else replace(row, explanation=explanation) for row in rows]
    st.html(f'<div class="facts">{"".join(_row(row) for row in rows)}</div>{_STYLE}')


def _row(row: Fact) -> str:
    note = f"<small>{escape_html(row.note)}</small>" if row.note else ""
    figure = f"<span>{escape_html(row.label)}</span><b>{escape_html(row.value)}{note}</b>"
    if not row.explanation:
        return f"<div>{figure}</div>"
    text = "".join(f"<p>{escape_html(line)}</p>" for line in row.explanation)
    return f"<details><summary>{figure}</summary>{text}</details>"


# The colours are the theme's own, so that the list reads in the dark as well.
_STYLE = """<style>
.facts { font-size: 0.88rem; font-variant-numeric: tabular-nums; }
.facts > div, .facts summary { display: flex; justify-content: space-between; gap: 0.6rem; padding: 0.15rem 0;
  border-bottom: 1px solid color-mix(in srgb, currentColor 12%, transparent); list-style: none; }
.facts summary { cursor: pointer; }
.facts summary::-webkit-details-marker { display: none; }
.facts summary span { text-decoration: underline dotted color-mix(in srgb, currentColor 45%, transparent);
  text-underline-offset: 3px; }
.facts span { opacity: 0.8; }
.facts b { font-weight: 600; text-align: right; }
.facts small { font-weight: 400; opacity: 0.75; margin-left: 0.4rem; }
.facts p { margin: 0.25rem 0 0.35rem; font-size: 0.82rem; opacity: 0.9; }
</style>"""
