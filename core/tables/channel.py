"""Who sells: employees, dealers, terminals, and their sales, stock and expenses."""

from __future__ import annotations

from core.i18n import N_
from core.tables.common import (
    CRS,
    CUSTOMER,
    CUSTOMER_TYPE,
    GRADES,
    LAT,
    LON,
    MONTH,
    NAME,
    PAST_MONTH,
    TERMINAL_STATUS,
    amount,
    count,
    identifier,
    reference,
    score,
)
from core.tables.spec import Column, Kind, Table

EXPENSE_KIND = Column(
    "kind",
    Kind.TEXT,
    N_("Kind of expense"),
    N_("advertising, promotion or people."),
    required=True,
    known={"advertising": ("宣传", "广告"), "promotion": ("促销",), "people": ("人员",)},
    example="promotion",
)

TABLES: tuple[Table, ...] = (
    Table(
        "employee",
        N_("Employees"),
        (
            identifier("employee_id", N_("Employee ID"), N_("A code of your own, unique."), "E001"),
            NAME,
            Column(
                "role",
                Kind.TEXT,
                N_("Role"),
                N_("rep, manager, director ..."),
                known={
                    "rep": ("业务员", "业代", "业务代表"),
                    "manager": ("经理", "业务经理", "区域经理"),
                    "director": ("总监", "总经理", "general manager"),
                },
                example="rep",
            ),
            reference("employee", "manager_id", N_("Manager ID"), N_("Employee ID of the manager.")),
            reference("region", "region_id", N_("Region ID"), N_("Home region."), example="420100"),
            LAT,
            LON,
            Column(
                "work_minutes_per_day",
                Kind.NUMBER,
                N_("Working minutes a day"),
                N_("Minutes."),
                minimum=0,
                maximum=1440,
                example="480",
            ),
            Column(
                "active",
                Kind.BOOLEAN,
                N_("Employed"),
                N_("No when the employee has left."),
                default=True,
                example="true",
            ),
        ),
        key=("employee_id",),
    ),
    Table(
        "dealer",
        N_("Dealers"),
        (
            identifier("dealer_id", N_("Dealer ID"), N_("A code of your own, unique."), "D001"),
            NAME,
            Column(
                "tier",
                Kind.TEXT,
                N_("Tier"),
                N_("large, medium or small."),
                known={"large": ("大", "大客户"), "medium": ("中", "中等"), "small": ("普", "小", "普通")},
                example="large",
            ),
            reference("region", "region_id", N_("Region ID"), N_("Where the dealer sits."), example="420100"),
            LAT,
            LON,
            CRS,
            Column(
                "level",
                Kind.TEXT,
                N_("Distribution level"),
                N_("first (general) or second (sub-dealer)."),
                known={"first": ("总经销",), "second": ("二批", "二级")},
            ),
            reference(
                "dealer",
                "parent_dealer_id",
                N_("Parent dealer"),
                N_("Dealer ID of the supplier of a sub-dealer."),
            ),
            score("attitude", N_("Attitude (0-10)"), N_("0 hostile to 10 wholehearted.")),
            score("capability", N_("Capability (0-10)"), N_("0 none to 10 excellent.")),
            Column("accepts_training", Kind.BOOLEAN, N_("Accepts training"), N_("Without conditions.")),
            reference("employee", "owner_employee_id", N_("Owner ID"), N_("Employee who owns the account.")),
            reference("employee", "backup_employee_id", N_("Stand-in ID"), N_("Employee who stands in.")),
            amount("credit_limit", N_("Credit limit (yuan)"), N_("Yuan.")),
            count("payment_days", N_("Payment days"), N_("Days."), "30"),
        ),
        key=("dealer_id",),
    ),
    Table(
        "dealer_region",
        N_("Dealer regions"),
        (
            reference(
                "dealer",
                "dealer_id",
                N_("Dealer ID"),
                N_("Who serves the region."),
                required=True,
                example="D001",
            ),
            reference(
                "region",
                "region_id",
                N_("Region ID"),
                N_("The region served."),
                required=True,
                example="420100",
            ),
            Column(
                "from_month",
                Kind.MONTH,
                N_("From month"),
                N_("First month of the agreement."),
                example="2026-01",
            ),
            Column("to_month", Kind.MONTH, N_("To month"), N_("Last month; empty while it lasts.")),
            Column(
                "exclusive",
                Kind.BOOLEAN,
                N_("Exclusive"),
                N_("No other dealer may serve the region."),
                example="true",
            ),
        ),
        key=("dealer_id", "region_id", "from_month"),
    ),
    Table(
        "terminal",
        N_("Terminals"),
        (
            identifier("terminal_id", N_("Terminal ID"), N_("A code of your own, unique."), "T000001"),
            NAME,
            reference(
                "region",
                "region_id",
                N_("Region ID"),
                N_("Where the shop is; empty if unknown."),
                example="420100",
            ),
            reference("dealer", "dealer_id", N_("Dealer ID"), N_("Who supplies it."), example="D001"),
            reference("employee", "employee_id", N_("Employee ID"), N_("Who visits it."), example="E001"),
            Column(
                "outlet_type",
                Kind.TEXT,
                N_("Outlet type"),
                N_("Supermarket, convenience store, grocery ..."),
                example="便利店",
            ),
            Column("grade", Kind.TEXT, N_("Grade"), N_("A, B, C or D."), known=GRADES, example="A"),
            Column(
                "status",
                Kind.TEXT,
                N_("Status"),
                N_("blank, listed, maintain, consolidate, improve or closed."),
                known=TERMINAL_STATUS,
                example="listed",
            ),
            Column("address", Kind.TEXT, N_("Address"), N_("As on the delivery note.")),
            LAT,
            LON,
            CRS,
            count("area_m2", N_("Floor area (m²)"), N_("Square metres."), "80"),
        ),
        key=("terminal_id",),
    ),
    Table(
        "terminal_sales",
        N_("Terminal sales"),
        (
            PAST_MONTH,
            reference(
                "terminal",
                "terminal_id",
                N_("Terminal ID"),
                N_("Where it was sold."),
                required=True,
                example="T000001",
            ),
            reference(
                "company", "company_id", N_("Company ID"), N_("Whose sales."), required=True, example="US"
            ),
            reference(
                "product",
                "product_id",
                N_("Product ID"),
                N_("Empty for the company's total in the shop."),
                example="P001",
            ),
            amount("amount", N_("Amount (yuan)"), N_("Yuan; below zero for net returns."), required=True),
            Column("quantity", Kind.NUMBER, N_("Quantity"), N_("In the unit of the product."), example="100"),
        ),
        key=("month", "terminal_id", "company_id", "product_id"),
        sorted_by=("month", "terminal_id"),
    ),
    Table(
        "dealer_sales",
        N_("Dealer sales"),
        (
            PAST_MONTH,
            reference(
                "dealer", "dealer_id", N_("Dealer ID"), N_("The dealer."), required=True, example="D001"
            ),
            reference("product", "product_id", N_("Product ID"), N_("Empty for the total."), example="P001"),
            amount("sell_in_amount", N_("Sell-in (yuan)"), N_("What we delivered, yuan.")),
            amount("sell_out_amount", N_("Sell-out (yuan)"), N_("What the dealer sold on, yuan.")),
            Column("quantity", Kind.NUMBER, N_("Quantity"), N_("In the unit of the product."), example="100"),
        ),
        key=("month", "dealer_id", "product_id"),
    ),
    Table(
        "inventory",
        N_("Stock"),
        (
            Column(
                "as_of", Kind.DATE, N_("Date"), N_("Day of the count."), required=True, example="2026-01-31"
            ),
            CUSTOMER_TYPE,
            CUSTOMER,
            reference(
                "product", "product_id", N_("Product ID"), N_("The product."), required=True, example="P001"
            ),
            Column(
                "quantity",
                Kind.NUMBER,
                N_("Quantity"),
                N_("In the unit of the product."),
                required=True,
                minimum=0,
                soft_range=True,
                example="100",
            ),
            amount("amount", N_("Amount (yuan)"), N_("Yuan.")),
        ),
        key=("as_of", "customer_type", "customer_id", "product_id"),
    ),
    Table(
        "expense",
        N_("Expenses"),
        (
            MONTH,
            reference(
                "region",
                "region_id",
                N_("Region ID"),
                N_("The region charged."),
                required=True,
                example="420100",
            ),
            EXPENSE_KIND,
            amount("amount", N_("Amount (yuan)"), N_("Yuan."), required=True),
        ),
        key=("month", "region_id", "kind"),
    ),
)
