"""集中, the section of No.1 目标."""

from __future__ import annotations

import json

import pytest

from core import numbers
from core.exchange.slides.slide import slide_file
from core.periods import shift
from core.reports.market.choices import choices
from core.reports.market.concentration import ConcentrationOptions, concentration_report
from core.reports.market.request import MarketRequest
from core.store.database import Store
from pages._ui.charts.layout import Caption
from pages._ui.market.concentration import plan_view
from pages._ui.market.concentration.slide import concentration_slide


def bars(app) -> list[str]:
    """Return the regions of the picture from top to bottom."""
    return json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]["yaxis"]["ticktext"]


def number(app) -> float:
    """Return the value of the plan on the screen, in thousands of yuan."""
    amount, unit, _currency = str(app.metric[0].value).split()
    return float(amount.replace(",", "")) * {"k": 1, "M": 1_000}[unit]


def test_the_section_says_what_the_strength_wins(shown, visit) -> None:
    """The answer, five numbers, the bars and a table whose rows add up to the first number."""
    app = visit("number_one.py", part="concentration")
    assert any("of margin within two years" in text.value for text in app.markdown)
    assert len(app.metric) == 5
    table = app.dataframe[0].value
    # The cells are whole thousands, the number has three digits.
    assert table["value"].sum() == pytest.approx(number(app), abs=len(table) / 2, rel=0.005)
    assert bars(app)[0] == table["name"].iloc[0]


def test_more_reps_win_more_and_stay_in_the_address(shown, visit) -> None:
    """Moving the slider plans anew; the number of reps is a parameter of the page."""
    app = visit("number_one.py", part="concentration")
    before = number(app)
    slider = app.slider(key="type_reps")
    slider.set_value(slider.value + 5).run()
    assert not app.exception
    assert number(app) > before
    assert app.session_state["reps"] == str(slider.value)


def test_reps_of_the_address_are_kept_within_their_limits(shown, visit) -> None:
    """A link with too few reps shows the fewest that hold what may not be given up."""
    app = visit("number_one.py", part="concentration", reps="1")
    slider = app.slider(key="type_reps")
    assert slider.value == slider.min > 1


def test_no_money_attacks_nothing(shown, visit) -> None:
    """With a budget of 0 no region is attacked, and none gives up visits."""
    app = visit("number_one.py", part="concentration", budget="0")
    decisions = set(app.dataframe[0].value["decision"])
    assert decisions <= {"Defend", "Leave as it is"}


def test_the_card_explains_the_chosen_region(shown, visit) -> None:
    """A region that is attacked says from when, at what cost, and what the plan would lose without it."""
    app = visit("number_one.py", part="concentration")
    table = app.dataframe[0].value
    name = table.loc[table["decision"] == "Attack", "name"].iloc[0]
    assert any(name in text.value for text in app.markdown)
    assert any("Attack from quarter" in text.value for text in app.markdown)
    assert any("Without this attack" in text.value for text in app.caption)


def test_a_period_without_visits_says_what_to_import(shown, visit) -> None:
    """Where no visit is recorded there is a reason and no number."""
    app = visit("number_one.py", part="concentration", period="2023-11_2024-10")
    assert any("Import visits" in warning.value for warning in app.warning)
    assert not app.metric


def test_the_slide_says_what_the_page_says(full) -> None:
    """The slide carries the answer, the bars in the page's order, and the price of a rep."""
    with Store.open(full) as store:
        offered = choices(store)
        end = offered.last_month
        request = MarketRequest(offered.own_company, shift(end, -11), end, offered.default_level)
        plan = concentration_report(store, request, ConcentrationOptions(70))
    slide = concentration_slide(plan, Caption("Subject", "Source"))
    assert slide.answer == plan.sentence
    assert slide.picture.categories[0] == plan_view.attackable(plan)["name"].iloc[0]
    assert any(numbers.money(plan.rep_price) in point for point in slide.points)
    assert slide_file(slide)[:2] == b"PK"
