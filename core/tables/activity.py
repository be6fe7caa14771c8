"""What people do: visits, time, relations, scores."""

from __future__ import annotations

from core.i18n import N_
from core.tables.common import CUSTOMER, CUSTOMER_TYPE, MONTH, amount, identifier, reference, score
from core.tables.spec import Column, Kind, Table

TABLES: tuple[Table, ...] = (
    Table(
        "visit",
        N_("Visits"),
        (
            identifier("visit_id", N_("Visit ID"), N_("Unique."), "V000001"),
            reference(
                "employee",
                "employee_id",
                N_("Employee ID"),
                N_("Who visited."),
                required=True,
                example="E001",
            ),
            reference(
                "terminal",
                "terminal_id",
                N_("Terminal ID"),
                N_("The shop visited."),
                required=True,
                example="T000001",
            ),
            Column(
                "start_at",
                Kind.TIMESTAMP,
                N_("Start time"),
                N_("Arrival."),
                required=True,
                example="2026-01-05 09:10:00",
            ),
            Column(
                "end_at",
                Kind.TIMESTAMP,
                N_("End time"),
                N_("Departure; empty if unknown."),
                example="2026-01-05 09:35:00",
            ),
            Column("purpose", Kind.TEXT, N_("Purpose"), N_("Why.")),
            Column("result", Kind.TEXT, N_("Result"), N_("What came out.")),
            amount("order_amount", N_("Order (yuan)"), N_("Yuan ordered during the visit.")),
            Column(
                "effective",
                Kind.BOOLEAN,
                N_("Effective"),
                N_("Did the visit reach its purpose?"),
                example="true",
            ),
        ),
        key=("visit_id",),
        sorted_by=("start_at",),
    ),
    Table(
        "time_log",
        N_("Time logs"),
        (
            reference(
                "employee", "employee_id", N_("Employee ID"), N_("Whose time."), required=True, example="E001"
            ),
            Column("day", Kind.DATE, N_("Day"), N_("The day."), required=True, example="2026-01-05"),
            Column(
                "activity",
                Kind.TEXT,
                N_("Activity"),
                N_("selling, travel, waiting, office ..."),
                required=True,
                example="selling",
            ),
            Column(
                "minutes",
                Kind.NUMBER,
                N_("Minutes"),
                N_("Minutes."),
                required=True,
                minimum=0,
                maximum=1440,
                example="300",
            ),
            Column(
                "effective",
                Kind.BOOLEAN,
                N_("Effective"),
                N_("Time with customers is effective."),
                example="true",
            ),
        ),
        key=("employee_id", "day", "activity"),
    ),
    Table(
        "relation",
        N_("Customer relations"),
        (
            CUSTOMER_TYPE,
            CUSTOMER,
            MONTH,
            Column(
                "state",
                Kind.TEXT,
                N_("Relation state"),
                N_("opposed, loose, following or symbiotic."),
                known={
                    "opposed": ("对立型", "对立"),
                    "loose": ("松散型", "松散"),
                    "following": ("跟随型", "跟随"),
                    "symbiotic": ("共生型", "共生"),
                },
                example="loose",
            ),
            Column(
                "level",
                Kind.TEXT,
                N_("Relation level"),
                N_("transaction, adviser or coexistence."),
                known={"transaction": ("交易",), "adviser": ("顾问",), "coexistence": ("共存",)},
                example="transaction",
            ),
            Column(
                "satisfaction",
                Kind.NUMBER,
                N_("Satisfaction (1-5)"),
                N_("1 dissatisfied to 5 delighted."),
                minimum=1,
                maximum=5,
                example="4",
            ),
        ),
        key=("customer_type", "customer_id", "month"),
    ),
    Table(
        "score_item",
        N_("Score sheets"),
        (
            identifier("sheet_id", N_("Sheet ID"), N_("One sheet per shop and date."), "S001"),
            Column(
                "item_no",
                Kind.INTEGER,
                N_("Item"),
                N_("1 to 10."),
                required=True,
                minimum=1,
                maximum=10,
                example="1",
            ),
            reference(
                "terminal",
                "terminal_id",
                N_("Terminal ID"),
                N_("The shop."),
                required=True,
                example="T000001",
            ),
            reference("employee", "employee_id", N_("Employee ID"), N_("The rep assessed."), example="E001"),
            Column(
                "assessed_on", Kind.DATE, N_("Assessed on"), N_("Day."), required=True, example="2026-01-31"
            ),
            Column("assessor", Kind.TEXT, N_("Assessor"), N_("Who signed.")),
            score("score", N_("Score (0-10)"), N_("Points of the item.")),
            Column("note", Kind.TEXT, N_("Note"), N_("Remark.")),
        ),
        key=("sheet_id", "item_no"),
    ),
)
