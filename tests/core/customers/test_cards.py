"""The nine cards: their forms, completeness and freshness."""

import datetime as dt
from decimal import Decimal

import pytest

from core.customers.cards import BY_FORM, CARDS, card_state, net_margin, terminal_cards
from core.customers.forms import form, forms
from core.customers.forms.validate import FormError, from_json, to_json, validate

TODAY = dt.date(2026, 10, 31)
CREDIT = BY_FORM["card_credit"]
FACTS = {"credit_limit": 100.0, "payment_days": 30, "receivable": float("nan"), "overdue_rate": None}


def state(payload, saved=TODAY):
    """Return how the credit card stands."""
    return card_state(CREDIT, FACTS, payload, saved, today=TODAY, fresh_days=180)


def test_the_nine_cards_of_the_document() -> None:
    """All nine are there, in order and under their names [S2 2-2]."""
    terms = (
        "客户资料卡、客户信用卡、客户销售资料卡、客户价格管理卡、客户费用和利润管理卡、区域竞争对手资料卡、"
    )
    terms += "消费者意见反馈卡、下游分销商意见卡、客户策略卡"
    assert "、".join(card.term for card in CARDS) == terms
    assert [card.number for card in CARDS] == list(range(1, 10))
    assert all(form(card.form.name) is card.form for card in CARDS)
    assert all(set(card.wanted) <= set(card.form.names) for card in CARDS)


def test_completeness_counts_facts_and_answers() -> None:
    """2 of 4 facts and 1 of 3 wanted answers: 3 of 7; unwanted fields don't count."""
    found = state({"rating": "A", "risk": "…"})
    assert (found.filled, found.wanted, found.completeness) == (3, 7, 3 / 7)
    assert found.missing == ("Receivable", "Overdue ÷ receivable", "Assessed on", "Payment habit")


def test_freshness_at_the_limit() -> None:
    """Saved 180 days ago is fresh, 181 days is not; never saved is empty."""
    assert state({}, TODAY - dt.timedelta(180)).freshness == "fresh"
    assert state({}, TODAY - dt.timedelta(181)).freshness == "stale"
    assert state(None, None).freshness == "empty"


def test_shops_have_five_cards() -> None:
    """Credit, prices, costs and sub-dealers are matters of the dealer; the other cards fit a shop."""
    assert [card.number for card in terminal_cards()] == [1, 3, 6, 7, 9]
    assert all("terminal" in card.form.customer_types for card in terminal_cards())


def test_net_margin() -> None:
    """100 of gross margin less 10 + 20 + 5 + 15 and 2 others is 48; a cost unknown leaves it unknown."""
    costs = {
        "promotion_cost": Decimal(10),
        "rebate_cost": Decimal(20),
        "delivery_cost": Decimal(5),
        "staff_cost": Decimal(15),
    }
    assert net_margin(100.0, costs | {"other_cost": Decimal(2)}) == 48
    assert net_margin(100.0, costs | {"other_cost": None}) == 50
    assert net_margin(100.0, costs | {"staff_cost": None}) is None
    assert net_margin(None, costs) is None
    assert net_margin(100.0, None) is None


def test_a_card_may_be_saved_half_filled() -> None:
    """No field of a card is required, and a text of 10,000 characters, emoji and rare characters survive."""
    text = "𠮷龘🙂" * 3_333
    for card in CARDS:
        assert not any(field.required for field in card.form.fields)
    profile = form("card_profile")
    assert from_json(profile, to_json(validate(profile, {"brands": text})))["brands"] == text


@pytest.mark.parametrize(
    ("name", "payload", "field"),
    [
        (
            "dealer_issue",
            {"opened": "2026-05-02", "closed": "2026-05-01", "category": "supply", "description": "x"},
            "closed",
        ),
        (
            "dealer_issue",
            {"opened": "2026-05-02", "category": "supply", "disorder": "diversion", "description": "x"},
            "disorder",
        ),
        ("call_back", {"called_on": "2026-05-02", "next_on": "2026-05-01", "content": "x"}, "next_on"),
        ("handover", {"handed_on": "2026-05-02", "from_person": "王", "to_person": "王"}, "to_person"),
        ("dealer_service", {"month": "2026-05", "ordered": "10", "delivered": "11"}, "delivered"),
        ("dealer_rules", {"limit_usable": "8", "limit_able": "6"}, "limit_attitude"),
        ("dealer_rules", {"least_days": "50", "most_days": "40"}, "limit_attitude"),
        ("card_credit", {"bad_debt": "-1"}, "bad_debt"),
        ("card_profile", {"founded": "abc"}, "founded"),
        ("dealer_decision", {"disposition": "keep", "decided_on": "2026-05-02"}, "reason"),
    ],
)
def test_what_contradicts_itself_is_refused(name, payload, field) -> None:
    """A form says which field is wrong."""
    with pytest.raises(FormError) as wrong:
        validate(form(name), payload)
    assert [finding.field for finding in wrong.value.findings] == [field]


def test_closed_on_the_same_day_is_fine() -> None:
    """An issue opened and closed on one day, and a disorder under coordination, are right."""
    issue = {
        "opened": "2026-05-02",
        "closed": "2026-05-02",
        "category": "coordination",
        "disorder": "diversion",
    }
    assert validate(forms()["dealer_issue"], issue | {"description": "窜货"})["category"] == "coordination"
