"""检查: the bridge, its parts with their computation, and what the difference consists of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.cycle.variance.words import effect_label
from core.i18n import _, current_language
from core.reports.cycle.meeting import MeetingRequest, month_review
from core.reports.cycle.meeting.display.steps import explained, steps
from core.reports.cycle.meeting.display.tables import CONSISTS
from core.reports.cycle.meeting.proposals import proposals
from core.reports.market.display.facts import Fact
from pages._ui import reads
from pages._ui.charts.cached_figure import CachedFigure
from pages._ui.charts.layout import Caption, View, chart_config, show_chart
from pages._ui.charts.waterfall import waterfall_figure
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.market.facts import facts
from pages._ui.market.market_view import picture
from pages._ui.market.region_choice import pick_code
from pages._ui.tasks.offer import offer

if TYPE_CHECKING:
    import pandas as pd

    from core.store.database import Store
    from pages._ui.cycle.meeting.view import MeetingView

HEIGHT, OFFERED = 470, 2


def check(view: MeetingView) -> None:
    """Show what explains the result."""
    if not view.against:
        st.info(_missing(view), icon=":material/help:")
        return
    left, right = st.columns([2, 1], gap="small")
    with left:
        if len(view.against_words) > 1:
            pick_code("against", view.against_words)
        bridge_chart(view)
    with right, st.container(border=True, height="stretch", key="effects"):
        effects(view)


def bridge_chart(view: MeetingView) -> None:
    """Show the bridge with its labels on the marks."""
    caption, look = view.caption(view.against_words[view.against]), picture(HEIGHT, view.review.name)
    figure = reads.shared(_figure, view.review.request, view.against, caption, look)
    show_chart(figure, key="bridge", config=chart_config(_("bridge"), current_language()))


def _figure(
    _store: Store, request: MeetingRequest, against: str, caption: Caption, look: View
) -> CachedFigure:
    found = steps(reads.shared(month_review, request), against)
    found = found[found["is_leaf"]]
    unit = numbers.money_divisor()
    amounts = {name: found[name] / unit for name in ("low", "high", "to")}
    hover = found["label"] + ": " + found["text"] + "<br>" + found["note"]
    # The unit stands at the axis: on a telephone there is no room for it above each bar.
    bare = [
        numbers.money(row.amount, unit=False, sign=row.kind in {"rise", "fall"}) for row in found.itertuples()
    ]
    figure = waterfall_figure(
        found.assign(hover=hover.map(_wrapped), text=bare, **amounts),
        caption,
        look,
        unit=numbers.money_unit(),
    )
    return CachedFigure(figure)


def effects(view: MeetingView) -> None:
    """Show each part; a click opens how it is computed."""
    bridge = view.review.bridge(view.against)
    difference = float(bridge.loc[bridge["parent"] == "", "amount"].sum())
    st.markdown(f"**{view.against_words[view.against]}: {numbers.money(difference, sign=True)}**")
    facts(_facts(view, bridge, view.against))
    offers(view)
    consists = view.review.bridge("consists")
    if consists.empty:
        return
    change = float(consists["amount"].sum())
    st.markdown(f"**{_(CONSISTS)}: {numbers.money(change, sign=True)}**")
    facts(_facts(view, consists, "consists"))
    st.caption(_("Both add up to the change over last year: where it comes from, and what it consists of."))


def offers(view: MeetingView) -> None:
    """Offer a task for each part that hurt, the worst first."""
    found = proposals(view.review, view.against)
    for key, proposal in list(found.items())[:OFFERED]:
        with st.container(
            horizontal=True, vertical_alignment="center", wrap=False, key=f"act_on_{key}", gap="small"
        ):
            st.caption(escape_markdown(proposal.title))
            offer(proposal, key=f"variance_{key}")


def _facts(view: MeetingView, bridge: pd.DataFrame, against: str) -> list[Fact]:
    return [
        Fact(
            ("└ " if row.parent else "") + effect_label(str(row.key)),
            numbers.money(row.amount, sign=True),
            explanation=(explained(view.review, against, str(row.key), str(row.reason)),),
            records=("market_capacity", "market_sales", "terminal_sales", "target_cell"),
        )
        for row in bridge.itertuples()
    ]


def _missing(view: MeetingView) -> str:
    if view.review.lines.isna().loc["sales", "actual"]:
        return _("Our sales of this month are not recorded here: there is nothing to explain.")
    return _("Neither a target nor last year's sales are recorded here: there is nothing to compare with.")


def _wrapped(text: str, *, width: int = 46) -> str:
    """Break a text of the hover into lines."""
    head, _break, note = text.partition("<br>")
    lines, line = [], ""
    for word in note.split(" "):
        if len(line) + len(word) > width and line:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "<br>".join([f"<b>{head}</b>", *lines, line])
