"""The limits that dealers are judged by."""

import pytest

from core.customers.dealers.rules import DEFAULTS, DealerRules, rules_from
from core.errors import InputError


def test_nothing_filled_in_means_the_defaults() -> None:
    """An empty form gives the default of every limit."""
    assert rules_from({}) == DEFAULTS


def test_a_field_changes_its_limit_only() -> None:
    """Each field reaches its own rule; percent become a ratio; zero is a value."""
    rules = rules_from(
        {
            "limit_attitude": 0.0,
            "most_days": 60,
            "owner_small": "rep",
            "call_large": 14,
            "core_future": 0.0,
            "fresh_days": 90,
            "expense_norm": 12.0,
        }
    )
    assert (rules.tree.attitude, rules.tree.able) == (0.0, DEFAULTS.tree.able)
    assert (rules.stock.most_days, rules.stock.least_days) == (60, DEFAULTS.stock.least_days)
    assert rules.tiers.owner == {"large": "director", "medium": "manager", "small": "rep"}
    assert rules.tiers.call_days["large"] == 14
    assert rules.core.pass_marks == (5.0, 5.0, 5.0, 0.0)
    assert (rules.fresh_days, rules.expense_norm) == (90, 0.12)


def test_contradictions_are_refused() -> None:
    """Limits that don't fit together, and cards that are never fresh, are errors."""
    with pytest.raises(InputError):
        rules_from({"limit_usable": 7.0, "limit_able": 6.0})
    with pytest.raises(InputError):
        DealerRules(fresh_days=0)
