"""What the columns mean of tables that aren't made of KPIs: shown on hover over their headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.i18n import N_, _
from pages._ui.components.origins import with_origins

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# By heading; one text wherever the heading stands.
TEXTS = {
    N_("Sales amount"): N_("Sales of the period in this cell; recorded sales of products × customers."),
    N_("Part of sales (%)"): N_("Sales of the cell ÷ sales of all cells."),
    N_("Margin"): N_("Sum of sales × recorded margin rates; sales without a rate aren't in it."),
    N_("Margin rate"): N_("Margin ÷ the sales whose margin rate is known."),
    N_("Number of products"): N_("Products with sales in the cell."),
    N_("Number of customers"): N_("Customers with sales in the cell."),
    N_("Sell-in of 12 months"): N_("What the dealer bought in the last twelve months, by its orders."),
    N_("Growth"): N_("Against the same months a year earlier: now ÷ then − 1."),
    N_("Score"): N_("Points reached in the element, by the scale's rule for the figure beside it."),
    N_("Highest score"): N_("The most points the element can have."),
    N_("Points of 100"): N_("Section weight × score ÷ highest score: what the element adds to the total."),
    N_("Weight"): N_("How much it counts against the others; 0 leaves it out."),
    N_("Standard points"): N_("The most points of the item, 10 as in the form."),
    N_("Points given"): N_("What the assessor gave, 0 to 10; an item left out has none."),
    N_("Own sales"): N_("Our sales in the shop over the period, recorded shop by shop."),
    N_("All sales"): N_("All companies' sales recorded in the shop over the period."),
    N_("In-store share"): N_("Own sales ÷ all companies' sales recorded in the shop."),
    N_("Visits in four weeks"): N_("Logged visits in the last four weeks of the period."),
    N_("Norm"): N_("Visits in four weeks by the norms of the shop's grade."),
    N_("Visits in 4 weeks"): N_("Visits in four weeks by the norm, or as typed for the shop."),
    N_("Minutes a visit"): N_("Minutes in the shop at each visit, by the norm or as typed."),
    N_("Visits planned"): N_("Visits of the plan to this shop."),
    N_("Own sales a month (yuan)"): N_("Our sales in the shop a month, by the sales recorded shop by shop."),
    N_("Least days between"): N_("The plan leaves at least so many days between two visits."),
    N_("Most days between"): N_("The plan leaves at most so many days between two visits."),
    N_("Shops"): N_("Customers of the rep in this row."),
    N_("Visits made"): N_("Logged visits in the cycle."),
    N_("Share of the visits"): N_("Visits of the group ÷ all visits made."),
    N_("Share of the sales"): N_("Own sales of the group ÷ all own sales."),
    N_("Active shops"): N_("Shops that are neither closed nor blank."),
    N_("Unvisited"): N_("Active shops without a visit in the cycle."),
    N_("Effective visits"): N_("Visits marked as effective in the log."),
    N_("Minutes in the shops"): N_("Sum of the logged minutes of the visits."),
    N_("Due by plan"): N_("Visits that the plan had for the days gone by."),
    N_("Done"): N_("Visits made on the planned day or up to three days off ÷ visits due."),
    N_("On the day"): N_("Visits made on the very day ÷ visits due."),
    N_("Hot"): N_("Prospects at progress A: about to buy."),
    N_("Warm"): N_("Prospects at progress B: interested."),
    N_("Cold"): N_("Prospects at progress C: known by name."),
    N_("Prospects"): N_("Prospects that ever were in this group."),
    N_("Still open"): N_("Prospects that are neither won nor dropped nor no-go accounts."),
    N_("Decided"): N_("Prospects that were won or dropped or turned out to be no-go accounts."),
    N_("Won"): N_("Prospects that became customers."),
    N_("Effect"): N_("What the factor alone adds to the change of the orders, by Shapley's rule."),
    N_("Shops looked at"): N_("Active shops of the grade with recorded sales of us and of others."),
    N_("Visits proposed"): N_("Visits in four weeks that earn most with the same minutes in all."),
    N_("Margin a month"): N_("Own sales a month × margin rate of the products sold in the shop."),
    N_("Margin more a month"): N_(
        "Margin with the visits proposed − with today's, by the curve of the grade."
    ),
    N_("Days to the win"): N_("Median days from coming into the group to the win."),
    N_("Days in the stage"): N_("Days since the prospect came into its stage."),
    N_("Rival's sales a month"): N_(
        "What the largest rival sells in the shop a month; the last three months."
    ),
    N_("1st month"): N_("Open prospects × the part of such that was won in the first month after."),
    N_("2nd month"): N_("Open prospects × the part of such that was won in the second month after."),
    N_("3rd month"): N_("Open prospects × the part of such that was won in the third month after."),
    N_("Sales to be won a month"): N_("Chances × what the largest rival sells in these shops a month."),
    N_("Expected in three months"): N_("What would have been forecast on that day with what was known then."),
    N_("Came"): N_("Prospects won in the three months after that day."),
    N_("Off by"): N_("Expected − came; above 0 was too much."),
    N_("Lift"): N_("How many times as often both are stocked together as chance would have it."),
    N_("Shops to offer it to"): N_("Shops that stock the first product and not the other."),
    N_("Fresh cards"): N_("Cards filled in or confirmed within the time their kind stays fresh."),
    N_("Visits cut"): N_("Visits that don't fit into the working time and are left out."),
    N_("At stake (yuan a month)"): N_("Own sales a month in the shops whose visits are cut."),
    N_("Last year"): N_("Own sales in the same months of the base period, as recorded."),
    N_("Target"): N_("The plan's counts × its unit; months and parts add up exactly."),
    N_("Version"): N_("Rises by one with every save of the plan."),
    N_("Rows that fail"): N_("Regions, reps or cells that break the rule; they are listed below."),
    N_("Potential"): N_("Capacity not yet ours: capacity − own sales of the base period."),
    N_("Baseline"): N_("Own sales of the twelve months that the plan is compared with."),
    N_("CV"): N_("Standard deviation ÷ mean of the measure; 0 is perfectly even."),
    N_("Gini"): N_("Gini coefficient of the measure; 0 is perfectly even, 1 all in one hand."),
    N_("Largest ÷ smallest"): N_("The highest value of the measure ÷ the lowest."),
    N_("Actual"): N_("Own sales of the month, as recorded."),
    N_("Reached (%)"): N_("Actual ÷ target of the month."),
    N_("Target so far"): N_("Targets of the months that have figures."),
    N_("Actual so far"): N_("Own sales of the months that have figures."),
    N_("Cap of the capacity"): N_("Capacity × the largest share that counts as within reach."),
    N_("Cap of the best growth"): N_("Last year's sales × (1 + the best growth of three years)."),
    N_("Cap of the visits"): N_("What the rep sold a visit × the visits that fit into the year."),
    N_("Lowest cap"): N_("The smallest of the caps: more isn't within reach."),
    N_("Stretch"): N_("Target ÷ last year's sales − 1."),
    N_("Times the median"): N_("Stretch ÷ the median stretch of all reps."),
    N_("Target ÷ potential"): N_("Target ÷ capacity not yet ours."),
}
OWN_SALES = ("market_sales", "terminal_sales")
# The records that columns are made of; of a heading that isn't here, all that the page has read.
RECORDS: dict[str, tuple[str, ...]] = {
    heading: records
    for records, headings in {
        ("dealer_sales",): ("Sell-in of 12 months",),
        ("score_item",): ("Standard points", "Points given"),
        ("target_cell", "target_plan"): ("Target", "Version"),
        ("terminal",): ("Active shops", "Minutes a visit", "Norm", "Shops", "Visits in 4 weeks"),
        ("terminal", "visit"): ("Unvisited",),
        ("terminal_sales",): (
            "All sales", "At stake (yuan a month)", "In-store share", "Lift", "Own sales",
            "Own sales a month (yuan)", "Rival's sales a month", "Sales to be won a month",
            "Share of the sales", "Shops to offer it to",
        ),
        ("terminal_sales", "product"): ("Margin a month",),
        ("terminal_sales", "product", "visit"): ("Margin more a month",),
        ("visit",): (
            "Effective visits", "Minutes in the shops", "Share of the visits", "Visits in four weeks",
            "Visits made",
        ),
        ("visit", "visit_plan"): ("Done", "On the day"),
        ("visit_plan",): ("Due by plan", "Visits planned"),
        ("visit_prospect",): (
            "1st month", "2nd month", "3rd month", "Came", "Cold", "Days in the stage", "Days to the win",
            "Decided", "Expected in three months", "Hot", "Off by", "Prospects", "Still open", "Warm", "Won",
        ),
        ("here",): ("Weight",),
        OWN_SALES: ("Actual", "Actual so far", "Baseline", "Last year"),
    }.items()
    for heading in headings
}  # fmt: skip


def explained(
    headings: Iterable[str], config: Mapping[str, Any] | None = None, *, default: str = ""
) -> dict[str, Any]:
    """Return the configuration of a table's columns with an explanation for each heading, and its origin.

    Parameters
    ----------
    headings
        Columns of the table.
    config
        How they are shown otherwise; a column that has an explanation keeps it.
    default
        For headings that no text is declared for, such as grades or months.
    """
    known = {_(heading): (_(text), RECORDS.get(heading, ())) for heading, text in TEXTS.items()}
    result: dict[str, Any] = {**(config or {})}
    for column in map(str, headings):
        shown = result.get(column)
        column_config = {"label": shown} if isinstance(shown, str) else dict(shown or {})
        label = str(column_config.get("label") or column)
        bare = label.rsplit(" (", 1)[0].rsplit("（", 1)[0]
        text, records = known.get(label) or known.get(bare) or (default, ())
        text = str(column_config.get("help") or text)
        if text:
            result[column] = {**column_config, "help": with_origins(text, records)}
    return result
