"""What people judge about a region: its profile, its rivals' strength, its qualitative targets."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.customers.forms.regions import FACTOR_RATING, QUALITATIVE_TARGET, REGION_PROFILE
from core.i18n import N_, _
from core.market.advice import DEVELOPMENT_MODES, development_mode
from pages._ui.customers.forms.form import form_panel
from pages._ui.customers.forms.form_records import records_panel
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.market import region_choice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.market.market_view import MarketView

PARAMETER = "region_form"
PARTS = {
    "": N_("Nothing open"),
    "profile": N_("Profile of the region"),
    "factors": N_("Six sales factors"),
    "targets": N_("Qualitative targets"),
}


def region_forms(market: MarketView, region_id: str) -> None:
    """Show the form chosen of the region whose card is open; nothing while none is."""
    row = market.row(region_id)
    if market.is_whole(row):
        return
    st.markdown(_("**What we judge about {region}**", region=escape_markdown(str(row["name"]))))
    st.caption(_development(row))
    part = region_choice.pick_code(PARAMETER, {code: _(label) for code, label in PARTS.items()})
    scope = market.report.request.scope
    if part == "profile":
        form_panel(REGION_PROFILE, "region", region_id, key=REGION_PROFILE.name, scope=scope)
    elif part == "factors":
        records_panel(
            FACTOR_RATING,
            "region",
            region_id,
            defaults={"rated_on": dt.date.today()},
            key=FACTOR_RATING.name,
            scope=scope,
        )
    elif part == "targets":
        records_panel(
            QUALITATIVE_TARGET,
            "region",
            region_id,
            key=QUALITATIVE_TARGET.name,
            scope=scope,
            columns=("target", "responsible", "due", "state"),
        )


def _development(row: Mapping[str, object]) -> str:
    """Return how the region should be developed, and from what that follows [3-22]."""
    urban, order = row.get("urban_class"), row.get("attack_order")
    known = None if pd.isna(order) else int(str(order))
    mode = development_mode(None if pd.isna(urban) else str(urban), known)
    if not mode:
        return _("Way of development: unknown, the region has no urban class in the data.")
    return _(
        "Way of development: {mode}, from its urban class and its order of attack [S3 p112]; the profile may"
        " say otherwise.",
        mode=_(DEVELOPMENT_MODES[mode]),
    )
