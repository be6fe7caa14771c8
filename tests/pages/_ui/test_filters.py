"""The filter bar: codes in the address, defaults, notices."""

from __future__ import annotations

import datetime as dt

import pytest
from streamlit.testing.v1 import AppTest

from core.store.database import Store
from core.store.preferences import MULTIPLE, prefer
from pages._ui import runtime
from pages._ui.filters import ALL_COMPANIES
from pages._ui.formatting.escaping import escape_markdown


def bar() -> None:
    """Show the bar alone and keep what it says."""
    import streamlit as st

    from pages._ui import filters, language, url

    url.declare(*url.SHARED)
    language.apply_language()
    st.session_state["said"] = filters.bar()


def open_bar(**query: str) -> AppTest:
    """Open the bar with an address."""
    app = AppTest.from_function(bar, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def said(app: AppTest):
    """Return what the bar says."""
    return app.session_state["said"]


def test_without_sales_there_is_no_bar(empty) -> None:
    """On an empty store nothing can be chosen and nothing is asked."""
    app = open_bar()
    assert said(app) is None
    assert not app.selectbox


def test_the_bar_opens_with_the_last_twelve_months(full) -> None:
    """The default is the own company, the level that fits, all categories, twelve months, 1.7."""
    filters = said(open_bar())
    assert (filters.company, filters.level, filters.category, filters.k) == ("OWN", "county", None, 1.7)
    assert (filters.start, filters.end) == (dt.date(2025, 11, 1), dt.date(2026, 10, 1))


def test_the_address_decides(full) -> None:
    """Every filter is a code in the address; no notice is shown when all are known."""
    app = open_bar(level="city", company="R1", period="2026-01_2026-03", k="3", category="果汁")
    filters = said(app)
    assert (filters.level, filters.company, filters.k, filters.category) == ("city", "R1", 3.0, "果汁")
    assert (filters.start, filters.end) == (dt.date(2026, 1, 1), dt.date(2026, 3, 1))
    assert not app.warning


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("level", "planet"),
        ("company", "nobody"),
        ("category", "?"),
        ("k", "-1"),
        ("period", "2030-01_2030-02"),
    ],
)
def test_an_unknown_code_gives_the_default_and_a_notice(full, name: str, code: str) -> None:
    """An old or mistyped link opens with the default and says which word it didn't understand."""
    app = open_bar(**{name: code})
    assert said(app) == said(open_bar())
    assert len(app.warning) == 1
    assert escape_markdown(code) in app.warning[0].value


def test_a_choice_is_written_into_the_address(full) -> None:
    """Choosing changes the address; choosing the default again takes it out."""
    app = open_bar()
    app.selectbox(key="choose_level").set_value("city").run()
    assert said(app).level == "city"
    assert app.query_params["level"] == "city"
    app.selectbox(key="choose_level").set_value("county").run()
    assert said(app).level == "county"
    assert "level" not in app.query_params


def test_a_period_of_ones_own(full) -> None:
    """“Own choice” keeps the months shown; months given the wrong way round are exchanged."""
    app = open_bar()
    before = said(app)
    app.button_group(key="choose_preset").set_value("custom").run()
    assert (said(app).start, said(app).end) == (before.start, before.end)
    app.selectbox(key="choose_start").set_value(dt.date(2026, 10, 1)).run()
    app.selectbox(key="choose_end").set_value(dt.date(2026, 2, 1)).run()
    assert (said(app).start, said(app).end) == (dt.date(2026, 2, 1), dt.date(2026, 10, 1))
    assert app.query_params["period"] == "2026-02_2026-10"


def test_new_views_start_with_the_multiple_of_the_store(full) -> None:
    """The multiple chosen in the settings counts where the address says nothing."""
    prefer(runtime.store(), MULTIPLE, "3")
    assert said(open_bar()).k == 3.0
    assert said(open_bar(k="1.7")).k == 1.7


def test_the_filters_make_a_request(full) -> None:
    """A page gets the request of its report from the bar and adds its own lines."""
    request = said(open_bar(level="city")).request(years=5)
    assert (request.level, request.own_company, request.years) == ("city", "OWN", 5)


def test_a_long_list_of_companies_is_short_until_asked_for(full) -> None:
    """The own company, the largest 30 and the chosen one; all 387 after the last entry was taken."""
    with Store.open(full) as store:
        store.write(
            "test",
            lambda cursor: cursor.execute(
                "INSERT INTO company (company_id, name) SELECT 'X' || i, '公司' || i FROM range(380) AS t(i)"
            ),
        )
    app = open_bar(company="X379")

    def companies() -> list[str]:
        return app.selectbox(key="choose_company").options

    assert len(companies()) == 32
    assert companies()[-2:] == ["公司379", "All 387 companies …"]
    assert said(app).company == "X379"
    app.selectbox(key="choose_company").select(ALL_COMPANIES).run()
    assert not app.exception
    assert len(companies()) == 387
    assert said(app).company == "X379"
