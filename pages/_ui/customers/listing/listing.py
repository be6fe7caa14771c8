"""The list of dealers or terminals: one page from the store, its totals, the whole as a file."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from core import numbers
from core.exchange.printing import customer_list
from core.i18n import _, ngettext, sentences
from core.reports.cycle.tasks.findings import LARGEST_LIST, NAMED, of_dealers, of_shops
from core.store.customers import lists as customer_lists
from core.store.customers.lists import ListRequest
from pages._ui import reads, runtime
from pages._ui.components.downloads import XLSX, Download
from pages._ui.customers.listing import bulk_edit, columns, controls, grid
from pages._ui.customers.listing.card_link import open_card
from pages._ui.customers.preparation import wait_for
from pages._ui.customers.section import SectionHead
from pages._ui.language import in_language
from pages._ui.tasks.offer import offer

if TYPE_CHECKING:
    import pandas as pd

    from pages._ui.customers.customer_view import ListView

PARAMETERS = (*controls.OWN, grid.PARAMETER)
ROW_HEIGHT, MOST_HEIGHT = 35, 470


def render_listing(view: ListView) -> SectionHead | None:
    """Show the list; a click on a row opens the customer's card."""
    controls.bar(view)
    if not wait_for(view.figures):
        return None
    column, descending = controls.order(view.kind)
    request = ListRequest(
        view.kind, view.figures, controls.chosen_filter(view), column, descending, view.scope
    )
    request, nearly = reads.cached(customer_lists.fitting, request)
    sums: dict[str, Any] = reads.cached(customer_lists.totals, request)
    if not sums["customers"]:
        if grid.is_editing():
            bulk_edit.latest(view.kind)
        st.info(_("No customer passes this filter. Clear it, or take something out of it."))
        return SectionHead(listing_sentence(view, sums))
    if nearly:
        st.caption(_("Nobody is called that; these names are near."))
    number = controls.page_number(sums["customers"])
    rows: pd.DataFrame = reads.cached(customer_lists.page, request, number * controls.PAGE, controls.PAGE)
    if grid.is_editing():
        grid.edit(view, rows)
    else:
        _table(view, rows)
        st.caption(totals_line(view, sums))
    with st.container(horizontal=True, key="below_list", vertical_alignment="center"):
        controls.pager(sums["customers"])
        grid.switch()
        _offer(request, int(sums["customers"]))
    if grid.is_editing():
        bulk_edit.panel(request)
    return SectionHead(listing_sentence(view, sums), _downloads(request))


def _table(view: ListView, rows: pd.DataFrame) -> None:
    table = columns.display_rows(view.kind, rows)
    st.dataframe(
        table,
        hide_index=True,
        placeholder=numbers.MISSING,
        height=min(ROW_HEIGHT * (len(rows) + 1) + 3, MOST_HEIGHT),
        key="customer_list",
        column_config=columns.config(view.kind, table),
        on_select=in_language(partial(_clicked, view.kind, rows["customer_id"].to_list())),
        selection_mode="single-cell",
    )


def _offer(request: ListRequest, count: int) -> None:
    """Offer a task of everything the filter leaves, where that is a list that one can work off."""
    if count > LARGEST_LIST:
        st.caption(_("A list of at most {n} becomes a task.", n=numbers.count(LARGEST_LIST)))
        return
    rows: pd.DataFrame = reads.cached(customer_lists.page, request, 0, LARGEST_LIST)
    ids, names = list(rows["customer_id"]), list(rows["name"])
    if request.kind == "dealer":
        proposal = of_dealers(ids, names)
    else:
        proposal = of_shops(
            rows.rename(columns={"customer_id": "terminal_id"}),
            request.figures.own_company,
            sentence=_("List of terminals: {names}.", names=_(", ").join(names[:NAMED])),
            page="terminals",
            query={},
        )
    if proposal is not None:
        offer(proposal, key="list")


def _clicked(kind: str, ids: list[str]) -> None:
    cells = st.session_state["customer_list"]["selection"]["cells"]
    if cells:
        open_card(kind, ids[cells[0][0]])


def listing_sentence(view: ListView, sums: dict[str, Any]) -> str:
    """Return the sentence that says how many there are, what they bring, and who nobody looks after."""
    n = int(sums["customers"])
    if view.kind == "dealer":
        sentence = ngettext("{n} dealer", "{n} dealers", n)
        brings = sums.get("sell_in")
        with_sales = _("{who}: sell-in {money}.", who=sentence, money=numbers.money(brings))
        sentence = with_sales if brings else _("{who}.", who=sentence)
    else:
        sentence = ngettext("{n} terminal", "{n} terminals", n)
        sentence = (
            _(
                "{who}: own sales {money}, in-store share {share}.",
                who=sentence,
                money=numbers.money(sums["own"]),
                share=numbers.percent(_share(sums)),
            )
            if sums["total"]
            else _("{who}.", who=sentence)
        )
    alone = int(sums["without_owner"])
    return sentences(sentence, _("{n} have no owner.", n=numbers.count(alone)) if alone else "")


def totals_line(view: ListView, sums: dict[str, Any]) -> str:
    """Return the totals row: the same columns of everything the filter leaves."""
    first = "sell_in" if view.kind == "dealer" else "own"
    growth = (
        sums[first] / sums[f"{first}_previous"] - 1 if sums[first] and sums[f"{first}_previous"] else None
    )
    parts = ["**" + _("All {n} together", n=numbers.count(sums["customers"])) + "**"]
    if view.kind == "dealer":
        parts.append(_("Sell-in") + " " + numbers.money(sums["sell_in"]))
        parts.append(_("Shops") + " " + numbers.count(sums["terminals"]))
    parts.append(_("Own sales") + " " + numbers.money(sums["own"]))
    parts.append(_("Growth") + " " + numbers.percent(growth, sign=True))
    parts.append(_("In-store share") + " " + numbers.percent(_share(sums)))
    parts.append(_("Relationship score") + " " + numbers.count(sums["score"]))
    return " · ".join(parts)


def _share(sums: dict[str, Any]) -> float | None:
    return (sums["own"] or 0.0) / sums["total"] if sums["total"] else None


def _downloads(request: ListRequest) -> tuple[Download, ...]:
    name = _("customers") if request.kind == "dealer" else _("terminals")
    return (
        Download(_("Table (Excel)"), f"{name}.xlsx", XLSX, partial(_file, request, name, "xlsx")),
        Download(_("Table (CSV)"), f"{name}.csv", "text/csv", partial(_file, request, name, "csv")),
    )


def _file(request: ListRequest, name: str, ending: str) -> bytes:
    """Write the whole list to a file, batch by batch, and return it."""
    batches = customer_lists.batches(runtime.store(), request)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list.{ending}"
        if ending == "csv":
            customer_list.write_csv(path, columns.export_columns(request.kind), batches)
        else:
            customer_list.write_xlsx(path, columns.export_columns(request.kind), batches, title=name)
        return path.read_bytes()
