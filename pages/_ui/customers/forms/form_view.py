"""A form to be read, not filled in: on the screen, and as a page to print."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from core import numbers
from core.customers.forms.validate import display
from core.exchange.printing.record import Block, record_page
from core.i18n import _, format_date
from pages._ui.components.downloads import Download

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from core.customers.forms import Form
    from pages._ui.customers.customer_view import CardView

HTML = "text/html"


def form_view(form: Form, payload: Mapping[str, Any] | None) -> None:
    """Show what is filled in, field by field; what is empty as a dash.

    Parameters
    ----------
    payload
        Typed values by field; None where nobody began it.
    """
    rows = "".join(
        f"<tr><th>{escape(field.title)}</th>"
        f"<td>{escape(display(field, (payload or {}).get(field.name))) or numbers.MISSING}</td></tr>"
        for field in form.fields
    )
    st.html(f'<table class="form-view">{rows}</table>{_STYLE}')


def printed_form(
    view: CardView,
    title: str,
    blocks: Sequence[Block],
    *,
    day: dt.date,
    signatures: Sequence[str] = (),
) -> Download:
    """Offer forms of a customer as a page to print.

    Parameters
    ----------
    title
        What it is, such as 重点客户行动计划书; the customer's name stands before it.
    blocks
        The forms with their records.
    day
        The day that stands on it.
    """
    row = view.customer
    about = (
        view.customer_id,
        str(row.get("region") or ""),
        _("Owner: {name}", name=row["owner"]) if row.get("owner") else "",
        format_date(day),
    )
    name = f"{row['name']} · {title}"
    return Download(
        _("Page to print (HTML)"),
        f"{title}-{view.customer_id}.html",
        HTML,
        lambda: record_page(name, about, blocks, signatures=signatures),
    )


# Line breaks of notes stay; the colours are the theme's own.
_STYLE = """<style>
.form-view { width: 100%; border-collapse: collapse; font-size: 0.9rem; }
.form-view th { text-align: left; font-weight: 400; opacity: 0.75; width: 32%; vertical-align: top; }
.form-view th, .form-view td { padding: 0.25rem 0.4rem;
  border-bottom: 1px solid color-mix(in srgb, currentColor 12%, transparent); }
.form-view td { white-space: pre-wrap; overflow-wrap: anywhere; }
</style>"""
