"""The basemap under the terminals: none by default, or an online one that somebody chose for this store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from starlette.responses import JSONResponse
from starlette.routing import Route

from core.errors import AppError, InputError
from core.geo.basemap import SYSTEMS, Basemap
from core.i18n import _
from core.store.preferences import BASEMAP_URL as URL
from core.store.preferences import prefer, preferences
from pages._ui import reads, runtime
from pages._ui.components.header import section
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.language import in_language

if TYPE_CHECKING:
    from collections.abc import Mapping

ATTRIBUTION, SYSTEM = "basemap_attribution", "basemap_system"
STYLE = "/assets/basemap.json"


def chosen_basemap() -> Basemap | None:
    """Return the online basemap of this store; None for the plain one, which needs no internet."""
    return _basemap(reads.preferences())


def style_address() -> str | None:
    """Return where the map finds its style; None for no basemap. It changes with the data."""
    return f"{STYLE}?v={runtime.store().data_version}" if chosen_basemap() else None


def attribution() -> None:
    """Say whose map is under the terminals."""
    basemap = chosen_basemap()
    if basemap is not None and basemap.attribution:
        st.caption(_("Basemap: {owner}", owner=basemap.attribution))


def settings() -> None:
    """Choose the online basemap; off by default."""
    section(_("Basemap of the terminal map"))
    st.markdown(
        _(
            "By default the map draws borders and terminals only and needs no internet. An online basemap is "
            "fetched by the browser from the address below: whoever runs that server sees which places are "
            "looked at, and without internet the background stays empty."
        )
    )
    own = reads.preferences()
    with st.form("basemap_form", border=False):
        st.text_input(
            _("Address of the tiles"),
            own.get(URL, ""),
            key="basemap_url",
            placeholder="https://…/{z}/{x}/{y}.png",
            help=_("Empty for no online basemap. Raster tiles in Web Mercator."),
        )
        st.text_input(_("Whose map it is"), own.get(ATTRIBUTION, ""), key="basemap_attribution")
        st.radio(
            _("Coordinate system of that map"),
            list(SYSTEMS),
            index=list(SYSTEMS).index(own.get(SYSTEM, SYSTEMS[0])),
            format_func={
                "WGS-84": _("WGS-84: maps from outside China, Tianditu"),
                "GCJ-02": _("GCJ-02: Amap, Tencent; terminals and borders are shifted to fit"),
            }.__getitem__,
            key="basemap_system",
        )
        st.form_submit_button(_("Save the basemap"), on_click=in_language(_remember), key="basemap_save")
    if message := st.session_state.pop("basemap_said", ""):
        st.markdown(message)


def _remember() -> None:
    state = st.session_state
    url, attribution = state["basemap_url"].strip(), state["basemap_attribution"].strip()
    try:
        if url:
            Basemap(url, attribution, state["basemap_system"])
        values = {URL: url, ATTRIBUTION: attribution, SYSTEM: state["basemap_system"]}
        for name, value in values.items():
            prefer(runtime.store(), name, value if url else "")
        state["basemap_said"] = (
            _("The online basemap is on: reload the pages that are open.")
            if url
            else _("The online basemap is off.")
        )
    except AppError as error:
        state["basemap_said"] = f":red[{escape_markdown(error)}]"


def _basemap(own: Mapping[str, str]) -> Basemap | None:
    if not own.get(URL):
        return None
    try:
        return Basemap(own[URL], own.get(ATTRIBUTION, ""), own.get(SYSTEM, SYSTEMS[0]))
    except InputError:
        # A value from an older or a damaged store is no reason to show no map.
        return None


async def style(_request: object) -> JSONResponse:
    """Answer with the style of this store's basemap."""
    basemap = _basemap(preferences(runtime.whole_store())) if runtime.ready() else None
    if basemap is None:
        return JSONResponse({"message": "no online basemap"}, status_code=404)
    return JSONResponse(basemap.style(), headers={"Cache-Control": "no-store"})


ROUTES = [Route(STYLE, style)]
