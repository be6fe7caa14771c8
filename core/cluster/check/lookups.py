"""Where the values of parameters come from: the record that has the most of what its queries read."""

from __future__ import annotations

_MOST = "GROUP BY 1 ORDER BY COUNT(*) DESC, 1 LIMIT 1"

LOOKUPS = {
    "own": "SELECT c.company_id FROM company AS c WHERE c.is_self ORDER BY 1 LIMIT 1",
    "company": "SELECT c.company_id FROM company AS c WHERE c.is_self ORDER BY 1 LIMIT 1",
    "rival_1": (
        "SELECT c.company_id FROM company AS c"
        " WHERE NOT COALESCE(c.is_self, FALSE) AND NOT COALESCE(c.is_aggregate, FALSE) ORDER BY 1 LIMIT 1"
    ),
    "terminal": f"SELECT v.terminal_id FROM visit AS v INNER JOIN terminal AS t USING (terminal_id) {_MOST}",
    "customer": f"SELECT v.terminal_id FROM visit AS v INNER JOIN terminal AS t USING (terminal_id) {_MOST}",
    "customer_id": f"SELECT f.customer_id FROM customer_form AS f WHERE f.customer_type = 'terminal' {_MOST}",
    "form": f"SELECT f.form FROM customer_form AS f WHERE f.customer_type = 'terminal' {_MOST}",
    "dealer": f"SELECT t.dealer_id FROM terminal AS t WHERE t.dealer_id IS NOT NULL {_MOST}",
    "employee": f"SELECT p.employee_id FROM visit_plan AS p {_MOST}",
    "region": "SELECT r.region_id FROM region AS r WHERE r.parent_id IS NULL ORDER BY 1 LIMIT 1",
    "within": "SELECT r.region_id FROM region AS r WHERE r.parent_id IS NULL ORDER BY 1 LIMIT 1",
    "level": (
        "SELECT r.level FROM region AS r INNER JOIN region AS p ON p.region_id = r.parent_id"
        f" WHERE p.parent_id IS NULL {_MOST}"
    ),
    "market": f"SELECT f.market_key FROM region_month_figure AS f {_MOST}",
    "promotion": f"SELECT s.promotion_id FROM promotion_shop AS s {_MOST}",
    "plan": f"SELECT c.plan_id FROM target_cell AS c {_MOST}",
    "run": f"SELECT r.run_id FROM grade_result AS r {_MOST}",
    "selection": f"SELECT s.selection_id FROM terminal_selection AS s {_MOST}",
    "key": f"SELECT k.finding_key FROM task AS k WHERE k.state IN ('open', 'doing', 'done') {_MOST}",
    "table": (
        "SELECT a.entity FROM audit_log AS a WHERE a.entity_key IS NOT NULL ORDER BY a.audit_id DESC LIMIT 1"
    ),
    "day": f"SELECT s.day FROM visit_plan_stop AS s {_MOST}",
}
"""Queries, in DuckDB's SQL, of which the first value is taken."""

LISTS = {
    "regions": (
        "SELECT r.region_id FROM region AS r LEFT JOIN region AS p ON p.region_id = r.parent_id"
        " WHERE r.parent_id IS NULL OR p.parent_id IS NULL ORDER BY 1"
    ),
    "listed": (
        "SELECT r.region_id FROM region AS r INNER JOIN region AS p ON p.region_id = r.parent_id"
        " WHERE p.parent_id IS NULL ORDER BY 1"
    ),
    "tops": "SELECT r.region_id FROM region AS r WHERE r.parent_id IS NULL ORDER BY 1",
    "markets": "SELECT DISTINCT f.market_key FROM region_month_figure AS f ORDER BY 1",
    "terminals": "SELECT t.terminal_id FROM terminal AS t ORDER BY 1 LIMIT 100",
    "ids": "SELECT t.terminal_id FROM terminal AS t ORDER BY 1 LIMIT 100",
    "shops": "SELECT t.terminal_id FROM terminal AS t WHERE t.region_id IS NOT NULL ORDER BY 1 LIMIT 1",
    "dealers": "SELECT d.dealer_id FROM dealer AS d ORDER BY 1 LIMIT 100",
    "settled": "SELECT DISTINCT t.region_id FROM terminal AS t WHERE t.region_id IS NOT NULL ORDER BY 1",
    "plans": "SELECT p.plan_id FROM visit_plan AS p ORDER BY 1",
}
"""Queries, in DuckDB's SQL, of which all values are taken."""

_A_TASK = (
    "SELECT k.{column} FROM task AS k WHERE k.state IN ('open', 'doing', 'done') ORDER BY k.task_id LIMIT 1"
)
_AN_EVENT = "SELECT f.{column} FROM form_event AS f ORDER BY f.form, f.customer_id, f.record_id LIMIT 1"
_A_HISTORY = "SELECT f.{column} FROM customer_form_history AS f ORDER BY f.form, f.customer_id LIMIT 1"
_DEALERS_OWN = {"kind": "dealer", "customer": "=dealer"}
_EXPENSE_LEVEL = (
    f"SELECT r.level FROM expense_budget AS b INNER JOIN region AS r ON r.region_id = b.region_id {_MOST}"
)

OF_QUERIES: dict[str, dict[str, object]] = {
    "coordinates/boundaries": {"regions": "=settled"},
    "coordinates/points": {"regions": "=settled"},
    "customers/search": {
        "kind": None,
        "wanted": "SELECT SUBSTR(s.initials, 1, 1) FROM customer_search AS s LIMIT 1",
    },
    "customers/dealer": {"customer": "=dealer"},
    "customers_analysis/grade_history": {
        "customer": "SELECT r.customer_id FROM grade_result AS r ORDER BY 1 LIMIT 1",
        "kind": "SELECT r.customer_type FROM grade_run AS r INNER JOIN grade_result AS g USING (run_id)"
        " ORDER BY g.customer_id LIMIT 1",
    },
    "customers_analysis/grade_judgements": {
        "owner": f"SELECT j.owner FROM grade_judgement AS j {_MOST}",
        "kind": f"SELECT j.customer_type FROM grade_judgement AS j {_MOST}",
    },
    "customers_analysis/grade_runs": {"kind": f"SELECT r.customer_type FROM grade_run AS r {_MOST}"},
    "cycle/day_check_ins": {
        "employee": None,
        "end_day": "SELECT CAST(MAX(c.arrived_at) AS DATE) + 1 FROM visit_check_in AS c",
    },
    "cycle/day_photos": {
        "employee": "SELECT MIN(v.employee_id) FROM visit AS v INNER JOIN visit_photo AS p USING (visit_id)",
        "end_day": "SELECT CAST(MAX(v.start_at) AS DATE) + 1 FROM visit AS v",
    },
    "cycle/budget_cells": {
        "kind": f"SELECT b.kind FROM expense_budget AS b {_MOST}",
        "level": _EXPENSE_LEVEL,
    },
    "cycle/open_tasks": {
        "kind": _A_TASK.format(column="finding_kind"),
        "key": _A_TASK.format(column="finding_key"),
    },
    "cycle/task_events": {"task": f"SELECT e.task_id FROM task_event AS e {_MOST}"},
    "forms/events": {
        "form": _AN_EVENT.format(column="form"),
        "customer_type": _AN_EVENT.format(column="customer_type"),
        "customer_id": _AN_EVENT.format(column="customer_id"),
        "record": _AN_EVENT.format(column="record_id"),
    },
    "forms/history": {
        "form": _A_HISTORY.format(column="form"),
        "customer_type": _A_HISTORY.format(column="customer_type"),
        "customer_id": _A_HISTORY.format(column="customer_id"),
    },
    "targets/factors": {"factor": f"SELECT f.factor FROM region_factor AS f {_MOST}"},
    "derived/region_month_figure": {"months": None},
    "derived/region_month_sales": {"months": None},
    "terminal_analysis/record_log": {
        "key": "SELECT a.entity_key FROM audit_log AS a WHERE a.entity_key IS NOT NULL"
        " ORDER BY a.audit_id DESC LIMIT 1",
    },
    "terminal_analysis/relation": {
        "customer": f"SELECT r.customer_id FROM relation AS r WHERE r.customer_type = 'dealer' {_MOST}",
        "kind": "dealer",
    },
    "terminal_analysis/relations": {"kind": "dealer"},
    "visits/prospect_history": {"terminal": None, "employee": None, "region": None},
    "visits/stops": {"plan": f"SELECT s.plan_id FROM visit_plan_stop AS s {_MOST}"},
}
"""Values of one query alone: a query to look it up, ``=NAME`` for another name's, or the value itself."""
