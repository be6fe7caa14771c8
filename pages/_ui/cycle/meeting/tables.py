"""Plan and do, and the regions right below, as tables; and the files of the page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from core import numbers
from core.i18n import _
from core.metrics import metric
from core.numbers import heading
from core.reports.cycle.meeting.display.lines import HEADINGS, LABELS, SOURCES, line_rows
from core.reports.cycle.meeting.display.steps import meeting_slide
from core.reports.cycle.meeting.display.tables import PART_LABELS, PART_NOTES, part_names, review_sheets
from pages._ui import url
from pages._ui.components.downloads import Download, slide_download, workbook_download
from pages._ui.components.origins import with_origins
from pages._ui.language import in_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.reports.cycle.meeting import MonthReview
    from pages._ui.cycle.meeting.view import MeetingView

ROW_HEIGHT, MAX_ROWS = 35, 12
MONEY = ("target", "actual", "difference", "previous", "change")
# The records behind the columns of the regions below; behind all others the sales.
RECORDS = {
    "target": ("target_cell",),
    "share": metric("share").records,
    "share_change": metric("share_change").records,
}


def plan_and_do(review: MonthReview) -> None:
    """Show what was planned beside what was done, with what each line counts on hover."""
    titles = [_(title) for title in HEADINGS]
    table = pd.DataFrame(line_rows(review), columns=titles)
    counted = "\n\n".join(f"**{_(LABELS[key])}**: {_(SOURCES[key])}" for key in LABELS)
    config: dict[str, Any] = {title: st.column_config.TextColumn(title, help=counted) for title in titles}
    config[titles[0]] = st.column_config.TextColumn(titles[0], pinned=True, help=counted)
    st.dataframe(table, key="plan_and_do", hide_index=True, column_config=config)


def region_table(review: MonthReview) -> None:
    """Show what the regions right below contributed; a click on one opens its meeting."""
    parts = review.parts
    frame = pd.DataFrame({"name": part_names(parts)})
    config: dict[str, Any] = {"name": st.column_config.TextColumn(_("Region"), pinned=True)}
    amounts = parts[list(MONEY)].stack() / numbers.money_divisor()
    _rounded, money_pattern = numbers.money_column(amounts)
    for key, label in PART_LABELS.items():
        if parts[key].isna().all():
            continue
        if key in MONEY:
            digits, pattern = 0 if money_pattern == "localized" else 1, money_pattern
            frame[key] = (parts[key] / numbers.money_divisor()).round(digits)
            title = heading(_(label), numbers.money_unit())
        else:
            frame[key], pattern = (parts[key] * 100).round(1), "%.1f"
            title = heading(_(label), "%" if key == "share" else _("pts"))
        note = with_origins(_(PART_NOTES[key]), RECORDS.get(key, metric("own").records))
        config[key] = st.column_config.NumberColumn(title, help=note, format=pattern)
    # A key of its own for each region: what was chosen in one table isn't chosen in the next.
    key = f"meeting_regions_{review.request.region or ''}"
    ids = [None if pd.isna(region) else str(region) for region in parts["region_id"]]
    st.dataframe(
        frame,
        key=key,
        hide_index=True,
        height=ROW_HEIGHT * (min(len(frame), MAX_ROWS) + 1) + 3,
        placeholder=numbers.MISSING,
        column_config=config,
        on_select=in_language(partial(_open_region, key, ids)),
        selection_mode="single-row",
    )


def downloads(view: MeetingView) -> list[Download]:
    """Return the page as files."""
    review = view.review
    name = f"{_('meeting')}-{review.name}-{review.request.month:%Y-%m}"
    files = [workbook_download(partial(review_sheets, review), name)]
    if view.against:
        caption = view.caption(_("Monthly meeting"))
        files.append(slide_download(partial(meeting_slide, review, view.against, caption), name))
    return files


def _open_region(key: str, ids: Sequence[str | None]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    region = ids[rows[0]] if rows else None
    if region is not None:
        url.put("region", region)
