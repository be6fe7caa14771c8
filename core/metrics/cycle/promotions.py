"""The figures of promotions: their effect on sales and their return, with intervals."""

from __future__ import annotations

from core.cycle.expenses.returns import TRENDS, VERDICTS
from core.i18n import N_
from core.metrics.cycle.expenses import money
from core.metrics.spec import Format, Good, Metric

CODES = {
    "verdict": VERDICTS,
    "trend": TRENDS,
    "method": {"shops": N_("Comparable shops"), "regions": N_("Other regions")},
}
_INTERVAL = N_("With the spread between shops: the true value lies in it in 95 of 100 cases.")

METRICS: tuple[Metric, ...] = (
    Metric("place", N_("Where"), N_("recorded"), N_("The region, or how many shops are named.")),
    Metric("product", N_("Product promoted"), N_("recorded"), N_("All products where none is named.")),
    Metric("start_on", N_("First day"), N_("recorded"), N_("Day it began."), format=Format.DATE),
    Metric("end_on", N_("Last day"), N_("recorded"), N_("Day it ended."), format=Format.DATE),
    money("cost", N_("Cost"), N_("recorded"), N_("All it cost."), good=Good.DOWN),
    Metric(
        "method",
        N_("Compared with"),
        N_("comparable shops where shops are named; other regions where a whole region is"),
        N_("What is compared is what was chosen: shops or regions."),
        "K",
        Format.CODE,
        codes="method",
    ),
    Metric(
        "units",
        N_("Promoted, counted"),
        N_("promoted shops (or regions) with all months recorded and something to compare with"),
        N_("Those the effect is of."),
        format=Format.INTEGER,
    ),
    Metric(
        "controls",
        N_("Comparable"),
        N_("shops alike in place, type, grade and sales before (or other regions) without a promotion"),
        N_("Those it is compared with."),
        "K",
        Format.INTEGER,
    ),
    Metric(
        "left_out",
        N_("Left out"),
        N_("promoted shops (or regions) that aren't counted"),
        N_("Months without a record, or nobody comparable."),
        format=Format.INTEGER,
        good=Good.DOWN,
    ),
    Metric(
        "mixed",
        N_("With another promotion"),
        N_("promoted shops that had another promotion in the same months"),
        N_("What each of the two brought there can't be told apart."),
        format=Format.INTEGER,
        good=Good.DOWN,
    ),
    money(
        "expected",
        N_("Expected sales"),
        N_("sales before × change of the comparable ones"),
        N_("What would have been sold without the promotion."),
    ),
    Metric(
        "effect",
        N_("Effect on sales"),
        N_("actual ÷ expected sales - 1"),
        N_("Difference in differences; only with its interval beside it."),
        "K",
        Format.CHANGE,
        Good.UP,
    ),
    Metric(
        "effect_low", N_("Effect, at least"), N_("lower bound of the interval"), _INTERVAL, "K", Format.CHANGE
    ),
    Metric(
        "effect_high", N_("Effect, at most"), N_("upper bound of the interval"), _INTERVAL, "K", Format.CHANGE
    ),
    money(
        "lift",
        N_("Additional sales"),
        N_("expected sales × effect"),
        N_("Of the promoted shops that are counted."),
        good=Good.UP,
        worked="{expected} × {effect} = {lift}",
    ),
    money("lift_low", N_("Additional sales, at least"), N_("lower bound of the interval"), _INTERVAL),
    money("lift_high", N_("Additional sales, at most"), N_("upper bound of the interval"), _INTERVAL),
    Metric(
        "margin_rate",
        N_("Margin rate"),
        N_("margin ÷ sales of the products sold in the promoted shops meanwhile"),
        N_("Of products whose margin rate is recorded."),
        "S4 4-10",
        Format.PERCENT,
    ),
    money(
        "cost_counted",
        N_("Cost of those counted"),
        N_("cost × counted ÷ promoted"),
        N_("As if each promoted shop cost the same."),
    ),
    money(
        "gain",
        N_("Gain"),
        N_("additional sales × margin rate - cost of those counted"),
        N_("What is left of it."),
        good=Good.UP,
        worked="{lift} × {margin_rate} - {cost_counted} = {gain}",
    ),
    money("gain_low", N_("Gain, at least"), N_("lower bound of the interval"), _INTERVAL),
    money("gain_high", N_("Gain, at most"), N_("upper bound of the interval"), _INTERVAL),
    Metric(
        "rate",
        N_("Return on promotion"),
        N_("gain ÷ cost of those counted"),
        N_("Of each yuan spent; -100 % means nothing came back."),
        "K",
        Format.CHANGE,
        Good.UP,
        "{gain} ÷ {cost_counted} = {rate}",
    ),
    Metric(
        "rate_low", N_("Return, at least"), N_("lower bound of the interval"), _INTERVAL, "K", Format.CHANGE
    ),
    Metric(
        "rate_high", N_("Return, at most"), N_("upper bound of the interval"), _INTERVAL, "K", Format.CHANGE
    ),
    Metric(
        "verdict",
        N_("Verdict"),
        N_("paid back, or not, where the whole interval of the gain lies above, or below, zero"),
        N_("Not certain means that the shops differ too much to tell."),
        "K",
        Format.CODE,
        codes="verdict",
    ),
    Metric(
        "trend",
        N_("Before it began"),
        N_("the same comparison in the months before; alike where its interval covers zero"),
        N_("Sides that moved apart before would have done so without the promotion; alike is no proof."),
        "K",
        Format.CODE,
        codes="trend",
    ),
    Metric(
        "trend_rate",
        N_("Change before it began"),
        N_("the same comparison in the three months before against the three before those"),
        N_("Close to zero where both sides moved alike."),
        "K",
        Format.CHANGE,
    ),
    Metric(
        "trend_low",
        N_("Change before, at least"),
        N_("lower bound of the interval"),
        _INTERVAL,
        "K",
        Format.CHANGE,
    ),
    Metric(
        "trend_high",
        N_("Change before, at most"),
        N_("upper bound of the interval"),
        _INTERVAL,
        "K",
        Format.CHANGE,
    ),
    Metric("reason", N_("Why not"), N_("by what is recorded"), N_("Why nothing can be said of it.")),
    Metric("compared", N_("Alike in"), N_("how finely the shops could be matched"), N_("Finest first."), "K"),
)
