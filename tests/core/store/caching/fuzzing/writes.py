"""Every kind of write a user makes, each with something drawn by chance."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.customers.accounts.score_sheet import ITEMS, Template
from core.customers.forms import form
from core.customers.forms.relationship import RELATION
from core.customers.forms.terminals import sheet_form
from core.customers.grading.default_scale import default_template
from core.exchange.canonical.importing import load
from core.exchange.flow import FileAnswers, Known, load_file, open_file, prepare
from core.reports.customers.grading import GradingRequest, grading_report, keep
from core.reports.customers.table import CustomerRequest
from core.store import approval
from core.store.customers import grading
from core.store.customers.bulk_edit import FieldChange, change_all
from core.store.customers.bulk_undo import last_made
from core.store.customers.bulk_undo import undo as undo_bulk
from core.store.customers.edit import Change, edit
from core.store.forms import drafts, forms, relations, score_sheets
from core.store.forms.rows import FormKey
from core.store.loading import batches, quarantine, retention
from core.store.market.own_company import set_own_company
from core.store.plans import versions, workflow
from core.store.plans.model import KEYS, Plan
from core.store.preferences import prefer
from core.store.terminals import coordinate_fixes, selections
from core.store.territories import changes, shops
from core.store.territories.undo import undo as undo_territories
from core.store.visits import constraints, plans

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from core.store.database import Store

MONTHS = pd.to_datetime(["2027-01-01", "2027-02-01"]).astype("datetime64[us]")
START, END = dt.date(2026, 1, 1), dt.date(2026, 10, 1)


@dataclass
class Writer:
    """Writes to a store.

    Parameters
    ----------
    store
        Another one after an exchange of files.
    random
        Draws what is written.
    folder
        Where files to be imported are made.
    """

    store: Store
    random: Random
    folder: Path

    def kinds(self) -> dict[str, Callable[[], Any]]:
        """Return the writes that go to an open store, by name; each may refuse in words."""
        names = [name for name in dir(self) if name.startswith("do_")]
        return {name.removeprefix("do_").replace("_", " "): getattr(self, name) for name in names}

    def ids(self, table: str, column: str = "") -> list[Any]:
        """Return the keys of a table."""
        name = column or f"{table}_id"
        rows = self.store.fetch(f"SELECT DISTINCT t.{name} AS v FROM {table} AS t ORDER BY 1")
        return [value for value in rows["v"].to_pylist() if value is not None]

    def pick(self, table: str, column: str = "") -> Any:
        """Return one key of a table."""
        return self.random.choice(self.ids(table, column))

    def value(self, text: str) -> Any:
        """Return the first value of a query's column v; None where there is none."""
        rows = self.store.fetch(text)["v"].to_pylist()
        return rows[0] if rows else None

    def do_form(self) -> None:
        """Save a contact of a dealer."""
        key = FormKey(form("contacts"), "dealer", self.pick("dealer"))
        values = {"name": f"王{self.random.randrange(99)}", "function": "purchasing"}
        forms.save(self.store, key, values, expected_version=0)

    def do_form_removed(self) -> None:
        """Remove a contact."""
        contacts = form("contacts")
        for dealer in self.ids("dealer"):
            rows = forms.records(self.store, FormKey(contacts, "dealer", dealer))
            if rows:
                row = self.random.choice(rows)
                key = FormKey(contacts, "dealer", dealer, row.record_id)
                forms.remove(self.store, key, expected_version=row.version)
                return

    def do_draft(self) -> None:
        """Keep what was typed and not saved."""
        key = FormKey(form("contacts"), "dealer", self.pick("dealer"))
        drafts.save_draft(self.store, key, "me", {"name": str(self.random.random())}, base_version=0)

    def do_relation(self) -> None:
        """Say how close a shop is."""
        values = {
            "month": f"2026-{self.random.randrange(1, 11):02}",
            "state": self.random.choice(["loose", "close"]),
            "level": "adviser",
        }
        key = FormKey(RELATION, "terminal", self.pick("terminal"))
        relations.save(self.store, key, values, expected_version=0)

    def do_score_sheet(self) -> None:
        """Fill in a score sheet."""
        rep = self.pick("employee")
        own = sheet_form(Template("rep", ITEMS, dict.fromkeys(ITEMS, 10.0)), {rep: "x"})
        values = {
            "employee_id": rep,
            "assessed_on": f"2026-10-{self.random.randrange(1, 28):02}",
            "score_1": str(self.random.randrange(1, 10)),
        }
        score_sheets.save(
            self.store, FormKey(own, "terminal", self.pick("terminal")), values, expected_version=0
        )

    def do_edit(self) -> None:
        """Change one field of a shop."""
        shop = self.pick("terminal")
        before = self.value(f"SELECT t.outlet_type AS v FROM terminal AS t WHERE t.terminal_id = '{shop}'")
        edit(self.store, "terminal", [Change(shop, "outlet_type", before, self.random.choice("xyz"))])

    def do_bulk_edit(self) -> None:
        """Change a field of all dealers."""
        level = self.random.choice(["first", "second"])
        count = self.value(f"SELECT COUNT(*) AS v FROM dealer AS d WHERE d.level IS DISTINCT FROM '{level}'")
        change_all(self.store, FieldChange("dealer", "level", level), expected=count)

    def do_bulk_undo(self) -> None:
        """Take the last change of all dealers back."""
        made = last_made(self.store, "dealer")
        if made is not None:
            undo_bulk(self.store, made.audit_id)

    def do_scale(self) -> None:
        """Save a scale of grades."""
        grading.save_template(self.store, grading.template(self.store, "me"), default_template(), actor="me")

    def do_judgement(self) -> None:
        """Judge a dealer."""
        grading.judge(self.store, "dealer", [(self.pick("dealer"), "will", self.random.randrange(1, 5))])

    def do_grade_run(self) -> None:
        """Keep the grades of all shops."""
        own = self.value("SELECT c.company_id AS v FROM company AS c WHERE c.is_self")
        shops_ = CustomerRequest(own, START, END, "terminal")
        keep(self.store, grading_report(self.store, GradingRequest(shops_)))

    def do_preference(self) -> None:
        """Change a setting."""
        prefer(self.store, "something", str(self.random.randrange(9)))

    def do_own_company(self) -> None:
        """Say which company is one's own."""
        set_own_company(self.store, self.pick("company"))

    def do_import_of_sales(self) -> None:
        """Import sales of shops."""
        shops_ = self.random.sample(self.ids("terminal"), 5)
        own = self.pick("company")
        rows = {
            "month": [dt.date(2026, self.random.randrange(1, 11), 1) for _shop in shops_],
            "terminal_id": shops_,
            "company_id": [own] * 5,
            "amount": [float(self.random.randrange(1, 9_999)) for _shop in shops_],
        }
        load(self.store, {"terminal_sales": pd.DataFrame(rows)})

    def do_import_of_visits(self) -> None:
        """Import a visit."""
        shop = self.pick("terminal")
        rows = {
            "visit_id": [f"F{self.random.randrange(10**9)}"],
            "terminal_id": [shop],
            "employee_id": [self.pick("employee")],
            "start_at": [dt.datetime(2026, 10, self.random.randrange(1, 28), 9)],
        }
        load(self.store, {"visit": pd.DataFrame(rows)})

    def do_import_of_a_file(self) -> None:
        """Import products from a file in the form of the template."""
        path = self.folder / "product.csv"
        rows = [f"F{n},Tea {self.random.randrange(99)}" for n in range(self.random.randrange(1, 5))]
        path.write_text("\n".join(["product_id,name", *rows]), "utf-8")
        load(self.store, [path])

    def do_import_of_capacity(self) -> None:
        """Import the capacity of a region."""
        region = self.value(
            "SELECT c.region_id AS v FROM market_capacity AS c ORDER BY HASH(c.region_id)"
            f" LIMIT 1 OFFSET {self.random.randrange(5)}"
        )
        rows = {
            "month": [dt.date(2026, self.random.randrange(1, 11), 1)],
            "region_id": [region],
            "amount": [float(self.random.randrange(10**6, 10**7))],
        }
        load(self.store, {"market_capacity": pd.DataFrame(rows)})

    def do_guided_import(self) -> None:
        """Import products from any file; wrong rows are set aside."""
        path = self.folder / f"产品{self.random.randrange(10**6)}.csv"
        good = [f"G{self.random.randrange(500)},茶{n},{n + 1}" for n in range(3)]
        path.write_text(
            "\n".join(["产品编号,产品名称,箱规", *good, "G900,坏,不知道", ",没有编号,3"]), "utf-8"
        )
        known, answers = Known(self.store), FileAnswers()
        flow = open_file(path, known)
        for _round in range(5):
            if not flow.questions:
                break
            for question in flow.questions:
                choices = [question.proposed, *reversed(question.choices)]
                answers = question.answered(answers, next(choice for choice in choices if choice))
            flow = open_file(path, known, answers, before=flow)
        load_file(prepare(flow, known), known)

    def do_give_up_rows_set_aside(self) -> None:
        """Give up rows that were set aside."""
        items = quarantine.items(self.store)["item_id"].to_pylist()
        if items:
            quarantine.discard(self.store, items[:2], "not needed")

    def do_undo_of_an_import(self) -> None:
        """Take the last import back."""
        loaded = batches.list_batches(self.store).to_pylist()
        standing = [row["batch_id"] for row in loaded if row["status"] == "loaded"]
        if standing:
            batches.undo(self.store, [standing[0]])

    def do_clearing(self) -> None:
        """Clear the history of imports."""
        retention.clear_history(self.store, 0, dt.date(2100, 1, 1))

    def do_plan(self) -> None:
        """Make a plan of targets."""
        index = pd.MultiIndex.from_product([["tea"], self.ids("region")[:2], [""], MONTHS], names=KEYS)
        cells = pd.DataFrame({"count": [10, 20, 30, 40], "locked": False}, index=index)
        parameters = {"unit": "100", "owner": "employee"}
        versions.create(self.store, Plan("", "Plan", 2027, parameters=parameters), cells)

    def do_plan_edited(self) -> None:
        """Change a cell of a plan."""
        for plan in versions.list_plans(self.store):
            if plan.editable:
                cells = versions.load_cells(self.store, plan).copy()
                cells.iloc[0, 0] = self.random.randrange(1, 500)
                versions.save(self.store, plan, cells)
                return

    def do_plan_moved(self) -> None:
        """Move a plan to another state."""
        plans_ = [plan for plan in versions.list_plans(self.store) if approval.TRANSITIONS.get(plan.status)]
        if plans_:
            plan = self.random.choice(plans_)
            to = self.random.choice(approval.TRANSITIONS[plan.status])
            workflow.move(self.store, plan, to, reason="because")

    def do_territories(self) -> None:
        """Give shops to other reps."""
        shops_ = self.random.sample(self.ids("terminal"), 3)
        owners = "SELECT t.terminal_id AS id, t.employee_id AS rep FROM terminal AS t"
        rows = self.store.fetch(
            f"{owners} WHERE list_contains($ids, t.terminal_id)", {"ids": shops_}
        ).to_pylist()
        reps = self.ids("terminal", "employee_id")
        moves = pd.DataFrame(
            [(row["id"], row["rep"], self.random.choice(reps), '{"reason": "x"}') for row in rows],
            columns=["terminal_id", "before", "after", "record"],
        )
        visits = pd.DataFrame({"plan_id": [], "terminal_id": [], "day": []})
        changes.apply(self.store, changes.TerritoryChange("spring", dt.date(2026, 1, 10), moves, visits))

    def do_territories_undone(self) -> None:
        """Take a change of territories back."""
        standing = shops.changes(self.store)
        standing = standing[standing["undone_at"].isna()]
        if len(standing):
            undo_territories(self.store, str(standing["change_id"].iloc[0]))

    def do_places(self) -> None:
        """Correct the place of a shop."""
        row = (self.pick("terminal"), 30 + self.random.random(), 114 + self.random.random(), "WGS-84")
        places = pd.DataFrame([row], columns=list(coordinate_fixes.COLUMNS))
        coordinate_fixes.fix_places(self.store, places)

    def do_places_taken_back(self) -> None:
        """Take a correction of places back."""
        made = coordinate_fixes.fixes(self.store)
        made = made[~made["taken_back"].astype(bool)]
        if len(made):
            coordinate_fixes.take_back(self.store, int(made["audit_id"].iloc[0]))

    def do_selection(self) -> None:
        """Save a selection of shops."""
        selections.save_selection(self.store, "mine", self.random.sample(self.ids("terminal"), 4))

    def do_visit_rule(self) -> None:
        """Say how a shop is visited."""
        row = dict.fromkeys(plans.RULE_COLUMNS) | {
            "terminal_id": self.pick("terminal"),
            "minutes": float(self.random.randrange(5, 60)),
        }
        plans.save_rules(self.store, pd.DataFrame([row]))

    def do_visit_night(self) -> None:
        """Have a night spent near a shop, and days end at an office."""
        shop, day = self.pick("terminal"), dt.date(2026, 11, self.random.randrange(1, 28))
        constraints.save_night(self.store, self.pick("employee"), day, shop)
        constraints.save_office(self.store, self.pick("employee"), (30.5, 114.0 + self.random.random()))

    def do_visit_group(self) -> None:
        """Keep two shops together."""
        constraints.save_group(self.store, self.random.sample(self.ids("terminal"), 2))

    def do_visit_plan(self) -> None:
        """Save a plan of visits."""
        shop = self.pick("terminal")
        stops = pd.DataFrame(
            [(dt.date(2026, 11, 2), 1, shop, 540.0, 30.0, 10.0, 3.0)],
            columns=["day", "position", "terminal_id", "begins", "minutes", "travel_minutes", "km"],
        )
        rep = self.pick("terminal", "employee_id")
        plans.save_plan(self.store, plans.PlanHeader(rep, dt.date(2026, 11, 2), 4, 10.0, 3.0, "f"), stops)
