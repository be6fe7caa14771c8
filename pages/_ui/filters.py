"""The filter bar: period, region level, category, own company; the same on every market page.

What is chosen is a code in the address, see :mod:`pages._ui.url`. A code that means nothing here gives
the default and a notice, so that an old link still opens.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.i18n import N_, _, format_month
from core.reports.market.request import MarketRequest
from core.reports.monthly.request import ReportOptions
from core.store.preferences import MULTIPLE
from pages._ui import reads, url
from pages._ui.formatting import periods
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.language import in_language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from core.reports.market.choices import Choices

MULTIPLES = {"1.7": 1.7, "1.732": 3**0.5, "3": 3.0}
WIDTH = 200
# A list of more companies is shortened to the largest, until all are asked for.
MOST_COMPANIES, ALL_COMPANIES = 30, "all_companies"
ICONS = {
    "level": ":material/account_tree:",
    "category": ":material/category:",
    "company": ":material/apartment:",
}
NAMES = {
    "period": N_("Period"),
    "level": N_("Region level"),
    "category": N_("Category"),
    "company": N_("Own company"),
    "k": N_("No.1 multiple"),
    "month": N_("Month"),
    "region": N_("Region"),
}


@dataclass(frozen=True)
class Filters:
    """What the bar says: codes, already checked."""

    start: dt.date
    end: dt.date
    level: str
    category: str | None
    company: str
    region: str | None
    k: float

    def request(self, **options: object) -> MarketRequest:
        """Return the market request these filters mean.

        Parameters
        ----------
        options
            Other fields of :class:`core.reports.market.market.MarketRequest`, or other values: ``level``,
            ``within``, ``growth_cut`` ...
        """
        fields: dict[str, Any] = {
            "own_company": self.company,
            "start": self.start,
            "end": self.end,
            "level": self.level,
            "category": self.category,
            "k": self.k,
        }
        return MarketRequest(**{**fields, **options})

    def report_options(self) -> ReportOptions:
        """Return the monthly report that these filters mean: of their last month, over their months."""
        return ReportOptions(self.end, self.start, self.level, self.company, self.category, self.k)


def current_filters() -> Filters | None:
    """Return what the address asks for, checked against the data, or None while there are no sales."""
    choices = reads.choices()
    if choices is None:
        return None
    period = _period(choices)
    category = _code("category", {name: name for name in choices.categories}, "")
    return Filters(
        *period,
        level=_code("level", choices.levels, choices.default_level),
        category=category or None,
        company=_code("company", choices.companies, choices.own_company),
        region=url.value("region") or None,
        k=MULTIPLES[_code("k", {code: code for code in MULTIPLES}, _own_multiple())],
    )


def period_shown() -> str:
    """Return the period of the filter bar in words; empty while there are no sales."""
    filters = current_filters()
    return periods.label(filters.start, filters.end) if filters else ""


def bar() -> Filters | None:
    """Show the filter bar in one row and return what it says; None while there are no sales."""
    choices = reads.choices()
    filters = current_filters()
    if choices is None or filters is None:
        return None
    st.session_state[url.PERIOD_SHOWN] = periods.label(filters.start, filters.end)
    with st.container(key="filters", horizontal=True, gap="small", vertical_alignment="bottom", wrap=True):
        _period_control(choices, filters)
        _select("level", choices.levels, filters.level, choices.default_level)
        choose_whose(choices, filters)
    return filters


def choose_whose(choices: Choices, filters: Filters) -> None:
    """Show the controls of the category and the own company, the last ones of every bar."""
    if choices.categories:
        every = {"": _("All categories")} | {name: name for name in choices.categories}
        _select("category", every, filters.category or "", "")
    _select("company", _companies(choices, filters.company), filters.company, choices.own_company)


def _code(name: str, allowed: Mapping[str, str], default: str) -> str:
    code = url.value(name)
    if not code or code in allowed:
        return code or default
    warn_unknown(name, code)
    return default


def warn_unknown(name: str, code: str) -> None:
    """Say that a link asks for what these data don't have; ``name`` is a key of ``NAMES``."""
    st.warning(
        _(
            "The link asks for {name} “{code}”, which these data don't have; the default is shown.",
            name=_(NAMES[name]),
            code=escape_markdown(code),
        ),
        icon=":material/link_off:",
    )


def _own_multiple() -> str:
    code = reads.preferences().get(MULTIPLE, "")
    return code if code in MULTIPLES else "1.7"


def _period(choices: Choices) -> tuple[dt.date, dt.date]:
    code = url.value("period")
    period = periods.resolve(code, choices.first_month, choices.last_month)
    if period is None:
        warn_unknown("period", code)
        period = periods.preset(periods.DEFAULT, choices.first_month, choices.last_month)
    return period


def _select(name: str, labels: Mapping[str, str], code: str, default: str) -> None:
    key = f"choose_{name}"
    st.session_state[key] = code
    st.selectbox(
        _(NAMES[name]),
        list(labels),
        format_func=lambda option: labels.get(option, option),
        key=key,
        width=WIDTH,
        icon=ICONS[name],
        label_visibility="collapsed",
        on_change=in_language(_remember),
        args=(name, default),
    )


def _remember(name: str, default: str) -> None:
    code = st.session_state[f"choose_{name}"]
    if code == ALL_COMPANIES:
        # The choice stays what it was; the list is whole when it is opened again.
        st.session_state[ALL_COMPANIES] = True
        return
    url.put(name, "" if code == default else code)


def _companies(choices: Choices, chosen: str) -> dict[str, str]:
    """Return the own company, the largest others and the chosen one; all of them once that was asked for."""
    every = dict(choices.companies)
    if len(every) <= MOST_COMPANIES or st.session_state.get(ALL_COMPANIES):
        return every
    largest = dict(list(every.items())[:MOST_COMPANIES]) | {chosen: every[chosen]}
    return largest | {ALL_COMPANIES: _("All {n} companies …", n=len(every))}


def _period_control(choices: Choices, filters: Filters) -> None:
    months = periods.months_between(choices.first_month, choices.last_month)
    code = url.value("period") or periods.DEFAULT
    st.session_state["choose_preset"] = code if code in periods.PRESETS else "custom"
    st.session_state["choose_start"], st.session_state["choose_end"] = filters.start, filters.end
    with st.popover(
        periods.label(filters.start, filters.end), icon=":material/calendar_month:", key="period_popover"
    ):
        st.pills(
            _("Period"),
            list(periods.PRESETS),
            format_func=lambda option: _(periods.PRESETS[option]),
            key="choose_preset",
            required=True,
            on_change=in_language(_remember_preset),
            args=(filters,),
        )
        if st.session_state["choose_preset"] == "custom":
            for column, key, label in zip(st.columns(2), ("start", "end"), (_("From"), _("To")), strict=True):
                column.selectbox(
                    label,
                    months,
                    format_func=format_month,
                    key=f"choose_{key}",
                    on_change=in_language(_remember_months),
                )
        st.caption(
            _(
                "Data from {first} to {last}.",
                first=format_month(choices.first_month),
                last=format_month(choices.last_month),
            )
        )


def _remember_preset(filters: Filters) -> None:
    code = st.session_state["choose_preset"]
    if code == "custom":
        code = periods.code_of(filters.start, filters.end)
    url.put("period", "" if code == periods.DEFAULT else code)


def _remember_months() -> None:
    start, end = sorted((st.session_state["choose_start"], st.session_state["choose_end"]))
    url.put("period", periods.code_of(start, end))
