"""The decision about a dealer: walked question by question, drawn, and decided with a reason."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import streamlit as st

from core import numbers
from core.customers.dealers.decision import FUNCTIONS, INPUTS, QUESTIONS, Walk, walk
from core.customers.forms.dealers import DECISION, TRANSFORMATION
from core.customers.forms.reading import read
from core.i18n import _, current_language, ngettext
from core.metrics import FAMILIES, metric
from core.reports.dealers import dealer as dealer_file
from core.reports.dealers.table import last_decisions, tree_inputs
from core.store.forms.rows import FormKey
from pages._ui import reads
from pages._ui.charts.layout import Caption, View, chart_config, show_chart
from pages._ui.components.header import section
from pages._ui.components.origins import with_origins
from pages._ui.customers.dealers import dealer_view
from pages._ui.customers.dealers.dealer_tree_figure import tree_figure
from pages._ui.customers.forms import fields
from pages._ui.customers.forms.form_records import records_panel
from pages._ui.customers.forms.form_state import FormState, state_of
from pages._ui.customers.section import SectionHead
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.fragments import fragment
from pages._ui.language import in_language
from pages._ui.tables.explained import explained

if TYPE_CHECKING:
    import pandas as pd

    from pages._ui.customers.customer_view import CardView

word = FAMILIES["dealers"].word

HEIGHT = 430
KEY = "decision"
# One score answers two questions.
ANSWERS = {"usable_capability": "capability", "able": "capability"}
_MARKS = {True: ":material/check_circle:", False: ":material/cancel:", None: ":material/help:"}
OUTCOMES = {
    "keep": "success",
    "train": "info",
    "transform": "info",
    "redraw": "warning",
    "eliminate": "error",
}


def render_dealer_decision(view: CardView) -> SectionHead:
    """Show the walk, the picture, the decision and all earlier ones."""
    request = dealer_view.request(view)
    row = dealer_view.table(request).loc[view.customer_id]
    history: pd.DataFrame = reads.cached(dealer_file.decisions, request, view.customer_id)
    facts = _known(view.customer_id, row)

    @fragment
    def panel() -> None:
        _panel(view, row, facts)

    panel()
    _history(history)
    if row["disposition"] == "transform":
        section(_("Transformation: the three functions"))
        records_panel(TRANSFORMATION, "dealer", view.customer_id, key="transformation", scope=view.scope)
    return SectionHead(dealer_decision_sentence(row))


def dealer_decision_sentence(row: pd.Series) -> str:
    """Return the sentence about this dealer."""
    if numbers.is_missing(row["disposition"]):
        return _("Not decided: “{asks}” is not known.", asks=word("asks", row["asks"]))
    sentence = word("disposition", row["disposition"])
    if numbers.is_missing(row["decided"]):
        return _("The tree says: {said}. Nobody has decided yet.", said=sentence)
    return _("Decided on {day}: {said}.", day=row["decided_on"], said=sentence)


def _known(dealer_id: str, row: pd.Series) -> dict[str, object]:
    """Return what the data and the last decision answer already."""
    last: pd.DataFrame = reads.cached(last_decisions)
    decision = last.loc[dealer_id].to_dict() if dealer_id in last.index else None
    return tree_inputs(row.to_dict(), decision)


def _panel(view: CardView, row: pd.Series, facts: dict[str, object]) -> None:
    rule = dealer_view.rules().tree
    before = walk(facts, rule)
    limits = {"limit_attitude": rule.attitude, "limit_usable": rule.usable, "limit_able": rule.able}
    risk = None if numbers.is_missing(row["sell_in"]) else f"{row['sell_in']:.2f}"
    defaults = {
        **facts,
        **limits,
        "decided_on": dt.date.today(),
        "proposed": before.disposition,
        "disposition": before.disposition,
        "at_risk": risk,
    }
    target = FormKey(DECISION, "dealer", view.customer_id)
    state = state_of(target, f"{KEY}_{view.customer_id}", defaults, view.scope)
    if state.done:
        state.done = ""
        st.session_state["decision_saved"] = True
        st.rerun()
    if st.session_state.pop("decision_saved", False):
        st.toast(_("The decision is recorded."), icon=":material/check:")
    if state.defaults != defaults and state.kept is None and not state.dirty:
        # The data or the last decision say something else now.
        state.defaults = defaults
        state.begin()
    questions, picture = st.columns([1, 1], gap="medium")
    with questions:
        _kept(state)
        fields.widget(
            DECISION.field("decided_on"),
            state.widget_key("decided_on"),
            state.start["decided_on"],
            in_language(state.typed),
        )
        walked = _questions(state, row)
        _decide(state, walked)
    with picture:
        show_chart(
            tree_figure(
                walked,
                Caption(_("Decision tree · {name}", name=row["name"]), dealer_view.source()),
                View(HEIGHT, dealer_view.is_dark()),
            ),
            key="decision_tree",
            config=chart_config(_("decision tree"), current_language()),
        )
        _risk(walked, row)


def _questions(state: FormState, row: pd.Series) -> Walk:
    """Ask one question after the other as far as the answers reach."""
    section(_("Question by question"))
    rule, request = dealer_view.rules().tree, 0
    fields_shown: set[str] = set()
    while True:
        walked = walk(_inputs(state), rule)
        if len(walked.steps) <= request:
            return walked
        step = walked.steps[request]
        request += 1
        limit = "" if step.limit is None else _(" (from {limit})", limit=f"{step.limit:g}")
        question, field = st.columns([3, 2], gap="small", vertical_alignment="center")
        with question:
            st.markdown(f"{_MARKS[step.answer]} **{request}. {_(QUESTIONS[step.question])}**{limit}")
            _evidence(step.question, row)
        name = ANSWERS.get(step.question, step.question)
        if name not in fields_shown:
            with field:
                _field(state, name)
            fields_shown.add(name)


def _field(state: FormState, name: str) -> None:
    part = DECISION.field(name)
    fields.widget(part, state.widget_key(name), state.start[name], in_language(state.typed))
    _value, finding = read(part, state.raw()[name])
    if finding is not None:
        st.markdown(f":red[:material/error: {escape_markdown(finding)}]")


def _inputs(state: FormState) -> dict[str, object]:
    """Return the answers as they stand in the fields; what is wrong counts as unanswered."""
    raw = state.raw()
    return {name: read(DECISION.field(name), raw[name])[0] for name in INPUTS}


def _evidence(question: str, row: pd.Series) -> None:
    """Show what the data say about a question; the answer stays with the user."""
    texts = {
        "sales_team": _("Supplies {shops} terminals.", shops=numbers.count(row["terminals"])),
        "information": _("Sell-out recorded in the period: {amount}.", amount=numbers.money(row["sell_out"])),
        "channel_management": _("Has {count} sub-dealers.", count=numbers.count(row["sub_dealers"])),
    }
    if question in texts:
        st.caption(texts[question])


def _risk(walked: Walk, row: pd.Series) -> None:
    st.metric(
        _("Sales at risk (12 months)"),
        numbers.money(row["sell_in"]),
        help=with_origins(
            _("What we delivered to this dealer. By the document it doesn't change the decision."),
            metric("sell_in", "dealers").records,
        ),
    )
    if walked.lacking:
        st.markdown(
            _("To build: {functions}.", functions=_(", ").join(_(FUNCTIONS[f]) for f in walked.lacking))
        )


def _decide(state: FormState, walked: Walk) -> None:
    """Say what the tree says and record the decision with its reason."""
    if walked.asks is not None:
        st.info(
            _(
                "Answer “{asks}” to go on; nothing is assumed.",
                asks=word("asks", walked.asks),
            ),
            icon=":material/help:",
        )
        return
    sentence = word("disposition", walked.disposition)
    getattr(st, OUTCOMES[str(walked.disposition)])(
        _("The tree says: **{said}**.", said=sentence), icon=":material/account_tree:"
    )
    _follow(state, walked)
    for name in ("disposition", "reason"):
        part = DECISION.field(name)
        fields.widget(part, state.widget_key(name), state.start[name], in_language(state.typed))
    for finding in state.findings:
        st.markdown(f":red[:material/error: {escape_markdown(finding)}]")
    if state.error is not None:
        st.error(str(state.error), icon=":material/error:")
    st.button(
        _("Record the decision"),
        type="primary",
        icon=":material/gavel:",
        key="record_decision",
        disabled=state.kept is not None,
        on_click=in_language(state.save),
    )


def _follow(state: FormState, walked: Walk) -> None:
    """Keep what the tree says in the record, and propose it until the user decides otherwise."""
    seen = f"{state.name}.{state.generation}.seen"
    before = st.session_state.get(seen, state.start["proposed"])
    st.session_state[state.widget_key("proposed")] = walked.disposition
    if before != walked.disposition:
        st.session_state[state.widget_key("disposition")] = walked.disposition
    st.session_state[seen] = walked.disposition


def _kept(state: FormState) -> None:
    if state.kept is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(_("Unsaved changes of {time} were kept.", time=f"{state.kept.saved_at:%Y-%m-%d %H:%M}"))
        st.button(_("Go on with them"), key="decision_restore", on_click=in_language(state.take_up))
        st.button(_("Throw them away"), key="decision_discard", on_click=in_language(state.discard))


def _history(history: pd.DataFrame) -> None:
    section(_("All decisions"))
    if not len(history):
        st.caption(_("Nobody has decided yet."))
        return
    columns: dict[str, Any] = {
        _("Decided on"): history["decided_on"],
        _("Decision"): [word("disposition", code) for code in history["disposition"]],
        _("The tree said"): [word("disposition", code) for code in history["proposed"]],
        _("Reason"): history["reason"],
        _("By"): history["updated_by"],
        _("Saved at"): history["updated_at"].dt.strftime("%Y-%m-%d %H:%M"),
        _("Attitude"): history["attitude"],
        _("Capability"): history["capability"],
        _("Sales at risk (yuan)"): history["at_risk"].astype("float64"),
    }
    st.dataframe(
        columns,
        hide_index=True,
        placeholder=numbers.MISSING,
        key="decision_history",
        column_config=explained(columns, default=_("As it was when it was decided.")),
    )
    st.caption(
        ngettext("{n} decision; none is ever changed.", "{n} decisions; none is ever changed.", len(history))
    )
