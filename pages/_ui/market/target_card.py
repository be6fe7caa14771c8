"""One region's way to No.1: whether it is possible, the band, the stages, the years ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.i18n import _
from core.market import labels
from core.metrics import metric
from core.reports.cycle.tasks.findings import of_region
from core.reports.market.display.facts import band_facts, metric_fact
from core.reports.market.sources import sources_of
from core.reports.market.stages import region_stages
from pages._ui.formatting.escaping import escape_html
from pages._ui.market.facts import Fact, facts
from pages._ui.market.region_card import doors, flags, heading, turning_points
from pages._ui.tasks.offer import offer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.market.market_view import MarketView

AMOUNTS = ("own", "target_fixed", "rival_sales", "recorded_sales", "unidentified", "market_needed")


def target_card(view: MarketView, row: Mapping[str, object]) -> None:
    """Show what No.1 takes in one region."""
    heading(row)
    if not view.is_whole(row):
        offer(of_region(row, view.report.request, "number-one"), key="region")
    feasibility(row)
    rival = row["rival_name"] if isinstance(row["rival_name"], str) else ""
    origins = view.origins(row)
    amounts_shown = [
        metric_fact(
            "own", row, note=numbers.percent(_number(row["share"])), origin=sources_of("own", origins)
        ),
        metric_fact("rival_sales", row, note=rival, origin=sources_of("rival_sales", origins)),
        *band_facts(row, origins),
    ]
    facts([*amounts_shown, *years_ahead(view, row)])
    stages(view, row)
    flags(row)
    turning_points(view, row)
    if not view.is_whole(row):
        doors(str(row["region_id"]))


def feasibility(row: Mapping[str, object]) -> None:
    """Say in words whether the target is possible, with the region's numbers."""
    amounts = {name: numbers.money(_number(row[name])) for name in AMOUNTS}
    sentence = labels.FEASIBILITY_SENTENCES[str(row["feasibility"])]
    st.markdown(_(sentence, k=f"{_number(row['k']) or 0:.4g}", **amounts))


def years_ahead(view: MarketView, row: Mapping[str, object]) -> list[Fact]:
    """Return the target some years ahead and the growth per year that it takes."""
    if _number(row["target_years"]) is None:
        return []
    request = view.report.request
    values = {**row, "rival_growth_rate": request.rival_growth}
    label = _(
        "In {years} years, rival {growth} a year",
        years=request.years,
        growth=numbers.percent(request.rival_growth, sign=True),
    )
    return [metric_fact("target_years", values, label=label), metric_fact("needed_growth", values)]


def stages(view: MarketView, row: Mapping[str, object]) -> None:
    """Show the four stages with their gaps; what is reached is ticked."""
    rows = region_stages(view.report, str(row["region_id"]))
    if rows.empty:
        return
    names = view.companies(row).set_index("company_id")["name"]
    body = "".join(
        f"<tr><td>{'✓' if _reached(stage) else number}</td>"
        f'<td title="{escape_html(labels.explanation("stage", stage.stage))}">'
        f"{escape_html(_stage(stage, names))}</td>"
        f"<td>{numbers.money(stage.target)}</td><td>{_gap(stage)}</td></tr>"
        for number, stage in enumerate(rows.itertuples(), start=1)
    )
    headings = ("", _("Stage"), _("Target"), _(metric("gap").label))
    head = "".join(f"<th>{escape_html(text)}</th>" for text in headings)
    st.html(f'<table class="stages"><tr>{head}</tr>{body}</table>{_STYLE}')


def _stage(stage: object, names: pd.Series) -> str:
    rival = names.get(stage.rival_id)  # type: ignore[attr-defined]
    label = labels.label("stage", stage.stage)  # type: ignore[attr-defined]
    return f"{label} · {rival}" if isinstance(rival, str) else label


def _gap(stage: object) -> str:
    return "—" if _reached(stage) else numbers.money(stage.gap, sign=True)  # type: ignore[attr-defined]


def _reached(stage: object) -> bool:
    return stage.reached is not pd.NA and bool(stage.reached)  # type: ignore[attr-defined]


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and value == value else None  # noqa: PLR0124


_STYLE = """<style>
table.stages { width: 100%; border-collapse: collapse; font-size: 0.84rem;
  font-variant-numeric: tabular-nums; }
table.stages th { font-weight: 500; opacity: 0.7; text-align: left; }
table.stages th:nth-child(n+3), table.stages td:nth-child(n+3) { text-align: right; white-space: nowrap; }
table.stages td { padding: 0.22rem 0.3rem 0.22rem 0; vertical-align: top;
  border-top: 1px solid color-mix(in srgb, currentColor 12%, transparent); }
</style>"""
