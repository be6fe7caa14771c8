"""A short list of figures; a click on one opens how it is computed, with its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from core.i18n import _
from core.metrics import metric
from core.reports.market.display.facts import Fact
from core.reports.market.sources import is_origin
from pages._ui.components.origins import figure_origins
from pages._ui.formatting.escaping import escape_html

__all__ = ["Fact", "declared_texts", "facts"]


def declared_texts(key: str, family: str) -> list[str]:
    """Return formula, meaning, denominator, source and origin of a KPI as sentences for :func:`facts`."""
    declared = metric(key, family)
    source = _("Source: {source}", source=declared.source) if declared.source else ""
    texts = [_(text) for text in (declared.formula, declared.explanation, declared.basis) if text]
    return [*texts, *([source] if source else []), *figure_origins(declared.records)]


def facts(rows: Sequence[Fact], *, explanation: Sequence[str] = ()) -> None:
    """Show the figures under each other; each opens on a click and says where its data come from.

    Parameters
    ----------
    explanation
        Sentences for the figures that have none of their own.
    """
    rows = [row if row.explanation else replace(row, explanation=explanation) for row in rows]
    st.html(f'<div class="facts">{"".join(map(_row, rows))}</div>{_STYLE}')


def _row(row: Fact) -> str:
    note = f"<small>{escape_html(row.note)}</small>" if row.note else ""
    figure = f"<span>{escape_html(row.label)}</span><b>{escape_html(row.value)}{note}</b>"
    if not row.explanation:
        return f"<div>{figure}</div>"
    origin = [] if any(map(is_origin, row.explanation)) else figure_origins(row.records)
    text = "".join(f"<p>{escape_html(line)}</p>" for line in (*row.explanation, *origin))
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
