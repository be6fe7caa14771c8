"""The figures of terminals and accounts: score sheets, relationships, key accounts, and distribution."""

from __future__ import annotations

from collections.abc import Mapping

from core.customers.accounts.churn import LEVELS as RISKS
from core.customers.accounts.key_accounts import STAGES, TYPES
from core.customers.accounts.relationship import CLOSENESS, LEVELS, STATES
from core.i18n import N_
from core.metrics.distribution import DISTRIBUTION_METRICS
from core.metrics.spec import Format, Good, Metric

CODES: dict[str, Mapping[str, str]] = {
    "relation_state": STATES,
    "relation_level": LEVELS,
    "closeness": CLOSENESS,
    "account_type": TYPES,
    "stage": STAGES,
    "risk": RISKS,
}
RECORDED = N_("recorded")

_SHEETS: tuple[Metric, ...] = (
    Metric("place", N_("Region"), RECORDED, N_("Where the customer lies.")),
    Metric("employee", N_("Sales representative"), RECORDED, N_("Who was assessed.")),
    Metric("assessed_on", N_("Time of the assessment"), RECORDED, N_("The latest sheet.")),
    Metric("assessor", N_("Assessed by"), RECORDED, N_("Who filled in the sheet.")),
    Metric(
        "sheets",
        N_("Terminals scored"),
        N_("latest sheets"),
        N_("One sheet a shop, the newest."),
        format=Format.INTEGER,
    ),
    Metric(
        "score",
        N_("Total of 100"),
        N_("sum of the ten items; empty where an item was left out"),
        N_("Ten items of ten points; for groups the mean of the latest complete sheets."),
        "S1 1-1",
        Format.SCORE,
        Good.UP,
    ),
    Metric(
        "score_change",
        N_("Change of points"),
        N_("this sheet − the one before"),
        N_("Above zero: the shop improves."),
        "S1 1-1",
        Format.SCORE,
        Good.UP,
    ),
    Metric(
        "scored",
        N_("Items scored"),
        N_("of ten"),
        N_("Fewer than ten: the total is missing."),
        "S1 1-1",
        Format.INTEGER,
    ),
)
_RELATIONS: tuple[Metric, ...] = (
    Metric(
        "state",
        N_("Relation state"),
        RECORDED,
        N_("How near the customer is to us today."),
        "S0 0-22",
        Format.CODE,
        codes="relation_state",
    ),
    Metric(
        "state_before",
        N_("State before"),
        RECORDED,
        N_("Compare it with today's."),
        "S0 0-22",
        Format.CODE,
        codes="relation_state",
    ),
    Metric(
        "level_code",
        N_("Relation level"),
        RECORDED,
        N_("How deep the relation goes."),
        "S0 0-23",
        Format.CODE,
        codes="relation_level",
    ),
    Metric(
        "satisfaction",
        N_("Satisfaction (1-5)"),
        RECORDED,
        N_("5 is the best; as the customer was judged last."),
        "S0",
        Format.SCORE,
        Good.UP,
    ),
    Metric(
        "dwell",
        N_("Minutes a visit"),
        N_("mean time in the shop of the visits with a known end"),
        N_("Closeness grows with the time spent."),
        "S0 0-19",
        Format.SCORE,
    ),
    Metric(
        "visits",
        N_("Visits in the period"),
        N_("visits in the period; of a dealer, of all its shops"),
        N_("Dependence grows with the number of visits."),
        "S0 0-19",
        Format.INTEGER,
    ),
    Metric(
        "cell",
        N_("Intimacy × dependence"),
        N_("minutes a visit and visits, each against the median of all visited"),
        N_("Whom we know well and see often, and whom not."),
        "S0 0-19",
        Format.CODE,
        codes="closeness",
    ),
    Metric(
        "advice",
        N_("Next step"),
        N_("by state and level"),
        N_("The step that leads to the next state or level."),
        "S0 0-23, I",
    ),
)
_ACCOUNTS: tuple[Metric, ...] = (
    Metric(
        "type",
        N_("Type of key account"),
        N_("chosen, else by the functions we know somebody in: 1 ordinary, 2-4 partner, 5 or more strategic"),
        N_("The more functions we know, the more strategic the account."),
        "S1 1-5, I",
        Format.CODE,
        codes="account_type",
    ),
    Metric(
        "functions",
        N_("Functions known"),
        N_("different functions of the contacts"),
        N_("Purchasing alone is a thin bond."),
        "S1 1-5",
        Format.INTEGER,
    ),
    Metric(
        "stage",
        N_("Stage"),
        RECORDED,
        N_("Research, needs, expansion, upkeep."),
        "S3 3-29",
        Format.CODE,
        codes="stage",
    ),
    Metric(
        "opportunity",
        N_("Opportunity score"),
        N_("Σ weight × points × 10 over the factors that are known"),
        N_("0 to 100 from five factors."),
        "S3 3-29",
        Format.SCORE,
        Good.UP,
    ),
    Metric(
        "opportunity_known",
        N_("Known of it"),
        N_("weights of the factors with points ÷ 100"),
        N_("Low: the score stands on few factors."),
        "S3 3-29",
        Format.PERCENT,
    ),
    Metric(
        "policies",
        N_("Policies kept"),
        N_("of the four of the ten policies that the document shows"),
        N_("What was promised and is done."),
        "S1 1-3",
        Format.INTEGER,
        Good.UP,
    ),
    Metric(
        "workbook",
        N_("Eight steps filled in"),
        N_("steps with a text ÷ 8"),
        N_("How far the account's plan is written down."),
        "S1 1-6",
        Format.PERCENT,
        Good.UP,
        bar=True,
    ),
    Metric(
        "risk",
        N_("Risk of leaving"),
        N_("unmet items of the check 1-2-4, and silence in orders and visits"),
        N_("3 warnings are high, 1 is middle; unknown while answers are missing."),
        "S1 1-4, I",
        Format.CODE,
        codes="risk",
    ),
    Metric(
        "actions",
        N_("Open actions"),
        N_("actions of the plan that aren't done"),
        N_("What is still to do."),
        "S3 3-30",
        Format.INTEGER,
    ),
    Metric(
        "late",
        N_("Late of them"),
        N_("open actions whose end has passed"),
        N_("Do these first."),
        "S3 3-30",
        Format.INTEGER,
        Good.DOWN,
    ),
    Metric(
        "sales",
        N_("Own sales in the period"),
        N_("sell-in of a dealer, sales of a terminal"),
        N_("What the account is worth to us now."),
        format=Format.MONEY,
        good=Good.UP,
    ),
)

METRICS = (*DISTRIBUTION_METRICS, *_SHEETS, *_RELATIONS, *_ACCOUNTS)
