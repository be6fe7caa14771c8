"""Both plan types side by side by region, and the customers' targets against their last three years."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from core import numbers
from core.errors import AppError
from core.i18n import _
from core.reports.plans.customers import customer_targets, customer_years
from core.reports.plans.plan import Draft, draft_plan
from pages._ui import reads, runtime
from pages._ui.shell import frame
from pages._ui.targets import inputs


def render_compare(chosen: dict[str, Any]) -> None:
    """Show the plan from above, the one from the customers, and the gap; then the customers."""
    try:
        draft: Draft = reads.cached(draft_plan, inputs.request_of(chosen | {"template": "breakdown"}))
    except AppError as error:
        frame.show_error(error)
        return
    scale = numbers.money_divisor()
    compared = draft.compared
    table = pd.DataFrame(
        {
            "name": [draft.basis.name(key) for key in compared["region_id"]],
            **{name: (compared[name] / scale).round(1) for name in ("breakdown", "strategy", "gap")},
            "gap_share": (compared["gap_share"] * 100).round(1),
        }
    )
    left, right = st.columns([1, 1], gap="medium")
    with left:
        sums = {name: compared[name].sum() for name in ("breakdown", "strategy", "gap")}
        words = {
            "above": numbers.money(sums["breakdown"]),
            "below": numbers.money(sums["strategy"]),
            "gap": numbers.money(sums["gap"], sign=True),
        }
        if chosen.get("proposals"):
            st.caption(_("{above} from above, {below} proposed from below, gap {gap}.", **words))
        else:
            st.caption(
                _("{above} from above, {below} from the customers' expected output, gap {gap}.", **words)
            )
        st.dataframe(
            table, hide_index=True, height=320, placeholder=numbers.MISSING, key="compared",
            column_config={
                "name": st.column_config.TextColumn(_("Region"), pinned=True),
                "breakdown": _money(_("Task breakdown")),
                "strategy": _money(_("Strategy led")),
                "gap": _money(_("Gap")),
                "gap_share": st.column_config.NumberColumn(_("Gap (%)"), format="%+.1f%%"),
            },
        )  # fmt: skip
    with right:
        _customers(chosen, draft)


def _money(label: str) -> Any:  # noqa: ANN401 - Streamlit's column types have no common name
    return st.column_config.NumberColumn(numbers.heading(label, numbers.money_unit()), format="localized")


def _customers(chosen: dict[str, Any], draft: Draft) -> None:
    regions = list(draft.compared["region_id"])
    years = customer_years(runtime.store(), inputs.request_of(chosen), regions)
    if years.empty:
        st.caption(_("There are no dealers with sales; customers can't be compared with their years."))
        return
    base = draft.basis.regions["base"].groupby(level="region_id").sum(min_count=1)
    rows = customer_targets(years, draft.compared.set_index("region_id")["breakdown"], base)
    scale = numbers.money_divisor()
    money = ("two_before", "one_before", "last_year", "expected", "target")
    titles = (_("Two years before"), _("The year before"), _("Last year"), _("Expected output"), _("Target"))
    outside = int((rows["within"] == False).sum())  # noqa: E712 - None means that there is no band
    st.caption(
        _("{outside} of {all} customers would get a target outside the band of their last three years.",
          outside=outside, all=int(rows["within"].notna().sum()))
    )  # fmt: skip
    table = pd.DataFrame(
        {
            "name": rows["name"],
            **{name: (rows[name] / scale).round(1) for name in money},
            "customer_share": (rows["customer_share"] * 100).round(1),
            "within": rows["within"].map({True: _("yes"), False: _("no")}).fillna(numbers.MISSING),
        }
    )
    st.dataframe(
        table, hide_index=True, height=320, placeholder=numbers.MISSING, key="customers",
        column_config={
            "name": st.column_config.TextColumn(_("Customer"), pinned=True),
            **{name: _money(title) for name, title in zip(money, titles, strict=True)},
            "customer_share": st.column_config.NumberColumn(_("Share of the region"), format="%.1f%%"),
            "within": st.column_config.TextColumn(_("Borne out")),
        },
    )  # fmt: skip
