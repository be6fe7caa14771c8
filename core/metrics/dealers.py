"""The figures of dealers: decision, stock, faithfulness, owners, call-backs, issues, cards."""

from __future__ import annotations

from collections.abc import Mapping

from core.customers.cards import FRESHNESS
from core.customers.dealers.core_customer import VERDICTS
from core.customers.dealers.decision import DISPOSITIONS, INPUTS
from core.customers.dealers.issues import AGES, CATEGORIES, DISORDERS
from core.customers.dealers.persistency import STATES
from core.customers.dealers.stock import ALERTS
from core.customers.dealers.tiers import BACKUP_FINDINGS, CALL_STATES, OWNER_FINDINGS, ROLES, TIERS
from core.i18n import N_
from core.metrics.spec import Format, Good, Metric

ASKED: dict[str, str] = dict(
    zip(
        INPUTS,
        (
            N_("Attitude"),
            N_("Capability"),
            N_("Accepts training"),
            N_("Own sales team"),
            N_("Information function"),
            N_("Channel management function"),
            N_("Can build what is missing"),
        ),
        strict=True,
    )
)
CODES: dict[str, Mapping[str, str]] = {
    "disposition": DISPOSITIONS,
    "asks": ASKED,
    "tier": TIERS,
    "role": ROLES,
    "owner_finding": OWNER_FINDINGS,
    "backup_finding": BACKUP_FINDINGS,
    "call_state": CALL_STATES,
    "state": STATES,
    "alert": ALERTS,
    "verdict": VERDICTS,
    "freshness": FRESHNESS,
    "category": CATEGORIES,
    "disorder": DISORDERS,
    "age": AGES,
}


def recorded(
    key: str, label: str, explanation: str, format_: Format = Format.TEXT, codes: str = ""
) -> Metric:
    """Declare a column that is simply recorded."""
    return Metric(key, label, N_("recorded"), explanation, format=format_, codes=codes)


METRICS: tuple[Metric, ...] = (
    recorded("place", N_("Region"), N_("Where the dealer sits.")),
    recorded("tier", N_("Tier"), N_("As agreed; compare it with the proposed one."), Format.CODE, "tier"),
    recorded("attitude", N_("Attitude (0-10)"), N_("0 hostile to 10 wholehearted."), Format.SCORE),
    recorded("capability", N_("Capability (0-10)"), N_("0 none to 10 excellent."), Format.SCORE),
    Metric(
        "disposition",
        N_("Disposition"),
        N_("what was decided, else what the decision tree says"),
        N_("Unusable dealers are eliminated, usable ones trained or transformed."),
        "S2 2-1",
        Format.CODE,
        codes="disposition",
    ),
    Metric(
        "tree",
        N_("The tree says"),
        N_("attitude, capability, acceptance of training, three functions"),
        N_("Empty while an answer is missing."),
        "S2 2-1",
        Format.CODE,
        codes="disposition",
    ),
    Metric(
        "asks",
        N_("Answer missing"),
        N_("the first question on the way without an answer"),
        N_("It is asked for, never assumed."),
        "I",
        Format.CODE,
        codes="asks",
    ),
    recorded("decided_on", N_("Decided on"), N_("Day of the latest decision."), Format.DATE),
    recorded("decided_by", N_("Decided by"), N_("Who saved it.")),
    Metric(
        "differs",
        N_("Differs from the tree"),
        N_("the decision is another than what the tree says of today's data"),
        N_("Decide again, or find the reason in the decision."),
        "I",
        Format.FLAG,
        Good.DOWN,
    ),
    Metric(
        "at_risk",
        N_("Sales at risk"),
        N_("sell-in of 12 months of a dealer to be eliminated"),
        N_("To be known; by the document it doesn't change the decision."),
        "S2 2-1",
        Format.MONEY,
    ),
    Metric(
        "sell_in",
        N_("Sell-in of 12 months"),
        N_("what we delivered"),
        N_("The dealer's total where recorded, else the sum of its products."),
        "S0 0-4",
        Format.MONEY,
        Good.UP,
    ),
    Metric(
        "growth",
        N_("Growth"),
        N_("sell-in ÷ sell-in of the year before - 1"),
        N_("Empty where the year before isn't recorded."),
        "",
        Format.CHANGE,
        Good.UP,
    ),
    Metric("rank", N_("Rank"), N_("by sell-in"), N_("1 contributes most."), "S2 2-5", Format.INTEGER),
    Metric(
        "part",
        N_("Contribution"),
        N_("sell-in ÷ sell-in of all dealers"),
        N_("What it contributes to our sales."),
        "S2 2-5",
        Format.PERCENT,
        Good.UP,
        bar=True,
    ),
    Metric(
        "cumulated",
        N_("Cumulated"),
        N_("contribution of this and all larger dealers"),
        N_("Up to 70 % large, up to 90 % medium is proposed."),
        "S2 2-5",
        Format.PERCENT,
    ),
    Metric(
        "proposed",
        N_("Proposed tier"),
        N_("from the cumulated contribution"),
        N_("Large up to 70 %, medium up to 90 %, ordinary the rest."),
        "S2 2-5",
        Format.CODE,
        codes="tier",
    ),
    recorded("owner", N_("Owner"), N_("Employee who owns the account.")),
    recorded("owner_role", N_("Owner's position"), N_("Of the list of employees."), Format.CODE, "role"),
    Metric(
        "required_role",
        N_("Position required"),
        N_("by tier"),
        N_("Large accounts are in the hands of general management, others of managers."),
        "S2 2-4",
        Format.CODE,
        codes="role",
    ),
    Metric(
        "owner_finding",
        N_("Owner check"),
        N_("owner and position against the tier"),
        N_("The gravest finding; an account without an owner who works here is an orphan."),
        "S2 2-4, 2-7",
        Format.CODE,
        codes="owner_finding",
    ),
    recorded("backup", N_("Stand-in"), N_("Employee who stands in.")),
    Metric(
        "backup_finding",
        N_("Stand-in check"),
        N_("whether somebody else knows the account"),
        N_("People leave; the account stays."),
        "S2 2-7",
        Format.CODE,
        codes="backup_finding",
    ),
    recorded("last_call", N_("Last call-back"), N_("Of the call-backs recorded on the card."), Format.DATE),
    Metric(
        "next_call",
        N_("Next call-back"),
        N_("last call-back + days of the tier"),
        N_("Today where there never was one."),
        "S2 2-5",
        Format.DATE,
    ),
    Metric(
        "call_state",
        N_("Call-back"),
        N_("next call-back against today"),
        N_("Regular call-backs belong to the care of core customers."),
        "S2 2-5",
        Format.CODE,
        codes="call_state",
    ),
    Metric(
        "verdict",
        N_("Core customer"),
        N_("network, capability, present and future contribution each reach their mark"),
        N_("Commands a network, can run it, and matters now and in future."),
        "S0 0-13",
        Format.CODE,
        codes="verdict",
    ),
    Metric(
        "score",
        N_("Core score (0-10)"),
        N_("25 % network + 25 % capability + 30 % present + 20 % future"),
        N_("Orders the core customers; empty where a part is unknown."),
        "S0 0-13, I",
        Format.SCORE,
        Good.UP,
    ),
)
