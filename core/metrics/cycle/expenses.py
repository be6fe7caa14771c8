"""The figures of budgets and expenses."""

from __future__ import annotations

from core.cycle.expenses.budget import KINDS, STATES
from core.cycle.expenses.forecast import REASONS
from core.i18n import N_
from core.metrics.spec import Format, Good, Metric

CODES = {"kind": KINDS, "budget_state": STATES, "forecast_reason": REASONS}
_COMPARED = N_("Cells of region, month and kind that have both.")


def money(
    key: str,
    label: str,
    formula: str,
    text: str,
    *,
    good: Good = Good.NEITHER,
    worked: str = "",
    basis: str = "",
) -> Metric:
    """Return an amount of money."""
    return Metric(key, label, formula, text, "S0 0-4", Format.MONEY, good, worked, basis=basis)


METRICS: tuple[Metric, ...] = (
    money(
        "budget",
        N_("Budget"),
        N_("sum of the budgets of the period"),
        N_("What may be spent; empty where nothing is planned."),
    ),
    money(
        "actual",
        N_("Spent"),
        N_("sum of the expenses of the period"),
        N_("What is booked; empty where nothing is."),
        good=Good.DOWN,
    ),
    money(
        "difference",
        N_("Over (+) or under budget"),
        N_("expenses - budget, where both are recorded"),
        N_("What has no budget, or nothing booked, stays outside."),
        good=Good.DOWN,
        worked="{compared_actual} - {compared_budget} = {difference}",
        basis=_COMPARED,
    ),
    money(
        "compared_budget",
        N_("Budget compared"),
        N_("sum of the budgets beside which an expense is booked"),
        N_("The part of the budget that is compared."),
        basis=_COMPARED,
    ),
    money(
        "compared_actual",
        N_("Spent, compared"),
        N_("sum of the expenses beside which a budget stands"),
        N_("The part of the expenses that is compared."),
        basis=_COMPARED,
    ),
    Metric(
        "used",
        N_("Budget used"),
        N_("expenses ÷ budget, where both are recorded"),
        N_("Above 100 % is over budget."),
        "S0 0-7",
        Format.PERCENT,
        Good.DOWN,
        "{compared_actual} ÷ {compared_budget} = {used}",
        basis=_COMPARED,
    ),
    Metric(
        "state",
        N_("Against the budget"),
        N_("over budget where the difference is above zero"),
        N_("Not comparable where no month and kind has both a budget and an expense."),
        "S0 0-7",
        Format.CODE,
        codes="budget_state",
    ),
    money(
        "unbudgeted",
        N_("Spent without a budget"),
        N_("expenses of months and kinds without a budget"),
        N_("Nobody planned it, so it is compared with nothing."),
        good=Good.DOWN,
    ),
    money(
        "unbooked",
        N_("Budget without an expense"),
        N_("budgets of months and kinds of which nothing is booked"),
        N_("Not booked isn't not spent."),
    ),
    *(
        money(
            key,
            label,
            N_("sum of the expenses of this kind"),
            N_("What is booked; empty where nothing is."),
            good=Good.DOWN,
        )
        for key, label in KINDS.items()
    ),
    money(
        "expense",
        N_("Expense of complete months"),
        N_("advertising + promotion + people, of months in which all three and net sales are recorded"),
        N_("A month with a gap would make the ratio wrong."),
        good=Good.DOWN,
    ),
    money(
        "sales",
        N_("Net sales of complete months"),
        N_("what was delivered to the dealers at or below the region, of the same months"),
        N_("What the expenses are set against."),
        good=Good.UP,
    ),
    Metric(
        "ratio",
        N_("Expense ratio"),
        N_("(advertising + promotion + people) ÷ net sales"),
        N_("Of the months in which all three and the sales are recorded; empty without such a month."),
        "S0 0-4",
        Format.PERCENT,
        Good.DOWN,
        "{expense} ÷ {sales} = {ratio}",
    ),
    Metric(
        "ratio_months",
        N_("Complete months"),
        N_("months in which all three kinds of expense and net sales are recorded"),
        N_("Over these the ratio is taken."),
        format=Format.INTEGER,
    ),
    money(
        "spent",
        N_("Spent this year so far"),
        N_("expenses from January to the last month of the period"),
        N_("Empty where a month is missing."),
        good=Good.DOWN,
    ),
    money(
        "forecast",
        N_("Forecast of the year"),
        N_("spent so far × last year's total ÷ last year's same months, kind by kind"),
        N_("The season of last year at this year's level; empty where either year has gaps."),
        good=Good.DOWN,
    ),
    Metric(
        "forecast_error",
        N_("Error of the forecast a year ago"),
        N_("what the same reckoning gave a year earlier ÷ what that year was - 1"),
        N_("How far to trust the forecast."),
        "I",
        Format.CHANGE,
    ),
    Metric(
        "forecast_reason",
        N_("Why there is no forecast"),
        N_("by the months recorded"),
        N_("Empty where there is one."),
        "I",
        Format.CODE,
        codes="forecast_reason",
    ),
    money(
        "year_budget", N_("Budget of the year"), N_("sum of the year's budgets"), N_("All months recorded.")
    ),
)
