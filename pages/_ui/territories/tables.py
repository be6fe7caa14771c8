"""The balance of every territory, and the customers that change hands, accepted or refused one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from core import numbers
from core.i18n import _
from core.reports.territories.design import balance_table, change_table
from core.reports.territories.units import MEASURES
from core.territories import say_outside
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.language import in_language
from pages._ui.tables.explained import explained

if TYPE_CHECKING:
    from core.territories import Proposal
    from pages._ui.territories.work import Work

MINUTES_A_WEEK = 4 * 60
MOST_REASONS = 5


def balances(work: Work) -> pd.DataFrame:
    """Return the balance as the screen and the file show it: hours a week, money in the screen's unit, km."""
    proposal = work.proposal or work.today
    table = balance_table(work.shops, work.today, proposal)
    divisor = numbers.money_divisor()
    scale = {"workload": 1 / MINUTES_A_WEEK, "sales": 1 / divisor, "potential": 1 / divisor}
    marks = outside_marks(proposal)
    shown = {
        _("Rep"): table["name"],
        _("Outside the tolerance"): [marks.get(number, "") for number in range(len(table))],
    }
    for name, heading in _headings().items():
        factor = scale.get(name, 1.0)
        for title, amounts in (
            (_("{label}, today", label=heading), table[f"{name}_today"]),
            (heading, table[name]),
        ):
            shown[title] = amounts.astype("Int64") if name == "shops" else (amounts * factor).round(1)
    shown[_("Customers that come or go")] = table["changed"]
    if work.proof is not None:
        planned = work.proof.table
        heading = numbers.heading(_("Planned way"), _("hours in four weeks"))
        shown[_("{label}, today", label=heading)] = (planned["travel_minutes_today"] / 60).round(1)
        shown[heading] = (planned["travel_minutes"] / 60).round(1)
    return pd.DataFrame(shown)


def show_table(table: pd.DataFrame, *, key: str, explanation: str, height: int | None = None) -> None:
    """Show a table of territories; its first column names them.

    Parameters
    ----------
    explanation
        Of every figure in it.
    """
    st.dataframe(
        table,
        hide_index=True,
        key=key,
        height=height or "auto",
        column_config=explained(table.columns[1:], _number_columns(table), default=explanation),
    )


def _number_columns(table: pd.DataFrame) -> dict[str, Any]:
    """Return how numbers look: hours so that 18 and 17.6 stand alike, money with thousands apart."""
    money = numbers.money_unit()
    decimals = [name for name in table.columns if table[name].dtype.kind == "f"]
    return {
        name: st.column_config.NumberColumn(format="localized" if money in name else "%.1f")
        for name in decimals
    }


def outside_marks(proposal: Proposal) -> dict[int, str]:
    """Return what of each territory outside the tolerance is how large, in parts of the wanted size."""
    marks: dict[int, list[str]] = {}
    tolerances = {rule.measure: rule.tolerance for rule in proposal.request.balance}
    for row in proposal.outside().itertuples(index=False):
        sign = "▲" if row.ratio > 1 else "▼"
        ratio = say_outside(float(row.ratio), tolerances[row.measure])
        said = f"{sign} {_(MEASURES[row.measure])} {ratio}"
        marks.setdefault(int(row.territory), []).append(said)
    return {number: _(", ").join(parts) for number, parts in marks.items()}


def reasons_part(work: Work) -> None:
    """Say why the proposal misses the tolerance, and what would make it fit."""
    if not work.reasons:
        return
    reasons = [escape_markdown(reason.reason) for reason in work.reasons[:MOST_REASONS]]
    remedies = dict.fromkeys(escape_markdown(reason.remedy) for reason in work.reasons[:MOST_REASONS])
    st.warning("  \n".join([*reasons, *remedies]), icon=":material/balance:")


def balance_part(work: Work) -> None:
    """Show the balance."""
    show_table(
        balances(work),
        key="territory_balance",
        explanation=_("Over the customers of the territory as proposed; today: as they are assigned now."),
        height=390,
    )


def changes(work: Work) -> pd.DataFrame:
    """Return the customers that change hands, before refusals; empty before the first search."""
    searched = work.searched
    return pd.DataFrame() if searched is None else change_table(work.shops, searched)


def change_part(work: Work) -> None:
    """Show the changes with a tick for each: without it the customer stays whose it is."""
    table = changes(work)
    if table.empty:
        st.markdown(_("No customer changes hands."))
        return
    shown = pd.DataFrame(
        {
            _("Accept"): ~table["terminal_id"].isin(work.refused_ids),
            _("Customer"): table["name"],
            _("Grade"): table["grade"],
            _("Region"): table["region"],
            _("From rep"): table["before_name"].fillna(_("nobody")),
            _("To rep"): table["after_name"],
            numbers.heading(_("Own sales"), numbers.money_unit()): (
                table["sales"] / numbers.money_divisor()
            ).round(1),
            _("Minutes in four weeks"): table["workload"].round(0),
        }
    )
    key = f"territory_changes_{work.steps}"
    st.data_editor(
        shown,
        key=key,
        hide_index=True,
        height=390,
        disabled=list(shown.columns[1:]),
        on_change=in_language(_remember),
        args=(work, key, table["terminal_id"].to_list()),
    )


def _remember(work: Work, key: str, ids: list[str]) -> None:
    for row, values in st.session_state[key]["edited_rows"].items():
        accepted = next(iter(values.values()))
        (work.refused_ids.discard if accepted else work.refused_ids.add)(ids[int(row)])


def _headings() -> dict[str, str]:
    unit = numbers.money_unit()
    return {
        "workload": numbers.heading(_("Workload"), _("hours a week")),
        "sales": numbers.heading(_(MEASURES["sales"]), unit),
        "potential": numbers.heading(_(MEASURES["potential"]), unit),
        "shops": _(MEASURES["shops"]),
        "mean_km": _("Way to the centre (km)"),
    }
