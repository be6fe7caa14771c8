"""The figures of the five principles and of market value."""

from __future__ import annotations

from core.i18n import N_
from core.metrics.spec import Format, Good, Metric

CODES = {
    "principle_status": {
        "pass": N_("✓ Kept"),
        "fail": N_("✗ Broken"),
        "unknown": N_("? Unknown"),
        "not_applicable": N_("– Doesn't apply"),
    },
    "factor": {
        "customers": N_("customers"),
        "area": N_("area"),
        "purchasing_power": N_("purchasing power"),
        "fixedness": N_("settled customers"),
    },
}
_SCALED = N_("scaled over the regions compared: the worst 0, the best 1")


def _principle(key: str, label: str, formula: str, text: str) -> Metric:
    return Metric(key, label, formula, text, "S0 0-3", Format.CODE, codes="principle_status")


METRICS: tuple[Metric, ...] = (
    _principle(
        "concentrate",
        N_("Concentrate"),
        N_("part of the visits ÷ part of the growth of the markets ≥ 1, in regions of attack order 1 and 2"),
        N_("集中: effort goes where the opportunity is. Visits are those of the last four weeks."),
    ),
    _principle(
        "attack_weak_points",
        N_("Attack the weak and weak points"),
        N_("visited part of the shops where a rival leads within range ≥ visited part of all customers"),
        N_("攻击弱者与薄弱环节: shops that can be won come first."),
    ),
    _principle(
        "hold_fortress",
        N_("Hold the fortress"),
        N_(
            "ratio ≥ k, not fallen by more than 5 %, and as many visits as planned; where secured now or "
            "a year earlier"
        ),
        N_("巩固要塞，强化地盘: what is won is held."),
    ),
    _principle(
        "control_key_customers",
        N_("Control key customers"),
        N_("first in at least half of the grade-A shops in which a rival's sales are known"),
        N_("控制大客户: the few that make most of the sales are ours first."),
    ),
    _principle(
        "visit_everyone",
        N_("No customer unvisited"),
        N_("customers without a visit in the last four weeks = 0"),
        N_("未访问客户为零: who is never visited is lost in silence."),
    ),
    Metric(
        "broken",
        N_("Principles broken"),
        N_("number of the five that are broken"),
        N_("What isn't known isn't broken, and isn't kept either."),
        "S0 0-3",
        Format.INTEGER,
        Good.DOWN,
    ),
    Metric(
        "kept",
        N_("Principles kept"),
        N_("number of the five that are kept"),
        N_("Those that don't apply aren't counted."),
        "S0 0-3",
        Format.INTEGER,
        Good.UP,
    ),
    Metric(
        "unknown",
        N_("Principles unknown"),
        N_("number of the five for which facts are missing"),
        N_("Record visits and rivals' sales to know."),
        format=Format.INTEGER,
        good=Good.DOWN,
    ),
    Metric(
        "value_score",
        N_("Market value"),
        N_("100 × sum of weight × scaled factor ÷ weights of what is recorded"),
        N_("评定市场价值的因素: how much a market is worth, 0 least, 100 most of the regions compared."),
        "S3 p91, I",
        Format.SCORE,
        Good.UP,
    ),
    Metric(
        "value_rank",
        N_("Rank by market value"),
        N_("1 + number of regions of a higher market value"),
        N_("Equal values have one rank."),
        "S3 p91",
        Format.INTEGER,
        Good.DOWN,
    ),
    Metric(
        "value_known",
        N_("Known of the market value"),
        N_("weights of the recorded factors"),
        N_("Low: the score stands on few factors."),
        "I",
        Format.PERCENT,
        Good.UP,
    ),
    Metric(
        "value_missing",
        N_("Missing in the market value"),
        N_("factors that aren't recorded; their weight goes to the others"),
        N_("Record them as region factors."),
        "I",
        codes="factor",
    ),
    Metric(
        "customers",
        N_("Customers"),
        N_("the last recorded region factor of that name"),
        N_("集中地的大小: how many customers there are."),
        "S3 p91",
        Format.INTEGER,
    ),
    Metric(
        "area",
        N_("Area (km²)"),
        N_("recorded"),
        N_("广度: a field to work, or a cost to cross; you choose which."),
        "S3 p91",
        Format.INTEGER,
    ),
    Metric(
        "purchasing_power",
        N_("Purchasing power"),
        N_("the last recorded region factor of that name"),
        N_("强度: what a customer can spend."),
        "S3 p91",
        Format.INTEGER,
    ),
    Metric(
        "fixedness",
        N_("Settled customers"),
        N_("the last recorded region factor of that name"),
        N_("硬度: which part of the customers is settled, not passing."),
        "S3 p91",
        Format.PERCENT,
    ),
    *(
        Metric(
            f"scaled_{key}", label, _SCALED, N_("What its weight is multiplied with."), "S3 p91", Format.RATIO
        )
        for key, label in (
            ("customers", N_("Customers, scaled")),
            ("area", N_("Area, scaled")),
            ("purchasing_power", N_("Purchasing power, scaled")),
            ("fixedness", N_("Settled customers, scaled")),
        )
    ),
)
