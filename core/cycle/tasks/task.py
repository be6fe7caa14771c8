"""A task and the finding it comes from, checked when they are made."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.cycle.tasks.measures import MEASURES
from core.errors import InputError
from core.i18n import N_, _

FINDING_KINDS = {
    "win": N_("No.1 within reach"),
    "defend": N_("Lead that shrinks"),
    "cushion": N_("Cushion that shrinks"),
    "blank_shop": N_("Blank shop"),
    "shops": N_("List of shops"),
    "rival_move": N_("Rival's move"),
    "overdue_visit": N_("Overdue visit"),
    "unvisited": N_("Customers unvisited"),
    "plan_shortfall": N_("Behind the plan"),
    "variance": N_("Deviation from the plan"),
    "expense": N_("Expense out of line"),
    "negotiation": N_("Negotiation"),
    "subdivide": N_("Rival out of range"),
    "missing_data": N_("Missing data"),
    "region": N_("Region"),
    "customer": N_("Customer"),
    "day": N_("Daily report"),
    "meeting": N_("Meeting"),
    "follow_up": N_("Follow-up"),
    "manual": N_("Own idea"),
}
CUSTOMER_TYPES = ("terminal", "dealer")
MAX_TITLE, MAX_NOTE = 200, 2000


@dataclass(frozen=True)
class Finding:
    """What a task comes from.

    Parameters
    ----------
    kind
        A key of :data:`FINDING_KINDS`.
    key
        Tells it from others of its kind: the region, the shop. Two open tasks of one kind and key are twins.
    sentence
        What was seen, in the words it was shown in.
    page, query
        Address of the page that shows it, and its parameters.
    """

    kind: str
    key: str
    sentence: str
    page: str = ""
    query: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind not in FINDING_KINDS:
            raise InputError(
                _("“{kind}” is no kind of finding.", kind=self.kind),
                _("Kinds: {kinds}.", kinds=_(", ").join(FINDING_KINDS)),
            )


@dataclass(frozen=True)
class Goal:
    """How the data tell that a task is done.

    Parameters
    ----------
    measure
        A key of :data:`core.cycle.tasks.measures.MEASURES`.
    target
        The value to be reached, in yuan, as a share, a ratio or a count.
    baseline
        The value when the task was made; None where it isn't known.
    baseline_day
        Last day of the data that the task was made from: only what comes after it counts.
    parameters
        What else the measure is computed with: ``company``, ``months``, ``category``, ``k``, ``plan``, and
        ``shops``, ids of terminals with commas between them.
    """

    measure: str
    target: float
    baseline: float | None
    baseline_day: dt.date
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def shops(self) -> tuple[str, ...]:
        """Ids of the terminals of a list."""
        return tuple(filter(None, self.parameters.get("shops", "").split(",")))

    def __post_init__(self) -> None:
        if self.measure not in MEASURES:
            raise InputError(
                _("“{measure}” is no measure of a task.", measure=self.measure),
                _("Measures: {measures}.", measures=_(", ").join(MEASURES)),
            )
        if not math.isfinite(self.target):
            raise InputError(_("A measured task needs a target value."), _("Write a number."))
        if self.baseline is not None and not math.isfinite(self.baseline):
            object.__setattr__(self, "baseline", None)


@dataclass(frozen=True)
class Task:
    """What is to be done.

    Parameters
    ----------
    title
        What, in the words of whoever does it.
    customer_type, customer_id
        ``terminal`` or ``dealer`` and its id; None where it concerns no customer.
    owner_id
        ``employee_id`` of who does it; None while nobody is named.
    goal
        None where a manager signs that it is done.
    parent_id
        The task that this one follows.
    """

    title: str
    due: dt.date
    finding: Finding
    region_id: str | None = None
    customer_type: str | None = None
    customer_id: str | None = None
    owner_id: str | None = None
    goal: Goal | None = None
    note: str = ""
    parent_id: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", self.title.strip())
        object.__setattr__(self, "note", self.note.strip())
        if not self.title:
            raise InputError(_("A task needs a text."), _("Say in a few words what is to be done."))
        if len(self.title) > MAX_TITLE or len(self.note) > MAX_NOTE:
            raise InputError(
                _("The text of a task has at most {title} characters, its note {note}.", title=MAX_TITLE,
                  note=MAX_NOTE),
                _("Say it shorter."),
            )  # fmt: skip
        if (self.customer_type is None) != (self.customer_id is None):
            raise InputError(_("A customer is named by its type and its id together."))
        if self.customer_type is not None and self.customer_type not in CUSTOMER_TYPES:
            raise InputError(
                _("“{type}” is no type of customer.", type=self.customer_type),
                _("Types: {types}.", types=_(", ").join(CUSTOMER_TYPES)),
            )
        if self.goal is not None:
            self._check_subject(MEASURES[self.goal.measure].subject)

    def _check_subject(self, subject: str) -> None:
        missing = {
            "terminal": self.customer_type != "terminal",
            "customer": self.customer_id is None,
            "region": self.region_id is None,
            "shops": self.goal is not None and not self.goal.shops,
        }
        if missing[subject]:
            raise InputError(
                _("What the task is measured by belongs to a region, customer or list that it doesn't name."),
                _("Name it, or let a manager sign the task."),
            )
