"""Target plans."""

from __future__ import annotations

from core.i18n import N_
from core.tables.common import MONTH, NAME, amount, identifier, reference
from core.tables.spec import Column, Kind, Table

TABLES: tuple[Table, ...] = (
    Table(
        "target_plan",
        N_("Target plans"),
        (
            identifier("plan_id", N_("Plan ID"), N_("A code of your own, unique."), "2026"),
            NAME,
            Column(
                "year",
                Kind.INTEGER,
                N_("Year"),
                N_("The year planned."),
                required=True,
                minimum=1990,
                maximum=2100,
                example="2026",
            ),
            Column(
                "template",
                Kind.TEXT,
                N_("Plan type"),
                N_("breakdown or strategy."),
                known={"breakdown": ("任务分解型", "任务分解"), "strategy": ("策略引领型", "策略引领")},
                example="breakdown",
            ),
            Column(
                "version",
                Kind.INTEGER,
                N_("Version"),
                N_("1, 2, 3 ..."),
                required=True,
                minimum=1,
                example="1",
            ),
            reference("target_plan", "base_plan_id", N_("Based on plan"), N_("The plan it supersedes.")),
            Column(
                "status",
                Kind.TEXT,
                N_("Status"),
                N_("draft, submitted, feedback, revised, approved or superseded."),
                known={
                    "draft": ("草稿",),
                    "submitted": ("提交",),
                    "feedback": ("反馈",),
                    "revised": ("修订",),
                    "approved": ("批准",),
                    "superseded": ("被取代",),
                },
                default="draft",
                example="draft",
            ),
            amount("top_target", N_("Target (yuan)"), N_("Yuan.")),
            Column(
                "parameters",
                Kind.TEXT,
                N_("Parameters"),
                N_("JSON: the inputs and choices the plan was computed with."),
            ),
            Column(
                "inputs_version",
                Kind.INTEGER,
                N_("Version of the inputs"),
                N_("Data version the plan was computed from."),
            ),
        ),
        key=("plan_id",),
    ),
    Table(
        "target_cell",
        N_("Target cells"),
        (
            reference(
                "target_plan", "plan_id", N_("Plan ID"), N_("The plan."), required=True, example="2026"
            ),
            MONTH,
            reference(
                "region", "region_id", N_("Region ID"), N_("Empty above the regions."), example="420100"
            ),
            Column(
                "category", Kind.TEXT, N_("Category"), N_("Product category; empty above the categories.")
            ),
            reference(
                "product", "product_id", N_("Product ID"), N_("Empty above the products."), example="P001"
            ),
            reference("dealer", "dealer_id", N_("Dealer ID"), N_("Empty above the dealers.")),
            reference(
                "employee", "employee_id", N_("Employee ID"), N_("Empty above the reps."), example="E001"
            ),
            amount("amount", N_("Amount (yuan)"), N_("Yuan."), required=True),
            Column("source", Kind.TEXT, N_("Source"), N_("top_down, bottom_up or edited.")),
            Column(
                "locked",
                Kind.BOOLEAN,
                N_("Locked"),
                N_("A locked cell does not move."),
                default=False,
                example="false",
            ),
            Column("note", Kind.TEXT, N_("Note"), N_("Remark.")),
        ),
        key=("plan_id", "month", "region_id", "category", "product_id", "dealer_id", "employee_id"),
    ),
)
