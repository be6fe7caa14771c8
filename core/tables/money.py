"""Budgets and promotions."""

from __future__ import annotations

from core.i18n import N_
from core.tables.channel import EXPENSE_KIND
from core.tables.common import MONTH, NAME, amount, identifier, reference
from core.tables.spec import Column, Kind, Table

TABLES: tuple[Table, ...] = (
    Table(
        "expense_budget",
        N_("Expense budgets"),
        (
            MONTH,
            reference(
                "region",
                "region_id",
                N_("Region ID"),
                N_("The region that may spend it."),
                required=True,
                example="420100",
            ),
            EXPENSE_KIND,
            amount("amount", N_("Budget (yuan)"), N_("What may be spent, yuan."), required=True),
        ),
        key=("month", "region_id", "kind"),
    ),
    Table(
        "promotion",
        N_("Promotions"),
        (
            identifier("promotion_id", N_("Promotion ID"), N_("A code of your own, unique."), "2026-03"),
            NAME,
            reference(
                "region",
                "region_id",
                N_("Region ID"),
                N_("Where it ran; without a list of its shops, in all shops there."),
                example="420100",
            ),
            reference(
                "product",
                "product_id",
                N_("Product ID"),
                N_("What was promoted; empty for everything we sell."),
                example="P001",
            ),
            Column(
                "start_on",
                Kind.DATE,
                N_("First day"),
                N_("Day it began."),
                required=True,
                example="2026-03-01",
            ),
            Column(
                "end_on", Kind.DATE, N_("Last day"), N_("Day it ended."), required=True, example="2026-04-30"
            ),
            amount("cost", N_("Cost (yuan)"), N_("All it cost, yuan; empty if unknown.")),
        ),
        key=("promotion_id",),
    ),
    Table(
        "promotion_shop",
        N_("Shops of promotions"),
        (
            reference(
                "promotion",
                "promotion_id",
                N_("Promotion ID"),
                N_("Which promotion."),
                required=True,
                example="2026-03",
            ),
            reference(
                "terminal",
                "terminal_id",
                N_("Terminal ID"),
                N_("A shop in which it ran."),
                required=True,
                example="T000001",
            ),
        ),
        key=("promotion_id", "terminal_id"),
    ),
)
