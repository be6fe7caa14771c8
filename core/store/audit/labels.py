"""The words of the audit: what its codes are called."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from core.cycle.tasks.states import STATES
from core.i18n import N_, _
from core.store.approval import STATUSES
from core.store.audit.events import EventKind, Outcome
from core.store.preferences import BASEMAP_URL, CURRENCY, INCOMPLETE_BOOKS, MULTIPLE

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Mapping[str, str] = MappingProxyType(
    {
        EventKind.CHANGE: N_("Change"),
        EventKind.SIGN_IN: N_("Sign-in"),
        EventKind.REFUSAL: N_("Refusal"),
        EventKind.EXPORT: N_("File taken out"),
        EventKind.BACKUP: N_("Backup"),
    }
)
OUTCOMES: Mapping[str, str] = MappingProxyType(
    {Outcome.DONE: N_("done"), Outcome.REFUSED: N_("refused"), Outcome.FAILED: N_("failed")}
)
COLUMN_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "happened_at": N_("Time"),
        "actor": N_("Who"),
        "address": N_("From where"),
        "session": N_("Session"),
        "kind": N_("Kind"),
        "action": N_("Action taken"),
        "outcome": N_("How it ended"),
        "entity": N_("Object"),
        "entity_key": N_("Which"),
        "before": N_("Before"),
        "after": N_("After"),
    }
)
ACTIONS: Mapping[str, str] = MappingProxyType(
    {
        "apply_territories": N_("Put territories into force"),
        "archive": N_("Make an archive"),
        "backup": N_("Make a backup"),
        "change_all": N_("Change all customers of a list"),
        "clear_coordinates": N_("Clear old places of visits"),
        "clear_history": N_("Clear rows kept for undoing"),
        "day_report": N_("Hand in a daily report"),
        "discard": N_("Discard rows set aside"),
        "edit_budget": N_("Change a budget"),
        "edit_customers": N_("Change customers"),
        "erase_person": N_("Erase a person's data"),
        "export": N_("Take a file out"),
        "export_person": N_("Hand out a person's data"),
        "fix_coordinates": N_("Correct coordinates"),
        "form_approve": N_("Approve a form, or give feedback"),
        "form_move": N_("Move a form to another state"),
        "form_remove": N_("Remove a form"),
        "form_save": N_("Save a form"),
        "grade": N_("Keep a grading"),
        "import": N_("Import a file"),
        "judge": N_("Judge a customer"),
        "plan_approve": N_("Approve a target plan, or give feedback"),
        "plan_create": N_("Make a target plan"),
        "plan_move": N_("Move a target plan to another state"),
        "plan_save": N_("Save a target plan"),
        "prefer": N_("Change a setting"),
        "relation_remove": N_("Remove a relation"),
        "relation_save": N_("Save a relation"),
        "remove_backup": N_("Remove an old backup"),
        "restore": N_("Restore a backup"),
        "sample": N_("Make the demonstration region"),
        "save_grade_template": N_("Save a grading scale"),
        "score_sheet_remove": N_("Remove a score sheet"),
        "score_sheet_save": N_("Save a score sheet"),
        "see_as": N_("See the pages as another user"),
        "select_terminals": N_("Keep a selection of terminals"),
        "set_own_company": N_("Choose the own company"),
        "sign_in": N_("Sign in"),
        "sign_out": N_("Sign out"),
        "take_back_coordinates": N_("Take corrected coordinates back"),
        "task_create": N_("Make a task"),
        "task_edit": N_("Change a task"),
        "task_move": N_("Move a task to another state"),
        "task_sign": N_("Sign a task"),
        "task_undo_drop": N_("Take up a dropped task again"),
        "undo": N_("Take an import back"),
        "undo_change_all": N_("Take a change of many customers back"),
        "undo_territories": N_("Take territories back"),
        "user_add": N_("Add a user"),
        "user_bind": N_("Bind a user to a sign-in"),
        "user_change": N_("Change a user"),
        "user_import": N_("Import a list of users"),
        "visit_check_in": N_("Check in"),
        "visit_check_out": N_("Check out"),
        "visit_group": N_("Group shops for visits"),
        "visit_lock": N_("Lock visits"),
        "visit_night": N_("Change nights away"),
        "visit_office": N_("Change where days end"),
        "visit_photo": N_("Keep a photo"),
        "visit_plan": N_("Keep a visit plan"),
        "visit_prospect": N_("Change a prospect"),
        "visit_remove": N_("Remove a visit"),
        "visit_rule": N_("Change visit rules"),
        "visit_save": N_("Save a visit"),
    }
)
"""What each action is called; one that is missing here is shown by its code."""


ENTITIES: Mapping[str, str] = MappingProxyType(
    {
        "app_user": N_("User"),
        "customer_form": N_("Form"),
        "setting": N_("Setting"),
        "task": N_("Task"),
    }
)
"""What entries are about beside the tables that files are imported into."""


VALUES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "form_approve": STATUSES,
        "form_move": STATUSES,
        "import": {
            "append": N_("Add only"),
            "replace": N_("Replace the table"),
            "upsert": N_("Add and update"),
        },
        "plan_approve": STATUSES,
        "plan_move": STATUSES,
        "prefer": {
            BASEMAP_URL: N_("Address of the tiles"),
            CURRENCY: N_("Currency"),
            "four_eyes": N_("Four eyes"),
            MULTIPLE: N_("No.1 multiple"),
            "no": N_("no"),
            "travel_server": N_("Travel times"),
            "undo_days": N_("Days in which an import can be taken back"),
            "yes": N_("yes"),
        },
        "task_move": STATES,
        "task_sign": STATES,
    }
)
"""What codes are called among what was before, what is after and which one it was about, by action."""
_SAMPLE = re.compile(r"(\d+) terminals, seed (\d+)")


def value_label(action: str, text: str) -> str:
    """Return what a value of an entry is called; what is no code, such as a name, stays as it is."""
    made = _SAMPLE.fullmatch(text) if action == "sample" else None
    if made:
        return _("{n} terminals, seed {seed}", n=made[1], seed=made[2])
    if action == "prefer" and text.startswith(INCOMPLETE_BOOKS):
        return _("Books with gaps: {market}", market=text.removeprefix(INCOMPLETE_BOOKS))
    words = VALUES.get(action, {})
    return _(words[text]) if text in words else text


def kind_label(code: str) -> str:
    """Return what a kind of entry is called."""
    return _(KINDS.get(code, code))


def action_label(code: str) -> str:
    """Return what an action is called."""
    return _(ACTIONS.get(code, code))


def outcome_label(code: str) -> str:
    """Return what an outcome is called."""
    return _(OUTCOMES.get(code, code))
