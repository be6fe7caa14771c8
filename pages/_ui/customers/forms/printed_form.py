"""A form as a page to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.exchange.printing.record import Block, record_page
from core.i18n import _, format_date
from pages._ui.components.downloads import Download

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from pages._ui.customers.customer_view import CardView

HTML = "text/html"


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
