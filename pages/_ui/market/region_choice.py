"""Choosing a region by a click, and looking into it by a second one."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, ParamSpec

import streamlit as st

from pages._ui import url
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.fragments import fragment
from pages._ui.language import in_language
from pages._ui.market.market_view import level_below

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

P = ParamSpec("P")
# What the page hasn't followed yet: another region, or another place.
BEHIND, ELSEWHERE = "page_is_behind", "elsewhere"


def followed_by_page(function: Callable[P, None]) -> Callable[P, None]:
    """Make the part of a page that reruns alone after a click, and the rest of the page follow it.

    The part is on the screen first; then the page runs once more, for the address and for what else
    depends on the choice.
    """

    @wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        # Only a run of the whole page comes through here, and it is up to date.
        st.session_state.pop(BEHIND, None)

        @fragment
        def part() -> None:
            if st.session_state.get(BEHIND) == ELSEWHERE:
                st.rerun()
            function(*args, **kwargs)
            if BEHIND in st.session_state:
                st.rerun()

        part()

    return wrapped


def choose_region(region_id: str) -> None:
    """Make a region the chosen one; for callbacks."""
    set_and_follow("region", region_id)


def set_and_follow(name: str, code: str) -> None:
    """Set a parameter from a part of the page, which the rest follows; for callbacks."""
    url.put(name, code)
    st.session_state[BEHIND] = name


def look_into(region_id: str, level: str) -> None:
    """Show the regions inside a region, or all of a level again where the id is empty; for callbacks."""
    url.put("within", region_id)
    url.put("level", level)
    url.put("region", "")
    st.session_state[BEHIND] = ELSEWHERE


def clicked_chart(key: str, *, drill: bool = False) -> None:
    """Choose the region of a clicked mark; with ``drill``, a click on the chosen one looks into it.

    A second click on the same mark takes it back as far as the browser is concerned: it then tells of no
    mark, and the one of the click before is meant.
    """
    points = st.session_state[key]["selection"]["points"]
    before = f"{key}_clicked"
    region_id = _region(points[0]) if points else st.session_state.get(before, "")
    st.session_state[before] = region_id
    if not region_id:
        return
    if drill and region_id == url.value("region"):
        below = level_below(region_id)
        if below is not None:
            look_into(region_id, below[0])
        return
    choose_region(region_id)


def clicked_row(key: str, region_ids: Sequence[str]) -> None:
    """Choose the region of the row of a table in which a cell was clicked."""
    cells = st.session_state[key]["selection"]["cells"]
    if cells:
        choose_region(region_ids[cells[0][0]])


def _region(point: Mapping[str, object]) -> str:
    data = point.get("customdata")
    return str(data[0] if isinstance(data, list | tuple) else data)


def breadcrumb(path: Sequence[tuple[str, str]]) -> None:
    """Show the regions from the whole market to the one looked into; a click goes back up.

    Parameters
    ----------
    path
        region_id and name of each; the last one is where the page is.
    """
    with st.container(horizontal=True, key="way_up", gap="xxsmall", vertical_alignment="center"):
        for number, (region_id, name) in enumerate(path):
            last = number == len(path) - 1
            st.button(
                f"**{escape_markdown(name)}**" if last else f"{escape_markdown(name)} ›",
                key=f"way_up_{number}",
                type="tertiary",
                disabled=last,
                on_click=in_language(_go_up),
                args=(region_id,),
            )


def _go_up(region_id: str) -> None:
    """Look at the regions right below one again; of the whole market, at the level its parts have."""
    below = level_below(region_id) if region_id else None
    look_into(region_id, below[0] if below else "")


def pick_code(name: str, labels: Mapping[str, str]) -> str:
    """Show a choice that is kept in the address and return its code, the first one by default."""
    codes = list(labels)
    code = url.value(name) if url.value(name) in labels else codes[0]
    st.session_state[f"pick_{name}"] = code
    st.segmented_control(
        name,
        codes,
        format_func=lambda option: labels.get(option, option),
        key=f"pick_{name}",
        required=True,
        label_visibility="collapsed",
        on_change=in_language(_remember),
        args=(name, codes[0]),
    )
    return code


def _remember(name: str, default: str) -> None:
    code = st.session_state[f"pick_{name}"]
    url.put(name, "" if code == default else code)
