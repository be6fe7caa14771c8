"""Every kind of change somebody who sees a part makes: of what is in sight, and of what is not."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd
from PIL import Image

from core.access import User
from core.customers.forms.strategy import STRATEGY_CARD
from core.cycle.day.entry import CheckIn, VisitEntry
from core.cycle.tasks.states import TRANSITIONS
from core.cycle.tasks.task import Finding, Task
from core.store import approval
from core.store.access import users
from core.store.backup import backup
from core.store.cycle.budgets import BudgetEdit, save_budgets
from core.store.cycle.day.photos import add_photo, read_photo
from core.store.cycle.day.reports import DayEntry, hand_in
from core.store.cycle.day.visits import check_in, save_visit
from core.store.cycle.tasks import moves
from core.store.cycle.tasks import records as tasks
from core.store.cycle.tasks.records import create
from core.store.forms import approval as forms_approval
from core.store.forms import forms
from core.store.forms.rows import FormKey
from core.store.territories import changes
from core.store.visits import constraints, prospects
from tests.core.access.borders.world import hidden_keys
from tests.core.store.caching.fuzzing.writes import Writer

if TYPE_CHECKING:
    from random import Random

    from core.store.cycle.tasks.rows import TaskRecord
    from core.store.database import Store

MORNING = dt.datetime(2026, 10, 28, 9)


def a_photo(random: Random) -> bytes:
    """Return a photo of some colour."""
    place = io.BytesIO()
    Image.new("RGB", (8, 8), tuple(random.randbytes(3))).save(place, "PNG")
    return place.getvalue()


class PartWriter(Writer):
    """Writes as somebody who sees a part, of what is in it."""

    @property
    def source(self) -> Store:
        """Where what is to be moved is read: as a link of a colleague, or an older page, has it."""
        return self.store

    def rep_of(self, shop: str) -> str:
        """Return the rep who writes, else who serves a shop, or somebody where nobody does."""
        if self.store.access.employee_id is not None:
            return self.store.access.employee_id
        found = self.value(f"SELECT t.employee_id AS v FROM terminal AS t WHERE t.terminal_id = '{shop}'")
        return str(found or self.pick("employee"))

    def do_check_in(self) -> None:
        """Arrive at a shop."""
        shop = self.pick("terminal")
        arrival = CheckIn(f"V{self.random.randrange(10**9)}", self.rep_of(shop), shop, MORNING)
        check_in(self.store, arrival, actor="me")

    def do_visit(self) -> None:
        """Save a visit with its review."""
        shop = self.pick("terminal")
        arrival = CheckIn(f"V{self.random.randrange(10**9)}", self.rep_of(shop), shop, MORNING)
        review = {"next_on": "2026-11-20", "next_content": "x"}
        entry = VisitEntry(arrival, MORNING + dt.timedelta(minutes=20), "order", "done", review)
        save_visit(self.store, entry, expected_version=0, actor="me")

    def do_day(self) -> None:
        """Hand a day in."""
        day = dt.date(2019, 10, self.random.randrange(1, 28))
        entry = DayEntry(
            self.rep_of(self.pick("terminal")), day, {"selling": 300}, f"remark {self.random.random()}"
        )
        hand_in(self.store, entry, expected_version=0, actor="me")

    def do_task(self) -> None:
        """Make a task about a shop."""
        shop = self.pick("terminal")
        create(
            self.store,
            Task(
                "Call",
                dt.date(2026, 12, 1),
                Finding("manual", "", ""),
                customer_type="terminal",
                customer_id=shop,
                owner_id=self.rep_of(shop),
            ),
        )

    def do_task_moved(self) -> None:
        """Move a task to another state, or say what else is to be done."""
        record = self._task()
        to = self.random.choice(TRANSITIONS[record.state] or ("open",))
        if self.random.random() < 0.5 and record.state != "dropped":
            tasks.edit(self.store, record, replace(record.task, note=f"x{self.random.random()}"))
        elif to == "signed":
            moves.sign(self.store, record, "somebody", reason="seen")
        elif record.state == "dropped":
            moves.undo_drop(self.store, record)
        else:
            moves.move(self.store, record, to, reason="because")

    def _task(self) -> TaskRecord:
        while True:
            record = tasks.load(self.source, self.pick("task"))
            assert record is not None
            # A signed one is refused for what it is, whoever asks, and that is no want of a right.
            if record.state != "signed":
                return record

    def do_card_judged(self) -> None:
        """Approve a strategy card, or hand it on."""
        cards = forms_approval.statuses(self.source, STRATEGY_CARD)
        places = set(self.ids("region")) & set(cards.index.get_level_values("customer_id"))
        _kind, region, record_id = self.random.choice([row for row in cards.index if row[1] in places])
        key = FormKey(STRATEGY_CARD, "region", region, record_id)
        record = forms.load(self.source, key)
        assert record is not None
        to = self.random.choice(approval.TRANSITIONS[cards["region", region, record_id]] or ("approved",))
        forms_approval.move(self.store, key, to, expected_version=record.version, reason="because")

    def do_photo(self) -> None:
        """Add a photo to a visit."""
        add_photo(self.store, self.pick("visit"), read_photo(a_photo(self.random)), actor="me")

    def do_user(self) -> None:
        """Let somebody in."""
        name = f"new{self.random.randrange(10**9)}"
        users.add(self.store, User("", f"{name}@example.com", name, ("admin",)))

    def do_copy(self) -> None:
        """Copy the store."""
        backup(self.store, self.folder / f"copy{self.random.randrange(10**9)}.duckdb").unlink()

    def do_budget(self) -> None:
        """Fill in the budget of a region."""
        month = dt.date(2030, self.random.randrange(1, 12), 1)
        save_budgets(self.store, [BudgetEdit(month, self.pick("region"), "display", None, Decimal(7))])

    def do_prospect(self) -> None:
        """Say how far a prospect is."""
        row = dict.fromkeys(prospects.PROSPECT_COLUMNS) | {"terminal_id": self.pick("terminal")}
        prospects.save_prospects(self.store, pd.DataFrame([row | {"no_go": False, "version": 0}]))

    def do_visit_lock(self) -> None:
        """Hold a visit fast."""
        shop = self.pick("terminal")
        constraints.lock(self.store, self.rep_of(shop), [(shop, dt.date(2026, 11, 3))])

    def do_visit_night(self) -> None:
        """Have a night spent near a shop."""
        shop = self.pick("terminal")
        constraints.save_night(self.store, self.rep_of(shop), dt.date(2026, 11, 5), shop)

    def do_office(self) -> None:
        """Have the days of a rep end at an office."""
        constraints.save_office(self.store, self.rep_of(self.pick("terminal")), (30.5, 114.3))

    def do_day_lock(self) -> None:
        """Hold a whole day fast."""
        days = [(constraints.WHOLE_DAY, dt.date(2026, 11, self.random.randrange(4, 28)))]
        constraints.lock(self.store, self.rep_of(self.pick("terminal")), days)


class ForeignWriter(PartWriter):
    """Writes as somebody who sees a part, with keys that stand in no row of it."""

    everything: Store

    @property
    def source(self) -> Store:
        """The whole store."""
        return self.everything

    def rep_of(self, shop: str) -> str:
        """Return somebody who is out of sight."""
        del shop
        return str(self.pick("employee"))

    def ids(self, table: str, column: str = "") -> list[Any]:
        """Return the keys that are out of sight; all of them where none is."""
        name = column or f"{table}_id"
        return hidden_keys(self.everything, self.store, table, name) or Writer.ids(self, table, column)

    def do_territories(self) -> None:
        """Give somebody a shop that is out of sight."""
        shop, rep = self.pick("terminal"), self.pick("terminal", "employee_id")
        text = "SELECT t.employee_id AS v FROM terminal AS t WHERE t.terminal_id = $shop"
        owner = self.everything.fetch(text, {"shop": shop})["v"][0].as_py()
        moves = pd.DataFrame([(shop, owner, rep, None)], columns=["terminal_id", "before", "after", "record"])
        visits = pd.DataFrame({"plan_id": [], "terminal_id": [], "day": []})
        step = changes.TerritoryChange("spring", dt.date(2026, 1, 10), moves, visits)
        changes.apply(self.store, step)
