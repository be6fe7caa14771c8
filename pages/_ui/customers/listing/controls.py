"""What a list of customers shows: text, filters, order and page, all kept in the address."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.i18n import N_, _, current_language
from core.store.customers import customers as store_customers
from core.store.customers import lists as customer_lists
from core.store.customers.filter import CustomerFilter
from core.store.customers.lists import DEFAULT_SORT, SORTS
from pages._ui import reads, url
from pages._ui.customers.listing.columns import WORDS, labels
from pages._ui.language import in_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from pages._ui.customers.customer_view import ListView

FACETS = {
    "terminal": {
        "outlet_types": ("outlet", N_("Outlet type")),
        "grades": ("grade", N_("Grade")),
        "statuses": ("status", N_("Status")),
        "dealers": ("dealer", N_("Dealer")),
        "employees": ("rep", N_("Owner")),
    },
    "dealer": {
        "tiers": ("tier", N_("Tier")),
        "levels": ("rank", N_("Distribution level")),
        "employees": ("rep", N_("Owner")),
    },
}
_WORDS = {
    "statuses": WORDS["status"],
    "tiers": WORDS["tier"],
    "levels": WORDS["level"],
    "outlet_types": WORDS["outlet_type"],
}
OWN = ("q", "inside", "sort", "n", "outlet", "grade", "status", "dealer", "rep", "tier", "rank")
SEPARATOR = "~"
NOTHING = "-"
"""Stands in the address for “none recorded”, which an empty text can't."""
MOST_OPTIONS = 2_000
PAGE = 50
REGION_WIDTH, SORT_WIDTH, SEARCH_WIDTH = 190, 210, 230


def chosen_filter(view: ListView) -> CustomerFilter:
    """Return the filter the address asks for."""
    values = {facet: _listed(name) for facet, (name, _label) in FACETS[view.kind].items()}
    inside = url.value("inside")
    return CustomerFilter(text=url.value("q"), regions=(inside,) if inside else None, **values)


def order(kind: str) -> tuple[str, bool]:
    """Return the column the address asks for, and whether the largest stands first."""
    code = url.value("sort")
    column = code.removeprefix("-")
    if column not in SORTS[kind]:
        return DEFAULT_SORT[kind], True
    return column, code.startswith("-")


def page_number(rows: int) -> int:
    """Return the page the address asks for, counted from 0, within the list."""
    text = url.value("n")
    last = max((rows - 1) // PAGE, 0)
    return min(int(text) - 1, last) if text.isascii() and text.isdigit() and int(text) > 0 else 0


def bar(view: ListView) -> None:
    """Show search, region, filter and order in one row."""
    with st.container(key="list_controls", horizontal=True, gap="small", vertical_alignment="bottom"):
        st.session_state["list_q"] = url.value("q")
        st.text_input(
            _("Search"),
            key="list_q",
            type="search",
            placeholder=_("Name, initials, pinyin or code"),
            icon=":material/search:",
            label_visibility="collapsed",
            width=SEARCH_WIDTH,
            on_change=in_language(_remember),
            args=("q", "list_q"),
        )
        _region()
        active = sum(bool(url.value(name)) for name, _label in FACETS[view.kind].values())
        title = _("Filter") if not active else _("Filter ({n})", n=active)
        with st.popover(title, icon=":material/filter_alt:", key="list_filter"):
            _filter(view)
        _order(view.kind)


def _region() -> None:
    names: pd.DataFrame = reads.cached(store_customers.regions)
    labels = names["name"] if current_language() == "zh_CN" else names["name_en"].fillna(names["name"])
    labels_ = {"": _("All regions"), **dict(zip(names["region_id"], labels, strict=True))}
    code = url.value("inside")
    st.session_state["list_inside"] = code if code in labels_ else ""
    st.selectbox(
        _("Region"),
        list(labels_),
        format_func=lambda option: labels_.get(option, option),
        key="list_inside",
        width=REGION_WIDTH,
        icon=":material/place:",
        label_visibility="collapsed",
        on_change=in_language(_remember),
        args=("inside", "list_inside"),
    )


def _order(kind: str) -> None:
    titles = {name: title for name, title in labels(kind).items() if name in SORTS[kind]}
    column, descending = order(kind)
    st.session_state["list_sort"], st.session_state["list_down"] = column, descending
    st.selectbox(
        _("Sort by"),
        list(titles),
        format_func=lambda name: titles.get(name, name),
        key="list_sort",
        width=SORT_WIDTH,
        icon=":material/sort:",
        label_visibility="collapsed",
        on_change=in_language(_sort),
    )
    st.toggle(_("Largest first"), key="list_down", on_change=in_language(_sort))


def pager(rows: int) -> None:
    """Show which rows these are, and the way to the others."""
    number, last = page_number(rows), max((rows - 1) // PAGE, 0)
    with st.container(horizontal=True, key="pager", vertical_alignment="center", gap="small"):
        for key, icon, target, off in (
            ("first", ":material/first_page:", 0, number == 0),
            ("previous", ":material/chevron_left:", number - 1, number == 0),
        ):
            st.button("", icon=icon, key=f"page_{key}", disabled=off, on_click=_turn, args=(target,))
        st.markdown(
            _(
                "{first} – {last} of {rows}",
                first=numbers.count(number * PAGE + 1 if rows else 0),
                last=numbers.count(min((number + 1) * PAGE, rows)),
                rows=numbers.count(rows),
            ),
            width="content",
        )
        for key, icon, target, off in (
            ("next", ":material/chevron_right:", number + 1, number == last),
            ("last", ":material/last_page:", last, number == last),
        ):
            st.button("", icon=icon, key=f"page_{key}", disabled=off, on_click=_turn, args=(target,))


def _turn(number: int) -> None:
    url.put("n", str(number + 1) if number else "")


def _filter(view: ListView) -> None:
    table: pd.DataFrame = reads.cached(customer_lists.facets, view.kind)
    for facet, (name, label) in FACETS[view.kind].items():
        rows = table[table["facet"] == facet].head(MOST_OPTIONS)
        if rows.empty:
            continue
        codes = [code or NOTHING for code in rows["value"]]
        words = dict(
            zip(codes, (_word(facet, *pair) for pair in zip(codes, rows["label"], strict=True)), strict=True)
        )
        counts = dict(zip(codes, rows["customers"], strict=True))
        picked = [code for code in url.value(name).split(SEPARATOR) if code]
        for code in picked:
            words.setdefault(code, code)
        st.session_state[f"list_{name}"] = picked
        st.multiselect(
            _(label),
            list(words),
            format_func=partial(_option, words, counts),
            key=f"list_{name}",
            placeholder=_("All"),
            on_change=in_language(_remember_list),
            args=(name,),
        )
    st.button(
        _("Clear the filter"),
        icon=":material/filter_alt_off:",
        on_click=_clear,
        args=(view.kind,),
        key="list_clear",
    )


def _word(facet: str, code: str, label: str) -> str:
    if code == NOTHING:
        return _("None recorded")
    return _WORDS[facet](code) if facet in _WORDS else label or code


def _option(words: Mapping[str, str], counts: Mapping[str, int], code: str) -> str:
    return f"{words[code]} ({numbers.count(counts[code])})" if code in counts else words[code]


def _listed(name: str) -> tuple[str, ...] | None:
    codes = [code for code in url.value(name).split(SEPARATOR) if code]
    return tuple("" if code == NOTHING else code for code in codes) or None


def _remember(name: str, key: str) -> None:
    url.put(name, str(st.session_state[key] or "").strip())
    url.put("n", "")


def _remember_list(name: str) -> None:
    url.put(name, SEPARATOR.join(st.session_state[f"list_{name}"]))
    url.put("n", "")


def _sort() -> None:
    column, descending = st.session_state["list_sort"], st.session_state["list_down"]
    url.put("sort", f"-{column}" if descending else column)
    url.put("n", "")


def _clear(kind: str) -> None:
    for name, _label in FACETS[kind].values():
        url.put(name, "")
    url.put("n", "")
