"""Rights, the roles that carry them, and the right that each change of the store needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from core.i18n import N_


class Right(StrEnum):
    """What somebody may do; its value is how it is written in files and logs."""

    VIEW = "view"
    EXPORT = "export"
    FILL_FORMS = "fill_forms"
    EDIT_CUSTOMERS = "edit_customers"
    EDIT_VISITS = "edit_visits"
    EDIT_TASKS = "edit_tasks"
    SIGN_TASKS = "sign_tasks"
    EDIT_TERRITORIES = "edit_territories"
    PLAN_TARGETS = "plan_targets"
    SET_RULES = "set_rules"
    APPROVE = "approve"
    IMPORT = "import"
    ADMINISTER = "administer"


RIGHT_NAMES: Mapping[Right, str] = MappingProxyType(
    {
        Right.VIEW: N_("see figures, customers and plans"),
        Right.EXPORT: N_("take files out"),
        Right.FILL_FORMS: N_("fill in forms about customers"),
        Right.EDIT_CUSTOMERS: N_("change, judge and grade customers"),
        Right.EDIT_VISITS: N_("plan and record visits"),
        Right.EDIT_TASKS: N_("make and move tasks"),
        Right.SIGN_TASKS: N_("sign that tasks are done"),
        Right.EDIT_TERRITORIES: N_("change who serves which shops"),
        Right.PLAN_TARGETS: N_("plan targets and budgets"),
        Right.SET_RULES: N_("set the scales that customers are graded by"),
        Right.APPROVE: N_("approve plans and strategy cards, or give feedback"),
        Right.IMPORT: N_("import files and take imports back"),
        Right.ADMINISTER: N_("keep users, settings, backup and audit"),
    }
)
"""What each right allows, to be translated: ``_(RIGHT_NAMES[right])``."""


@dataclass(frozen=True)
class Role:
    """A set of rights with a name.

    Parameters
    ----------
    code
        How it is written in files, commands and the store.
    name, about
        What it is called, and for whom it is, to be translated.
    rights
        What it carries.
    """

    code: str
    name: str
    about: str
    rights: frozenset[Right]

    @property
    def is_of_whole_market(self) -> bool:
        """Whether everything it is for concerns the whole market."""
        own = self.rights - _SEEN
        return bool(own) and own <= WHOLE_MARKET


REP = "rep"
"""The role of those who see their own customers and visits only."""
MANAGER = "manager"
"""The role that is always bound to regions."""
ADMIN = "admin"
"""The role without which nobody could let anybody in."""

_SEEN = {Right.VIEW, Right.EXPORT}
_ROLES = (
    Role("viewer", N_("Viewer"), N_("looks, changes nothing"), frozenset(_SEEN)),
    Role(
        REP,
        N_("Sales rep"),
        N_("own customers and visits only"),
        frozenset({Right.VIEW, Right.FILL_FORMS, Right.EDIT_VISITS, Right.EDIT_TASKS}),
    ),
    Role(
        MANAGER,
        N_("Regional manager"),
        N_("customers, visits and tasks of the own regions"),
        frozenset(
            _SEEN
            | {Right.FILL_FORMS, Right.EDIT_CUSTOMERS, Right.EDIT_VISITS}
            | {Right.EDIT_TASKS, Right.SIGN_TASKS, Right.EDIT_TERRITORIES}
        ),
    ),
    Role(
        "planner",
        N_("Target planner"),
        N_("targets, budgets, territories and scales"),
        frozenset(_SEEN | {Right.PLAN_TARGETS, Right.EDIT_TERRITORIES, Right.SET_RULES}),
    ),
    Role(
        "approver",
        N_("Approver"),
        N_("the sales director: approves plans, signs tasks"),
        frozenset(_SEEN | {Right.APPROVE, Right.EDIT_TASKS, Right.SIGN_TASKS}),
    ),
    Role(
        "steward", N_("Data steward"), N_("files, and what came of them"), frozenset(_SEEN | {Right.IMPORT})
    ),
    Role(
        ADMIN,
        N_("Administrator"),
        N_("users, settings, backup and audit; no plans, no customers"),
        frozenset(_SEEN | {Right.ADMINISTER}),
    ),
)
ROLES: Mapping[str, Role] = MappingProxyType({role.code: role for role in _ROLES})
"""All roles by code, in the order they are shown; the page of users and docs/security.md are made of it."""

_ACTIONS: dict[Right, str] = {
    Right.VIEW: "select_terminals user_bind",
    Right.FILL_FORMS: (
        "form_save form_remove form_move relation_save relation_remove score_sheet_save score_sheet_remove"
    ),
    Right.EDIT_CUSTOMERS: (
        "edit_customers change_all undo_change_all fix_coordinates take_back_coordinates"
        " judge grade visit_rule"
    ),
    Right.EDIT_VISITS: (
        "visit_check_in visit_check_out visit_save visit_remove visit_photo day_report"
        " visit_plan visit_group visit_lock visit_night visit_office visit_prospect"
    ),
    Right.EDIT_TASKS: "task_create task_edit task_move task_undo_drop",
    Right.SIGN_TASKS: "task_sign",
    Right.EDIT_TERRITORIES: "apply_territories undo_territories",
    Right.PLAN_TARGETS: "plan_create plan_save plan_move edit_budget",
    Right.APPROVE: "plan_approve form_approve",
    Right.SET_RULES: "save_grade_template",
    Right.IMPORT: "import undo discard clear_history",
    Right.ADMINISTER: (
        "prefer set_own_company sample user_add user_change user_import see_as erase_person clear_coordinates"
    ),
}
RIGHT_OF_ACTION: Mapping[str, Right] = MappingProxyType(
    {action: right for right, actions in _ACTIONS.items() for action in actions.split()}
)
"""The right that a change needs, by the name the audit log has for it; what is not here is refused."""
WHOLE_MARKET = frozenset({Right.IMPORT, Right.SET_RULES, Right.ADMINISTER})
"""What concerns the whole market: whoever sees a part of it can't do it, with whatever right."""
