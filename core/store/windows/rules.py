"""Which rows of each table somebody sees, as a condition on its row ``t``; a table without one shows nothing.

What is seen is a market of its own: the regions given and what lies below them, without what lies above, so
that a total is a total of what may be seen. A rep sees own shops, and of the market only its names.
``stored.`` stands before tables of the file, ``seen.`` before what is seen of them and before :data:`SETS`.
"""

from __future__ import annotations

from core.store.sql_text import literal

EVERYTHING, NOTHING = "TRUE", "FALSE"
_REGION = "t.region_id IN (SELECT o.region_id FROM seen.own_region AS o)"
_SHOP = "t.terminal_id IN (SELECT o.terminal_id FROM seen.own_terminal AS o)"
_DEALER = "t.dealer_id IN (SELECT o.dealer_id FROM seen.own_dealer AS o)"
_PERSON = "t.employee_id IN (SELECT o.employee_id FROM seen.own_employee AS o)"
_CUSTOMER = (
    "CASE t.customer_type"
    " WHEN 'terminal' THEN t.customer_id IN (SELECT o.terminal_id FROM seen.own_terminal AS o)"
    " WHEN 'dealer' THEN t.customer_id IN (SELECT o.dealer_id FROM seen.own_dealer AS o) END"
)
_SUBJECT = _CUSTOMER.replace(
    " END", " WHEN 'region' THEN t.customer_id IN (SELECT o.region_id FROM seen.own_region AS o) END"
)
"""Of a form: regions have some, too."""
_VISIT = "t.visit_id IN (SELECT o.visit_id FROM seen.own_visit AS o)"
_VISIT_PLAN = "t.plan_id IN (SELECT o.plan_id FROM seen.own_visit_plan AS o)"
_TASK = "t.task_id IN (SELECT o.task_id FROM seen.own_task AS o)"
_REGION_IN_SIGHT = f"CASE WHEN {_REGION} THEN t.region_id END AS region_id"
_KNOWN_DEALER = (
    "SELECT o.dealer_id FROM seen.own_dealer AS o UNION SELECT t.dealer_id FROM stored.terminal AS t"
    f" WHERE {_SHOP} AND t.dealer_id IS NOT NULL"
)
_PLAN = "t.plan_id IN (SELECT o.plan_id FROM seen.own_plan AS o)"
_WHOLE_PLAN = "t.plan_id IN (SELECT o.plan_id FROM seen.whole_plan AS o)"
_OWN_VISIT_PLAN = f"SELECT t.plan_id FROM stored.visit_plan AS t WHERE {_PERSON}"
_OWN_CHANGE = f"SELECT t.change_id FROM stored.territory_move AS t WHERE {_SHOP}"
_MOVED = "t.change_id IN (SELECT o.change_id FROM seen.own_change AS o)"

CONDITIONS: dict[str, str] = {
    "app_user": NOTHING,
    "app_user_email": NOTHING,
    "audit_event": NOTHING,
    "audit_log": EVERYTHING,
    "company": EVERYTHING,
    "customer_form": _SUBJECT,
    "customer_form_history": _SUBJECT,
    "data_issue": NOTHING,
    "day_report": _PERSON,
    "dealer": "t.dealer_id IN (SELECT o.dealer_id FROM seen.known_dealer AS o)",
    "dealer_region": f"{_DEALER} AND {_REGION}",
    "dealer_sales": _DEALER,
    "employee": "t.employee_id IN (SELECT o.employee_id FROM seen.known_employee AS o)",
    "expense": _REGION,
    "expense_budget": _REGION,
    "form_draft": _SUBJECT,
    "form_event": _SUBJECT,
    "grade_judgement": _CUSTOMER,
    "grade_result": _CUSTOMER.replace(
        "t.customer_type", "(SELECT r.customer_type FROM stored.grade_run AS r WHERE r.run_id = t.run_id)"
    ),
    "grade_run": EVERYTHING,
    "grade_template": EVERYTHING,
    "import_batch": NOTHING,
    "import_run": NOTHING,
    "import_run_batch": NOTHING,
    "import_sheet": NOTHING,
    "inventory": _CUSTOMER,
    "market": EVERYTHING,
    "market_capacity": _REGION,
    "market_sales": _REGION,
    "meta": EVERYTHING,
    "plan_change": f"{_REGION} AND (t.employee_id IS NULL OR {_PERSON})",
    "plan_event": _PLAN,
    "plan_version": _PLAN,
    "product": EVERYTHING,
    "promotion": _REGION,
    "promotion_shop": _SHOP,
    "prospect_stage": _SHOP,
    "quarantine": NOTHING,
    "region": _REGION,
    "region_boundary": _REGION,
    "region_closure": f"{_REGION} AND t.ancestor_id IN (SELECT o.region_id FROM seen.own_region AS o)",
    "region_factor": _REGION,
    "relation": _CUSTOMER,
    "score_item": _SHOP,
    "setting": EVERYTHING,
    "target_cell": f"{_REGION} AND (t.employee_id IS NULL OR {_PERSON})",
    "target_plan": _PLAN,
    "task": _TASK,
    "task_event": _TASK,
    "terminal": _SHOP,
    "terminal_sales": _SHOP,
    "terminal_selection": _SHOP,
    "terminal_stand_in": _SHOP,
    "territory_change": _MOVED,
    "territory_move": _SHOP,
    "territory_plan": _VISIT_PLAN,
    "territory_visit": _SHOP,
    "time_log": _PERSON,
    "visit": _VISIT,
    "visit_check_in": _VISIT,
    "visit_group": _SHOP,
    # A day that is held fast as a whole has an empty shop.
    "visit_lock": f"(t.terminal_id = '' OR {_SHOP}) AND {_PERSON}",
    "visit_night": f"{_SHOP} AND {_PERSON}",
    "visit_office": _PERSON,
    "visit_photo": _VISIT,
    "visit_plan": _VISIT_PLAN,
    "visit_plan_stop": f"{_VISIT_PLAN} AND {_SHOP}",
    "visit_prospect": _SHOP,
    "visit_rule": _SHOP,
    "visit_shelf": _VISIT,
}
"""Of each stored table. A new one is invisible to whoever doesn't see everything until it stands here."""
REP_CONDITIONS: dict[str, str] = {
    **dict.fromkeys(("customer_form", "customer_form_history", "form_draft", "form_event"), _CUSTOMER),
    "expense": NOTHING,
    "expense_budget": NOTHING,
    "market_capacity": NOTHING,
    "market_sales": NOTHING,
    "plan_change": _PERSON,
    "promotion": NOTHING,
    "target_cell": _PERSON,
}
"""What is different for a rep: a share of own shops in the capacity of a whole county would mean nothing."""
CHANGE_CONDITIONS: dict[str, str] = dict.fromkeys(("plan_event", "plan_version", "target_plan"), _WHOLE_PLAN)
"""Where more is seen than may be changed: a plan that holds targets out of sight stays as it is."""
_PLAN_METHOD = (
    "base_end",
    "by_category",
    "ceiling",
    "depth",
    "k",
    "keep_checks",
    "level",
    "order",
    "own_company",
    "owner",
    "share",
    "template",
    "unit",
    "weights",
    "year",
)
"""Parameters of a plan that say how it was made; others name regions, amounts and reasons."""
REPLACED: dict[str, str] = {
    "dealer": (
        f"CASE WHEN {_DEALER} THEN t.credit_limit END AS credit_limit,"
        f" CASE WHEN {_DEALER} THEN t.payment_days END AS payment_days,"
        f" {_REGION_IN_SIGHT}"
    ),
    "employee": _REGION_IN_SIGHT,
    "region": (
        "CASE WHEN t.parent_id IN (SELECT o.region_id FROM seen.own_region AS o)"
        " THEN t.parent_id END AS parent_id"
    ),
    "plan_event": f"CASE WHEN {_WHOLE_PLAN} THEN t.reason END AS reason",
    "plan_version": (
        f"CASE WHEN {_WHOLE_PLAN} THEN t.top_target END AS top_target,"
        f" CASE WHEN {_WHOLE_PLAN} THEN t.note END AS note,"
        f" CASE WHEN {_WHOLE_PLAN} THEN t.fingerprint END AS fingerprint"
    ),
    "target_plan": (
        "(SELECT CAST(SUM(c.amount) AS DECIMAL(18, 2)) FROM seen.target_cell AS c"
        " WHERE c.plan_id = t.plan_id) AS top_target,"
        f" CASE WHEN {_WHOLE_PLAN} THEN t.parameters WHEN JSON_VALID(t.parameters) THEN"
        " (SELECT CAST(JSON_GROUP_OBJECT(e.key, e.value) AS VARCHAR) FROM JSON_EACH(t.parameters) AS e"
        f" WHERE e.key IN ({', '.join(map(literal, _PLAN_METHOD))})) END AS parameters"
    ),
}
"""Columns that would tell of what is not seen, and what stands for them."""
COLUMNS: dict[str, tuple[str, ...]] = {"audit_log": ("audit_id", "happened_at", "entity")}
"""The only columns that are seen of a table: which tables changed when keeps answers fresh, no more."""
RECORDS = frozenset(
    {
        "audit_event",
        "data_issue",
        "import_batch",
        "import_run",
        "import_run_batch",
        "import_sheet",
        "quarantine",
    }
)
"""Tables that every user adds to, whatever part of the market is seen."""
DERIVED_TABLES = (
    "customer_search",
    "derived_state",
    "region_month_figure",
    "region_month_sales",
    "region_outline",
)
"""Tables that are made from others: whoever sees a part has tables of that part."""


def sets(region_ids: tuple[str, ...] | None, employee_id: str | None) -> dict[str, str]:
    """Return the queries of the sets of ids that the conditions name, for an access.

    Parameters
    ----------
    region_ids
        Top regions; None for all.
    employee_id
        A rep; None where customers of everybody are seen.
    """
    cell = (CONDITIONS if employee_id is None else CONDITIONS | REP_CONDITIONS)["target_cell"]
    plans = "SELECT p.plan_id FROM stored.target_plan AS p WHERE"
    cells = "EXISTS (SELECT 1 FROM stored.target_cell AS t WHERE t.plan_id = p.plan_id"
    own_plans = {
        "own_plan": f"{plans} {cells} AND {cell}) OR NOT {cells})",
        "whole_plan": f"{plans} NOT {cells} AND ({cell}) IS NOT TRUE)",
    }
    below = "SELECT c.region_id FROM stored.region_closure AS c"
    if region_ids is not None:
        below += f" WHERE c.ancestor_id IN ({', '.join(map(literal, region_ids)) or 'NULL'})"
    if employee_id is not None:
        return _sets_of_rep(below, literal(employee_id)) | own_plans
    shops = f"SELECT t.terminal_id FROM stored.terminal AS t WHERE t.region_id IN ({below})"
    owners = f"SELECT t.employee_id FROM stored.terminal AS t WHERE {_SHOP} AND t.employee_id IS NOT NULL"
    own = "IN (SELECT o.region_id FROM seen.own_region AS o)"
    return {
        "own_region": below.replace("SELECT", "SELECT DISTINCT", 1),
        "own_terminal": shops,
        "own_dealer": (
            f"SELECT d.dealer_id FROM stored.dealer AS d WHERE d.region_id {own}"
            f" UNION SELECT r.dealer_id FROM stored.dealer_region AS r WHERE r.region_id {own}"
        ),
        "known_dealer": _KNOWN_DEALER,
        # Whoever has no region on record belongs to where the shops are.
        "own_employee": (
            f"SELECT e.employee_id FROM stored.employee AS e WHERE e.region_id {own}"
            f" OR (e.region_id IS NULL AND e.employee_id IN ({owners}))"
        ),
        "known_employee": f"SELECT o.employee_id FROM seen.own_employee AS o UNION {owners}",
        "own_visit": _visits(_SHOP),
        "own_visit_plan": _OWN_VISIT_PLAN,
        "own_task": (
            f"SELECT t.task_id FROM stored.task AS t WHERE CASE WHEN t.region_id IS NOT NULL THEN {_REGION}"
            f" WHEN t.customer_id IS NOT NULL THEN {_CUSTOMER}"
            " ELSE t.owner_id IN (SELECT o.employee_id FROM seen.own_employee AS o) END"
        ),
        "own_change": _OWN_CHANGE,
        **own_plans,
    }


def _sets_of_rep(below: str, me: str) -> dict[str, str]:
    shops = (
        "SELECT t.terminal_id FROM stored.terminal AS t"
        f" WHERE t.region_id IN ({below}) AND (t.employee_id = {me} OR t.terminal_id IN"
        f" (SELECT s.terminal_id FROM stored.terminal_stand_in AS s WHERE s.employee_id = {me}))"
    )
    return {
        "own_terminal": shops,
        "own_region": f"SELECT DISTINCT t.region_id FROM stored.terminal AS t WHERE {_SHOP}",
        "own_dealer": (
            "SELECT d.dealer_id FROM stored.dealer AS d"
            f" WHERE d.owner_employee_id = {me} OR d.backup_employee_id = {me}"
        ),
        "known_dealer": _KNOWN_DEALER,
        "own_employee": f"SELECT {me} AS employee_id",
        "known_employee": (
            f"SELECT {me} AS employee_id UNION SELECT e.manager_id FROM stored.employee AS e"
            f" WHERE e.employee_id = {me} AND e.manager_id IS NOT NULL"
        ),
        "own_visit": _visits(f"t.employee_id = {me} AND {_SHOP}"),
        "own_visit_plan": _OWN_VISIT_PLAN,
        # The words of a task name its customer, who may have gone to somebody else meanwhile.
        "own_task": (
            f"SELECT t.task_id FROM stored.task AS t WHERE t.owner_id = {me}"
            f" AND (t.customer_id IS NULL OR {_CUSTOMER})"
        ),
        "own_change": _OWN_CHANGE,
    }


def _visits(condition: str) -> str:
    """Return the visits of a condition; one that was begun with a check-in alone is among them."""
    return (
        f"SELECT t.visit_id FROM stored.visit AS t WHERE {condition}"
        f" UNION SELECT t.visit_id FROM stored.visit_check_in AS t WHERE {condition}"
    )
