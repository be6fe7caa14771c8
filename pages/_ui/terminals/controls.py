"""What the terminal map shows: the measure, the filter and the layers, all kept in the address."""

from __future__ import annotations

import itertools
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.geo.measures import LEADER, MEASURES, measure_keys
from core.i18n import N_, _
from core.known_words import known_word
from core.store.terminals.filter import TerminalFilter
from core.store.terminals.terminals import facets
from pages._ui import reads, url
from pages._ui.language import in_language
from pages._ui.terminals import quick_filters
from pages._ui.terminals.terminal_labels import status_word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

FACETS = {
    "outlet_types": ("outlet", N_("Outlet type")),
    "grades": ("grade", N_("Grade")),
    "statuses": ("status", N_("Status")),
    "dealers": ("dealer", N_("Dealer")),
    "employees": ("rep", N_("Sales rep")),
}
LAYERS = {
    "regions": N_("Region borders"),
    "dealers": N_("Dealers"),
    "reps": N_("Reps' territories"),
}
PARAMETERS = ("colour", "layers", *quick_filters.PARAMETERS, *(name for name, _label in FACETS.values()))
SEPARATOR = "~"
DEFAULT_LAYERS = "regions"
OFFERED = 1_000
"""A list to choose from ends here: more travels long, and nobody reads it."""


def chosen_measure() -> str:
    """Return the measure the address asks for, the first one where it names none."""
    code = url.value("colour")
    return code if code in measure_keys() else measure_keys()[0]


def chosen_area() -> str | None:
    """Return the region whose shops are looked at: the chosen one, else the one looked into; None for all."""
    return url.value("region") or url.value("within") or None


def chosen_filters(area: str | None) -> TerminalFilter:
    """Return the filter the address asks for."""
    codes = {facet: _listed(name) for facet, (name, _label) in FACETS.items()}
    return TerminalFilter(
        regions=(area,) if area else None,
        outlet_types=codes["outlet_types"],
        grades=codes["grades"],
        statuses=codes["statuses"],
        dealers=codes["dealers"],
        employees=codes["employees"],
        situations=quick_filters.chosen_situations(),
        box=quick_filters.chosen_box(),
    )


def chosen_layers() -> tuple[str, ...]:
    """Return the layers drawn beside the terminals."""
    text = url.value("layers") or DEFAULT_LAYERS
    return tuple(code for code in text.split(SEPARATOR) if code in LAYERS)


def measure_label(key: str) -> str:
    """Return the name of a measure."""
    return _("Who leads") if key == LEADER else _(MEASURES[key].label)


def bar(within: str | None) -> None:
    """Show measure, filter and layers in one row; the filter offers what the region looked into has."""
    with st.container(
        key="terminal_controls", horizontal=True, gap="small", vertical_alignment="center", width="content"
    ):
        _choice("colour", measure_keys(), chosen_measure(), measure_label, width=190)
        active = sum(bool(url.value(name)) for name, _label in FACETS.values())
        title = _("Filter") if not active else _("Filter ({n})", n=active)
        with st.popover(title, icon=":material/filter_alt:", key="terminal_filter"):
            _filter(within)
        with st.popover(_("Layers"), icon=":material/layers:", key="terminal_layers"):
            _layers()


def _filter(within: str | None) -> None:
    table: pd.DataFrame = reads.shared(facets, within)
    for facet, (name, label) in FACETS.items():
        rows = table[table["facet"] == facet]
        if rows.empty:
            continue
        words = dict(zip(rows["value"], rows["label"], strict=True))
        counts = dict(zip(rows["value"], rows["terminals"], strict=True))
        chosen = list(_listed(name) or ())
        st.session_state[f"pick_{name}"] = chosen
        offered = [value for value in itertools.islice(words, OFFERED) if value not in chosen]
        st.multiselect(
            _(label),
            [*chosen, *offered],
            format_func=partial(_option, facet, words, counts),
            key=f"pick_{name}",
            placeholder=_("All"),
            on_change=in_language(_remember_list),
            args=(name,),
        )
        if len(words) > OFFERED:
            st.caption(
                _(
                    "The {shown} with the most terminals, of {total}. Look into a region to find the others.",
                    shown=numbers.count(OFFERED),
                    total=numbers.count(len(words)),
                )
            )
    st.button(_("Clear the filter"), icon=":material/filter_alt_off:", on_click=_clear, key="clear_filter")


def _layers() -> None:
    st.session_state["pick_layers"] = list(chosen_layers())
    st.pills(
        _("Layers"),
        list(LAYERS),
        format_func=lambda code: _(LAYERS[code]),
        selection_mode="multi",
        key="pick_layers",
        label_visibility="collapsed",
        on_change=_remember_layers,
    )


def _choice(name: str, codes: tuple[str, ...], code: str, words: Callable[[str], str], *, width: int) -> None:
    st.session_state[f"pick_{name}"] = code
    st.selectbox(
        name,
        codes,
        format_func=words,
        key=f"pick_{name}",
        width=width,
        label_visibility="collapsed",
        icon=":material/palette:",
        on_change=in_language(_remember_one),
        args=(name, codes[0]),
    )


def _listed(name: str) -> tuple[str, ...] | None:
    text = url.value(name)
    return tuple(text.split(SEPARATOR)) if text else None


def _remember_one(name: str, default: str) -> None:
    code = st.session_state[f"pick_{name}"]
    url.put(name, "" if code == default else code)


def _remember_list(name: str) -> None:
    url.put(name, SEPARATOR.join(st.session_state[f"pick_{name}"]))


def _remember_layers() -> None:
    # An empty choice needs a code of its own: empty means the default.
    url.put("layers", SEPARATOR.join(st.session_state["pick_layers"]) or "none")


def _clear() -> None:
    for name in (*quick_filters.PARAMETERS, *(name for name, _label in FACETS.values())):
        url.put(name, "")


def _option(facet: str, words: Mapping[str, str], counts: Mapping[str, int], value: str) -> str:
    text = words.get(value, value)
    words_of = {"statuses": status_word, "outlet_types": known_word}
    return f"{words_of[facet](text) if facet in words_of else text} · {counts.get(value, 0):,}"
