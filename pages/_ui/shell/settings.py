"""The parts of the settings page."""

from __future__ import annotations

import math

import streamlit as st

from core.currency import CURRENCIES, YUAN, current_currency
from core.i18n import LANGUAGES, _, current_language, format_number
from core.reports.market.choices import market_names
from core.reports.provenance import HERE
from core.settings import Settings
from core.store.loading.retention import CHOICES, UNDO_DAYS, undo_days
from core.store.preferences import CURRENCY, INCOMPLETE_BOOKS, MULTIPLE, incomplete_books, prefer
from core.tables import BY_NAME
from pages._ui import reads, runtime, url
from pages._ui.components.header import section
from pages._ui.components.origins import with_origins
from pages._ui.filters import MULTIPLES
from pages._ui.language import in_language

MEGABYTE = 1_000_000


def look() -> None:
    """Say how to change language and look."""
    section(_("Language and look"))
    st.markdown(
        _(
            "The language is chosen in the menu on the left and is part of the address: a link opens in the "
            "language it was copied in. Available: {languages}.",
            languages=_(", ").join(LANGUAGES.values()),
        )
    )
    st.markdown(_("Light or dark follows the setting of the computer."))


def method() -> None:
    """Choose the multiple that new views start with."""
    section(_("No.1 multiple"))
    own = reads.preferences().get(MULTIPLE, "")
    st.session_state["choose_multiple"] = own if own in MULTIPLES else "1.7"
    labels = {
        "1.7": _("1.7: the founding document's"),
        "1.732": _("√3 = 1.732: the shooting range of a wide area"),
        "3": _("3: a local battle, one rival, one product or one shop"),
    }
    st.radio(
        _("First means at least this many times the second. New views start with:"),
        list(MULTIPLES),
        format_func=labels.__getitem__,
        key="choose_multiple",
        on_change=in_language(_remember),
    )


def currency() -> None:
    """Choose the currency that all amounts of the store are in; nothing is converted."""
    section(_("Currency"))
    st.session_state["choose_currency"] = current_currency().code
    st.selectbox(
        _("All amounts of this store are in:"),
        list(CURRENCIES),
        format_func=lambda code: str(CURRENCIES[code]) if current_language() == "zh_CN" else code,
        key="choose_currency",
        on_change=in_language(_remember_currency),
        help=_("It names the amounts that are there; no amount is converted."),
    )


def _remember_currency() -> None:
    code = st.session_state["choose_currency"]
    prefer(runtime.store(), CURRENCY, "" if code == YUAN.code else code)


def own_books() -> None:
    """Choose the markets in which no row of ours doesn't mean no sales."""
    section(_("Our own books"))
    names = reads.cached(market_names)
    st.session_state["choose_incomplete"] = sorted(reads.cached(incomplete_books) & set(names))
    st.multiselect(
        _("Where we sell the same kind elsewhere, a region without a row of ours counts as zero sales (not "
          "entered). Our books have gaps in these markets, so there it is unknown:"),
        list(names),
        format_func=lambda key: names.get(key, key),
        key="choose_incomplete",
        placeholder=_("none: our books are complete"),
        on_change=in_language(_remember_books),
    )  # fmt: skip


def _remember_books() -> None:
    chosen, before = set(st.session_state["choose_incomplete"]), incomplete_books(runtime.store())
    for key in sorted(chosen ^ before):
        prefer(runtime.store(), f"{INCOMPLETE_BOOKS}{key}", "yes" if key in chosen else "")


def _remember() -> None:
    code = st.session_state["choose_multiple"]
    prefer(runtime.store(), MULTIPLE, "" if code == "1.7" else code)
    url.put("k", "")


def undo_time() -> None:
    """Choose for how long imports can be taken back."""
    section(_("Taking imports back"))
    days = undo_days(runtime.store(), Settings.from_environment().undo_days)
    options = sorted({*CHOICES, days}, key=lambda choice: choice or math.inf)
    st.session_state["choose_undo_days"] = days
    st.radio(
        _("The rows that an import replaced are kept, so that it can be taken back, for:"),
        options,
        format_func=lambda choice: _("{n} days", n=choice) if choice else _("ever"),
        key="choose_undo_days",
        on_change=in_language(_remember_days),
        horizontal=True,
    )
    st.caption(_("Older ones are cleared at the next start and after the next import."))


def _remember_days() -> None:
    prefer(runtime.store(), UNDO_DAYS, str(st.session_state["choose_undo_days"]))


def store_facts() -> None:
    """Show where the data are and how many."""
    store = runtime.store()
    section(_("Store"))
    st.markdown(
        _(
            "{path} · {size} MB · data version {version}",
            path=f"`{store.path}`",
            size=format_number(store.path.stat().st_size / MEGABYTE, 1),
            version=store.data_version,
        )
    )
    sizes = reads.contents()
    table = sizes.assign(name=[_(BY_NAME[name].label) for name in sizes["name"]])
    columns = {"name": _("Table"), "rows": _("Rows")}
    counted = with_origins(_("Rows of the table in the store, counted now."), HERE)
    st.dataframe(
        table.rename(columns=columns),
        hide_index=True,
        height=430,
        column_config={columns["rows"]: st.column_config.NumberColumn(format="localized", help=counted)},
    )
