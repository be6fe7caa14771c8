"""The figures of ABC, grading, profitability and the GE matrix."""

from __future__ import annotations

from collections.abc import Mapping

from core.customers.analysis.customer_value import LABELS
from core.customers.analysis.ge import ADVICE
from core.customers.analysis.movement import MOVES
from core.customers.analysis.structure import POSITION_LABELS
from core.customers.grading.grades import SOLUTIONS
from core.i18n import N_
from core.metrics.spec import Format, Good, Metric

CODES: Mapping[str, Mapping[str, str]] = {
    "move": MOVES,
    "position": POSITION_LABELS,
    "label": LABELS,
    "advice": ADVICE,
    "solution": SOLUTIONS,
    "tier": {"large": N_("Large"), "medium": N_("Medium"), "small": N_("Ordinary")},
}

_SALES = (
    Metric("segment", N_("Segment"), N_("tier of the dealer, type of the outlet"), N_("As recorded."),
           format=Format.CODE, codes="tier"),
    Metric("region", N_("Region"), N_("region the customer lies in"), N_("As recorded.")),
    Metric("sales", N_("Sales amount"), N_("what the dealer bought from us; what the shop sold of ours"),
           N_("Of the months chosen."), format=Format.MONEY, good=Good.UP),
    Metric("growth", N_("Growth"), N_("sales ÷ sales in the same months a year earlier - 1"),
           N_("Only where both are recorded."), format=Format.CHANGE, good=Good.UP),
    Metric("margin", N_("Margin"), N_("sum of the products' sales × their margin rates"),
           N_("Products without a margin rate aren't in it."), "S4 4-10", Format.MONEY, Good.UP),
    Metric("margin_rate", N_("Margin rate"), N_("margin ÷ sales of the products whose margin is known"),
           N_("Sales of unknown margin make it neither higher nor lower."), "S4 4-10", Format.PERCENT,
           Good.UP),
    Metric("demand", N_("Demand"), N_("sales of all companies in the customer's shops"),
           N_("As far as rivals' sales are recorded."), "W:26", Format.MONEY),
    Metric("demand_growth", N_("Growth of the demand"),
           N_("demand ÷ demand in the same months a year earlier - 1"), N_("All companies."),
           format=Format.CHANGE),
    Metric("account_share", N_("Our share in the account"), N_("our sales in its shops ÷ its demand"),
           N_("客内シェア: how much of the account is ours."), "S0, W:26", Format.PERCENT, Good.UP, bar=True),
    Metric("visits", N_("Visits paid"), N_("recorded visits to the customer's shops in the period"),
           N_("Empty where no visit of anybody is recorded."), format=Format.INTEGER),
    Metric("months_active", N_("Months with sales"), N_("months of the period in which it bought"),
           N_("How steadily it buys."), "S2 2-3", Format.INTEGER, Good.UP),
    Metric("payment_days", N_("Payment days"), N_("agreed days until payment"), N_("As recorded."),
           format=Format.INTEGER, good=Good.DOWN),
)  # fmt: skip
_ABC = (
    Metric("rank", N_("Rank"), N_("place by the figure chosen, 1 the largest"),
           N_("Equal figures stand by their IDs."), "S0", Format.INTEGER, Good.DOWN),
    Metric("amount", N_("Figure"), N_("sum of the figure chosen"), N_("Sales, margin or demand."),
           format=Format.MONEY),
    Metric("part", N_("Part of all"), N_("its figure ÷ the figure of all"),
           N_("Figures below zero count as zero."),
           format=Format.PERCENT),
    Metric("cumulated", N_("Cumulated"), N_("parts of all from the largest down to this one"),
           N_("Decides the class: up to the first cut A, up to the second B."), "S0, B.5", Format.PERCENT,
           bar=True),
    Metric("grade", N_("Class"), N_("A up to the first cut, B up to the second, C the rest"),
           N_("The largest one is always A; whoever brings nothing is C."), "S0, B.5"),
    Metric("grade_previous", N_("Class a year earlier"),
           N_("the same rule in the same months a year earlier"),
           N_("Margins of both years at today's rates."), "B.5"),
    Metric("move", N_("Movement"), N_("class now against the class a year earlier"),
           N_("New and lost are those with nothing in one of the two periods."), format=Format.CODE,
           codes="move"),
    Metric("position", N_("Who is first"), N_("we or the largest rival, from 1.7 times the other on"),
           N_("a: we are first; b: nobody dominates; c: a rival is first; d: not our customer."), "W:26",
           Format.CODE, codes="position"),
    Metric("count", N_("Number"), N_("number of customers or products"), N_("Those with a figure."),
           format=Format.INTEGER),
    Metric("count_part", N_("Part of the number"), N_("number of the class ÷ number of all"),
           N_("Usually few make most."), format=Format.PERCENT),
    Metric("accounts", N_("Accounts"), N_("customers whose demand and position are known"),
           N_("Each stands in one of the twelve cells."), "W:26", Format.INTEGER),
    Metric("handled", N_("Handled"), N_("accounts that buy from us: a, b and c"), N_("All but d."), "W:26",
           Format.INTEGER, Good.UP),
    Metric("coverage", N_("Coverage"), N_("handled accounts ÷ all accounts"), N_("カバー率."), "B.5, S4 4-5",
           Format.PERCENT, Good.UP, bar=True),
    Metric("structural_share", N_("Structural share"),
           N_("demand of the a-accounts ÷ demand of all accounts"),
           N_("How much of the demand lies where we are first."), "B.5", Format.PERCENT, Good.UP),
)  # fmt: skip
_GRADING = (
    Metric("total", N_("Total"), N_("sum of the sections' weights × scores ÷ highest scores"),
           N_("Of 100, over what is known."), "S4 4-4", Format.SCORE, Good.UP),
    Metric("known", N_("Known"), N_("weights of the known elements ÷ 100"),
           N_("Below the least known part there is no grade."), "S4 4-4", Format.PERCENT, Good.UP, bar=True),
    Metric("solution", N_("Solution level"), N_("A one to one, B modular, C by routine"),
           N_("How much is done for a customer of the grade."), "S4 4-9", Format.CODE, codes="solution"),
    Metric("label", N_("What it is to us"),
           N_("base by margin, else partner by growth, else busy by visits, else ordinary"),
           N_("The lines stand beside the picture; a value on a line is on its upper side."), "S4 4-2",
           Format.CODE, codes="label"),
)  # fmt: skip
_GE = (
    Metric("attractiveness", N_("Attractiveness"), N_("weighted mean of the factors' ranks, from 1 to 10"),
           N_("A factor that isn't known leaves its weight to the others."), "S4 4-11, W:23", Format.SCORE,
           Good.UP),
    Metric("strength", N_("Our strength"), N_("weighted mean of the factors' ranks, from 1 to 10"),
           N_("A factor that isn't known leaves its weight to the others."), "S4 4-11, W:23", Format.SCORE,
           Good.UP),
    Metric("cell", N_("Cell"), N_("1 to 9 by rows, the most attractive and strongest first"),
           N_("1, 2, 4 invest; 3, 5, 7 select; 6, 8, 9 harvest."), "W:24", Format.INTEGER),
    Metric("advice", N_("Advice"), N_("by the cell"), N_("1, 2, 4 invest; 3, 5, 7 select; 6, 8, 9 harvest."),
           "W:24", Format.CODE, codes="advice"),
    Metric("size", N_("Size"), N_("demand of the customer, capacity of the region"),
           N_("Area of the bubble."),
           format=Format.MONEY),
    Metric("capacity", N_("Market capacity"), N_("sales of all companies in the region"),
           N_("As on the market pages."),
           format=Format.MONEY),
    Metric("share", N_("Share"), N_("own sales ÷ market capacity"), N_("As on the market pages."),
           format=Format.PERCENT, good=Good.UP),
)  # fmt: skip
_PROFIT = (
    Metric("margin_amount", N_("Sales of known margin"), N_("sales of the products with a margin rate"),
           N_("What the margin rate is taken on."), "S4 4-10", Format.MONEY),
    Metric("products", N_("Products"), N_("number of products sold there"),
           N_("Each once."), format=Format.INTEGER),
    Metric("customers", N_("Customers"), N_("number of customers that bought there"), N_("Each once."),
           format=Format.INTEGER),
)  # fmt: skip

METRICS = (*_SALES, *_ABC, *_GRADING, *_GE, *_PROFIT)
