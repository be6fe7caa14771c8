"""All limits that dealers are judged by, together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.customers.dealers.core_customer import CoreRule
from core.customers.dealers.decision import DealerRule
from core.customers.dealers.stock import StockRule
from core.customers.dealers.tiers import TIERS, TierRule
from core.errors import InputError
from core.i18n import _


@dataclass(frozen=True)
class DealerRules:
    """The limits.

    Parameters
    ----------
    tree, stock, tiers, core
        Of the decision tree, of stock, of owners and call-backs, of the core-customer test.
    fresh_days
        A card is fresh for so many days after it was saved [I].
    expense_norm
        Planned expense ÷ net sales; None where there is no plan.
    """

    tree: DealerRule = field(default_factory=DealerRule)
    stock: StockRule = field(default_factory=StockRule)
    tiers: TierRule = field(default_factory=TierRule)
    core: CoreRule = field(default_factory=CoreRule)
    fresh_days: int = 180
    expense_norm: float | None = None

    def __post_init__(self) -> None:
        if self.fresh_days < 1:
            raise InputError(_("A card is fresh for {days} days; expected 1 or more.", days=self.fresh_days))


DEFAULTS = DealerRules()


def rules_from(payload: Mapping[str, Any]) -> DealerRules:
    """Return the limits that a filled-in form says, the default for each empty field.

    Parameters
    ----------
    payload
        Typed values by field of the form ``dealer_rules``.

    Raises
    ------
    InputError
        Two limits contradict each other.
    """

    def chosen(name: str, default: Any) -> Any:  # noqa: ANN401 - a value of any kind of field
        value = payload.get(name)
        return default if value is None else value

    tree, stock, tiers, core = DEFAULTS.tree, DEFAULTS.stock, DEFAULTS.tiers, DEFAULTS.core
    percent = payload.get("expense_norm")
    return DealerRules(
        DealerRule(
            chosen("limit_attitude", tree.attitude),
            chosen("limit_usable", tree.usable),
            chosen("limit_able", tree.able),
        ),
        StockRule(
            *(
                chosen(name, getattr(stock, name))
                for name in ("most_days", "least_days", "slow_days", "stale_days")
            )
        ),
        TierRule(
            {tier: chosen(f"owner_{tier}", tiers.owner[tier]) for tier in TIERS},
            {tier: chosen(f"call_{tier}", tiers.call_days[tier]) for tier in TIERS},
        ),
        CoreRule(
            tuple(
                chosen(f"core_{part}", mark)
                for part, mark in zip(
                    ("network", "capability", "present", "future"), core.pass_marks, strict=True
                )
            )
        ),
        chosen("fresh_days", DEFAULTS.fresh_days),
        None if percent is None else percent / 100,
    )
