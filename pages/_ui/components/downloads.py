"""Files people take: the same table as on the screen, made when somebody asks for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.access import Right
from core.exchange.formula_guard import harmless_table
from core.i18n import _, format_date
from core.metrics import help_text
from core.reports.market.sources import data_from
from core.reports.provenance import NAMES, provenance, records_behind
from core.store.audit.events import record_export
from core.store.writing.origin import current_origin, from_origin
from pages._ui import runtime, url
from pages._ui.components.origins import records_read
from pages._ui.language import in_current_language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

    from core.exchange.slides.content import Slide

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@dataclass(frozen=True)
class Download:
    """One entry of the export menu.

    Parameters
    ----------
    data
        Makes the bytes; called when somebody clicks.
    """

    label: str
    file_name: str
    mime: str
    data: Callable[[], bytes]


def csv_download(table: pd.DataFrame | Callable[[], pd.DataFrame], file_name: str) -> Download:
    """Offer a table, or what makes it, as CSV; the byte order mark makes Excel read Chinese."""
    return Download(
        _("Table (CSV)"),
        f"{file_name}.csv",
        "text/csv",
        lambda: harmless_table(_table_of(table)).to_csv(index=False).encode("utf-8-sig"),
    )


def xlsx_download(
    table: pd.DataFrame | Callable[[], pd.DataFrame], file_name: str, *, sheet: str = "", period: str = ""
) -> Download:
    """Offer a table, or what makes it, as a workbook.

    Parameters
    ----------
    period
        What the figures are of, in words; empty where they are of today.
    """
    about, noted = _about(period), _noted()
    return Download(
        _("Table (Excel)"),
        f"{file_name}.xlsx",
        XLSX,
        lambda: _workbook({sheet or file_name: noted(_table_of(table))}, about()),
    )


def workbook_download(
    sheets: Callable[[], Mapping[str, pd.DataFrame]], file_name: str, *, period: str = ""
) -> Download:
    """Offer a workbook of several tables.

    Parameters
    ----------
    sheets
        Makes them by title; called when somebody clicks.
    """
    about, noted = _about(period), _noted()

    def made() -> bytes:
        return _workbook({title: noted(table) for title, table in sheets().items()}, about())

    return Download(_("Workbook (Excel)"), f"{file_name}.xlsx", XLSX, made)


def table_downloads(
    table: pd.DataFrame | Callable[[], pd.DataFrame], file_name: str, *, sheet: str = "", period: str = ""
) -> list[Download]:
    """Offer a table, or what makes it, as a workbook and as CSV."""
    return [xlsx_download(table, file_name, sheet=sheet, period=period), csv_download(table, file_name)]


def _about(period: str) -> Callable[[], tuple[str, tuple[str, ...]]]:
    """Return what makes the title of the page and what its workbook says of period, day and sources.

    A table without a period of its own says that of the page's filters. It is made on a click: only then
    everything the page shows was read.
    """
    store, title = runtime.store(), str(st.session_state.get(url.PAGE_TITLE, ""))
    filters, read = str(st.session_state.get(url.PERIOD_SHOWN, "")), records_read()

    def about() -> tuple[str, tuple[str, ...]]:
        source = _(
            "Source: {store}, data version {version}, taken on {day}",
            store=store.path.name,
            version=store.data_version,
            day=format_date(dt.date.today()),
        )
        when: tuple[str, ...] = ()
        if period:
            when = (_("Period: {period}", period=period),)
        elif filters:
            when = (_("Period of the page's filters: {period}", period=filters),)
        return title, (*when, source, *provenance(store, read - NAMES))

    return about


def _noted() -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Return what says in a table's ``notes`` how its KPIs are computed and where their data come from.

    Made beforehand like :func:`_about`: a click knows no page.
    """
    store, read = runtime.store(), records_read()

    def note(table: pd.DataFrame) -> pd.DataFrame:
        table.attrs["notes"] = {
            heading: "\n".join(
                [help_text(each), *data_from(provenance(store, records_behind(each.records, read)))]
            )
            for heading, each in table.attrs.get("metrics", {}).items()
        }
        return table

    return note


def _table_of(table: pd.DataFrame | Callable[[], pd.DataFrame]) -> pd.DataFrame:
    return table() if callable(table) else table


def slide_download(make: Callable[[], Slide], file_name: str) -> Download:
    """Offer a slide whose chart and table people can edit.

    Parameters
    ----------
    make
        Lays the slide out; called when somebody clicks.
    """
    return Download(_("Slide (PowerPoint)"), f"{file_name}.pptx", PPTX, lambda: _deck(make()))


def _deck(slide: Slide) -> bytes:
    # The library takes a moment to load: who takes no slide doesn't wait for it.
    from core.exchange.slides.slide import slide_file

    return slide_file(slide)


def _workbook(sheets: Mapping[str, pd.DataFrame], about: tuple[str, tuple[str, ...]]) -> bytes:
    # The library takes a moment to load: who takes no workbook doesn't wait for it.
    from core.exchange.page_workbook import About, page_workbook

    title, lines = about
    return page_workbook(sheets, About(title or next(iter(sheets)), lines))


def download_button(download: Download, *, key: str, **look: Any) -> None:  # noqa: ANN401
    """Show a button that makes a file, writes into the audit that it leaves, and hands it over.

    Whoever may take no files out sees none.

    Parameters
    ----------
    look
        What Streamlit's own button takes for its look: ``icon``, ``type``, ``width`` ...
    """
    if not runtime.may(Right.EXPORT):
        return
    store, origin, place = runtime.store(), current_origin(), st.session_state.get(url.PAGE, "")

    def taken() -> bytes:
        with from_origin(origin):
            data = download.data()
            record_export(store, download.file_name, entity=place, size=len(data))
        return data

    st.download_button(
        download.label,
        in_current_language(taken),
        download.file_name,
        download.mime,
        key=key,
        on_click="ignore",
        **look,
    )


def export_menu(downloads: Sequence[Download], *, key: str = "export") -> None:
    """Show the export menu, to whom may take files out."""
    if not downloads or not runtime.may(Right.EXPORT):
        return
    with st.popover(_("Export"), icon=":material/download:", key=key):
        for number, download in enumerate(downloads):
            download_button(download, key=f"{key}_{number}", type="tertiary", width="stretch")
