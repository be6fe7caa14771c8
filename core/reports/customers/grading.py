"""Grading customers: the scale, the grades and labels, what changed, and keeping a grading."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from core.customers.analysis.abc import GRADES
from core.customers.analysis.cross_table import cross_table
from core.customers.analysis.customer_value import WorthRule, worth
from core.customers.analysis.movement import Movement, movement
from core.customers.analysis.structure import head_customers
from core.customers.grading.difference import template_difference
from core.customers.grading.grades import SCOPES, chosen_options, grade_customers, section_levels
from core.customers.grading.readiness import Readiness, readiness
from core.errors import InputError
from core.i18n import _
from core.reports.customers.table import CustomerRequest, customer_table
from core.store.customers import grade_runs
from core.store.customers import grading as store_grading

if TYPE_CHECKING:
    from core.customers.grading.scale import Template
    from core.store.customers.grading import Saved
    from core.store.database import Store

# A shop's payment isn't ours to know.
LEFT_OUT = {"dealer": frozenset[str](), "terminal": frozenset({"payment_days"})}


@dataclass(frozen=True)
class GradingRequest:
    """Whom to grade by whose scale.

    Parameters
    ----------
    customers
        Which customers and months.
    owner
        Whose scale; empty for the company's.
    scope
        Of :data:`core.customers.grading.grades.SCOPES`.
    rule
        Lines of the labels.
    """

    customers: CustomerRequest
    owner: str = ""
    scope: str = "all"
    rule: WorthRule = field(default_factory=WorthRule)

    def __post_init__(self) -> None:
        if self.scope not in SCOPES:
            raise InputError(
                _("Unknown value {value} for {name}.", value=self.scope, name="scope"),
                _("Choose one of: {allowed}.", allowed=", ".join(SCOPES)),
            )


@dataclass(frozen=True, eq=False)
class GradingReport:
    """The answer.

    Parameters
    ----------
    table
        The customers of the scope, the best first: their columns, total, known, missing, grade, label and
        section_1 ...
    options
        The option of each element for each customer.
    rule
        The labels' lines, with numbers.
    ready
        How complete the three blocks of data are.
    segments
        Segment x grade.
    levels
        Level of the first section x level of the second: quality x growth; None for a scale with one section.
    difference
        Where a personal scale differs from the company's; empty for the company's own.
    company_grades
        The grades by the company's scale, on the same customers; None for the company's own.
    """

    request: GradingRequest
    saved: Saved
    table: pd.DataFrame
    options: pd.DataFrame
    rule: WorthRule
    ready: tuple[Readiness, ...]
    segments: pd.DataFrame
    levels: pd.DataFrame | None
    difference: pd.DataFrame
    company_grades: pd.Series | None

    def against_company(self) -> Movement | None:
        """Return who is graded differently by the company's scale; rows are the company's grades."""
        if self.company_grades is None:
            return None
        return movement(self.company_grades, self.table["grade"])


def grading_report(
    store: Store, request: GradingRequest, customers: pd.DataFrame | None = None
) -> GradingReport:
    """Grade customers.

    Parameters
    ----------
    customers
        The customer table where it was read already.
    """
    kind = request.customers.kind
    everybody = customer_table(store, request.customers) if customers is None else customers
    # Who was closed before the period is nobody to grade any more.
    everybody = everybody[~everybody["closed"] | everybody["demand"].notna()]
    ready = readiness(everybody, left_out=LEFT_OUT[kind])
    lines = request.rule.settled(everybody)
    chosen = everybody[_in_scope(everybody, request.scope)]
    saved = store_grading.template(store, request.owner)
    options, graded = _graded(store, kind, request.owner, saved.template, chosen)
    table = chosen.join(graded).assign(label=worth(chosen, lines))
    difference, by_company = pd.DataFrame(), None
    if request.owner:
        company = store_grading.template(store)
        difference = template_difference(company.template, saved.template)
        by_company = _graded(store, kind, "", company.template, chosen)[1]["grade"]
    levels = None
    if len(saved.template.sections) > 1:
        both = section_levels(saved.template, graded)
        levels = cross_table(
            both["section_1"], both["section_2"], row_order=list(GRADES), column_order=list(GRADES)
        )
    return GradingReport(
        request,
        saved,
        table.sort_values("total", ascending=False, na_position="last", kind="stable"),
        options,
        lines,
        ready,
        cross_table(table["segment"], table["grade"], column_order=list(GRADES)),
        levels,
        difference,
        by_company,
    )


def composition(report: GradingReport, customer_id: str) -> pd.DataFrame:
    """Say what the grade of one customer is made of.

    Parameters
    ----------
    customer_id
        One of its customers.

    Returns
    -------
    pandas.DataFrame
        One row per element: section, element, option (labels; option None where unknown), key, value (what
        the data say; NaN where people fill it in), score (NaN unknown), most, points (what it brings of 100
        where all is known; NaN unknown), weight.
    """
    chosen, row = report.options.loc[customer_id], report.table.loc[customer_id]
    weights = report.saved.template.weights()
    rows = []
    for section in report.saved.template.sections:
        for element in section.elements:
            number = chosen[element.key]
            option = None if pd.isna(number) else element.options[int(number)]
            rows.append(
                {
                    "section": section.label,
                    "element": element.label,
                    "key": element.key,
                    "value": float(row[element.measure]) if element.measure else float("nan"),
                    "option": option.label if option else None,
                    "score": option.score if option else float("nan"),
                    "most": element.most,
                    "points": weights[element.key] * option.score / element.most if option else float("nan"),
                    "weight": weights[element.key],
                }
            )
    return pd.DataFrame(rows)


def keep(store: Store, report: GradingReport, *, actor: str = "local") -> str:
    """Keep a grading and return its run_id.

    Raises
    ------
    InputError
        Nobody is in its scope.
    """
    if report.table.empty:
        raise InputError(_("There is nobody to grade."), _("Choose another scope."))
    asked = report.request.customers
    run = grade_runs.Run(
        asked.kind, report.request.owner, report.saved.version, report.request.scope, asked.start, asked.end
    )
    columns = ["customer_id", "total", "known", "grade", "label"]
    return grade_runs.save_run(store, run, report.table.reset_index()[columns], actor=actor)


def since(store: Store, report: GradingReport, run_id: str) -> Movement:
    """Return how the customers moved since a kept grading."""
    kept = grade_runs.run_results(store, run_id, scope=report.request.customers.scope)
    return movement(kept.set_index("customer_id")["grade"], report.table["grade"])


def _graded(
    store: Store, kind: str, owner: str, template: Template, chosen: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    said = store_grading.judgements(store, kind, owner)
    options = chosen_options(template, chosen, said)
    return options, grade_customers(template, options)


def _in_scope(customers: pd.DataFrame, scope: str) -> pd.Series:
    if scope == "head":
        return head_customers(customers["sales"])
    bought = customers["sales"].fillna(0).ne(0) | customers["sales_previous"].fillna(0).ne(0)
    return ~bought if scope == "prospects" else pd.Series(True, index=customers.index)
