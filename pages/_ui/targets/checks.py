"""Step 4: the six principles, fairness, the reps' stretch, and the reasons and actions behind each region."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from core import numbers
from core.i18n import _
from core.reports.plans.checks import Review, review, saved_thresholds
from core.reports.plans.proposal import failing_checks, saved_proposal
from core.targets.principles import LABELS, Check, Thresholds
from pages._ui.charts.layout import show_chart
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.language import in_language
from pages._ui.tables.explained import explained
from pages._ui.targets import state
from pages._ui.targets.charts import stretch_figure
from pages._ui.targets.target_labels import bold

if TYPE_CHECKING:
    from core.reports.plans.basis import Basis
    from pages._ui.targets.state import Work

RATIO = {"fair"}
MONEY = {"goal"}


def render_checks(work: Work, basis: Basis) -> None:
    """Show the step."""
    lines = _thresholds(work)
    review_result = plan_review(work, basis, lines)
    _table(review_result.checks)
    _unkept(work, review_result.checks)
    left, right = st.columns([5, 4], gap="medium")
    with left:
        _failing(review_result.checks, basis)
    with right:
        if len(review_result.reps):
            st.markdown(bold(_("Stretch of the reps")))
            figure = stretch_figure(review_result.reps, lines.stretch)
            show_chart(figure, key="stretch", config={"displayModeBar": False})
        _fairness(review_result.fairness)
    if work.plan.editable:
        _reasons(work, review_result.regions)


def plan_review(work: Work, basis: Basis, lines: Thresholds | None = None) -> Review:
    """Return the checks of the working copy."""
    lines = lines or saved_thresholds(work.parameters)
    before = work.checked
    if before is None or before[0] is not work.cells or before[1] != (work.parameters, lines):
        total = float(work.plan.unit.amounts(int(work.cells["count"].sum())))
        plan = replace(work.plan, parameters=work.parameters, top_target=total)
        review_result = review(plan, work.cells, basis, thresholds=lines)
        work.checked = before = (work.cells, (work.parameters, lines), review_result)
    return before[2]


def _thresholds(work: Work) -> Thresholds:
    lines = saved_thresholds(work.parameters)
    with st.popover(_("Thresholds"), icon=":material/tune:", key="thresholds"):
        band = st.slider(
            _("Stretch over last year (%)"),
            -50,
            100,
            (round(lines.stretch[0] * 100), round(lines.stretch[1] * 100)),
            key="line_stretch",
        )
        variation = st.number_input(
            _("Largest coefficient of variation"), 0.0, 5.0, lines.variation, 0.05, key="line_cv"
        )
        gini = st.number_input(_("Largest Gini coefficient"), 0.0, 1.0, lines.gini, 0.05, key="line_gini")
        widest = st.number_input(_("Largest ÷ smallest"), 1.0, 100.0, lines.widest, 0.5, key="line_widest")
    chosen = {
        "stretch": [band[0] / 100, band[1] / 100], "variation": variation, "gini": gini, "widest": widest,
    }  # fmt: skip
    if Thresholds(**{**chosen, "stretch": tuple(chosen["stretch"])}) != lines:  # type: ignore[arg-type]
        state.settle(work, {"thresholds": chosen})
    return saved_thresholds(work.parameters)


def failures(work: Work, basis: Basis) -> list[str]:
    """Return one sentence per check that fails, with the reason why the proposal couldn't keep it."""
    return failing_checks(plan_review(work, basis).checks, saved_proposal(work.parameters))


def _unkept(work: Work, checks: tuple[Check, ...]) -> None:
    """Say what was moved to keep the checks, and why those that fail do."""
    proposal = saved_proposal(work.parameters)
    texts = [*([] if proposal is None else [proposal.sentence]), *failing_checks(checks, proposal)]
    for text in texts:
        st.caption(f":material/rule: {escape_markdown(text)}")


def _result(passed: bool | None) -> str:
    """Say in a sign and a word how a check came out; never by colour alone."""
    return {True: "✓ " + _("passed"), False: "✗ " + _("failed"), None: "– " + _("not made")}[passed]


def _shown(check: Check, value: float | None) -> str:
    if value is None:
        return numbers.MISSING
    if check.rule in MONEY:
        return numbers.money(value)
    return f"{value:.2f}" if check.rule in RATIO else numbers.count(value)


def _table(checks: tuple[Check, ...]) -> None:
    rows = pd.DataFrame(
        {
            "state": [_result(check.passed) for check in checks],
            "rule": [_(LABELS[check.rule]) for check in checks],
            "value": [_shown(check, check.value) for check in checks],
            "threshold": [_shown(check, check.threshold) for check in checks],
            "failing": [len(check.failing) if check.passed is not None else None for check in checks],
            "note": [check.note for check in checks],
        }
    )
    st.dataframe(
        rows,
        hide_index=True,
        key="principles",
        placeholder=numbers.MISSING,
        column_config=explained(
            rows,
            {
                "state": st.column_config.TextColumn(_("Outcome"), width=80, pinned=True),
                "rule": st.column_config.TextColumn(_("Principle"), width=265, pinned=True),
                "value": st.column_config.TextColumn(_("Value"), width=110, alignment="right"),
                "threshold": st.column_config.TextColumn(_("Threshold"), width=110, alignment="right"),
                "failing": st.column_config.NumberColumn(
                    _("Rows that fail"),
                    width=90,
                    help=_("Regions, reps or cells that break the rule; they are listed below."),
                ),
                "note": st.column_config.TextColumn(_("Meaning"), width="large"),
            },
        ),
    )


def _failing(checks: tuple[Check, ...], basis: Basis) -> None:
    failed = {check.rule: check for check in checks if len(check.failing)}
    if not failed:
        return
    rule = st.selectbox(
        _("Rows that fail"), list(failed), format_func=lambda code: _(LABELS[code]), key="failing_rule"
    )
    table = failed[rule].failing.copy()
    if "rep" in table:
        table["rep"] = [basis.name(str(key)) for key in table["rep"]]
    if "month" in table:
        table["month"] = pd.to_datetime(table["month"]).dt.strftime("%Y-%m")
    money = [
        c
        for c in (
            "target",
            "baseline",
            "last_year",
            "potential",
            "capacity_cap",
            "growth_cap",
            "visit_cap",
            "cap",
        )
        if c in table
    ]
    patterns = {}
    for name in money:
        table[name], patterns[name] = numbers.money_column(
            table[name].astype("float64") / numbers.money_divisor()
        )
    titles = {
        "rep": _("Rep or dealer"), "node": _("Name"), "target": _("Target"), "baseline": _("Baseline"),
        "reason": _("Reason"), "action": _("Action"), "last_year": _("Last year"),
        "potential": _("Potential"),
        "capacity_cap": _("Cap of the capacity"), "growth_cap": _("Cap of the best growth"),
        "visit_cap": _("Cap of the visits"), "workload": _("Visits a year"),
        "cap": _("Lowest cap"), "stretch": _("Stretch"), "to_potential": _("Target ÷ potential"),
        "times_median": _("Times the median"), "share": _("Share"), "planned_share": _("Planned share"),
        "month": _("Month"), "children": _("Sum of the children"), "parent": _("Above"),
    }  # fmt: skip
    titles |= {name: numbers.heading(titles[name], numbers.money_unit()) for name in money}
    parts = [c for c in ("stretch", "share", "planned_share") if c in table]
    table[parts] = table[parts].astype("float64") * 100
    columns = table[[name for name in titles if name in table and not (table[name] == "").all()]]
    config: dict[str, Any] = {name: titles[name] for name in columns}
    config |= {
        name: st.column_config.NumberColumn(
            titles[name], format="%.1f%%" if name in parts else patterns.get(name, "localized")
        )
        for name in columns
        if pd.api.types.is_numeric_dtype(columns[name])
    }
    st.dataframe(
        columns.round(2), hide_index=True, height=300, key="failing_rows", placeholder=numbers.MISSING,
        column_config=explained(columns, config),
    )  # fmt: skip


def _fairness(table: pd.DataFrame) -> None:
    bases = {
        "potential": _("Target ÷ potential"),
        "last_year": _("Target ÷ last year"),
        "workload": _("Target ÷ visits"),
    }
    rows = table.assign(base=table["base"].map(bases))[
        ["level", "base", "variation", "gini", "widest"]
    ].round(3)
    titles = [_("Level"), _("Measure"), _("CV"), _("Gini"), _("Largest ÷ smallest")]
    st.markdown(bold(_("Fairness")))
    config = {name: st.column_config.NumberColumn(name, format="%.3f") for name in titles[2:]}
    st.dataframe(
        rows.set_axis(titles, axis=1), hide_index=True, key="fairness", placeholder=numbers.MISSING,
        column_config=explained(titles, config),
    )  # fmt: skip


def _reasons(work: Work, regions: pd.DataFrame) -> None:
    """Let the planner write why a region is below its baseline, and what raises the others."""
    st.markdown(
        bold(_("Reasons and actions")),
        help=_("Below the baseline a reason is needed, above it an action."),
    )
    scale, unit = numbers.money_divisor(), numbers.money_unit()
    baselines, targets = (numbers.money_column(regions[name] / scale) for name in ("baseline", "target"))
    table = pd.DataFrame(
        {
            "name": regions["node"],
            "baseline": baselines[0],
            "target": targets[0],
            "reason": regions["reason"],
            "action": regions["action"],
        }
    )
    key = f"reasons_{work.generation}"
    st.data_editor(
        table,
        key=key,
        hide_index=True,
        height=250,
        disabled=["name", "baseline", "target"],
        placeholder=numbers.MISSING,
        column_config=explained(
            table,
            {
                "name": st.column_config.TextColumn(_("Region"), pinned=True),
                "baseline": st.column_config.NumberColumn(
                    numbers.heading(_("Baseline"), unit),
                    format=baselines[1],
                    help=_("Own sales of the twelve months that the plan is compared with."),
                ),
                "target": st.column_config.NumberColumn(
                    numbers.heading(_("Target"), unit),
                    format=targets[1],
                    help=_("The plan's counts × its unit; months and parts add up exactly."),
                ),
                "reason": st.column_config.TextColumn(_("Reason"), width="medium"),
                "action": st.column_config.TextColumn(_("Action"), width="medium"),
            },
        ),
        on_change=in_language(_remember),
        args=(work, regions["region_id"].to_list(), key),
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(_("One action for all regions that grow"), key="one_action", width=420)
        st.button(_("Use it"), key="use_action", on_click=in_language(_for_all), args=(work, regions))
        st.button(
            _("Save"), key="save_reasons", type="primary", disabled=not work.dirty,
            on_click=in_language(state.save), args=(work,),
        )  # fmt: skip


def _remember(work: Work, ids: list[str], key: str) -> None:
    texts: dict[str, dict[str, Any]] = {
        name: dict(work.parameters.get(f"{name}s", {})) for name in ("reason", "action")
    }
    for row, edited in st.session_state[key]["edited_rows"].items():
        for name, value in edited.items():
            texts[name][ids[int(row)]] = value or ""
    state.settle(work, {f"{name}s": values for name, values in texts.items()})


def _for_all(work: Work, regions: pd.DataFrame) -> None:
    text = str(st.session_state.get("one_action", "")).strip()
    if not text:
        return
    growing = regions.loc[(regions["target"] > regions["baseline"]) & (regions["action"] == ""), "region_id"]
    state.settle(work, {"actions": work.parameters.get("actions", {}) | dict.fromkeys(growing, text)})
    work.generation += 1
