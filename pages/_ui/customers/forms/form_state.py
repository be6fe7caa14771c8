"""What a form on the screen remembers between two runs: where it began, what is wrong, who was faster."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import streamlit as st

from core.customers.forms.validate import FormError
from core.errors import AppError
from core.i18n import _
from core.store.forms import forms as store_forms
from core.store.forms.drafts import Draft, drop_draft, load_draft, save_draft
from pages._ui import runtime
from pages._ui.customers import actor
from pages._ui.customers.forms.fields import raw_value, same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.customers.forms import Finding
    from core.store.database import Store
    from core.store.forms.forms import Record
    from core.store.forms.rows import FormKey
    from core.store.scope import Scope


class Keeper(Protocol):
    """Where records are kept: a module with the functions of :mod:`core.store.forms.forms`."""

    def load(self, store: Store, key: FormKey, *, scope: Scope = ...) -> Record | None:
        """Return a record."""

    def records(self, store: Store, key: FormKey, *, scope: Scope = ...) -> list[Record]:
        """Return all records of a customer."""

    def history(self, store: Store, key: FormKey, *, scope: Scope = ...) -> list[Record]:
        """Return the earlier versions of a record."""

    def save(
        self,
        store: Store,
        key: FormKey,
        payload: Mapping[str, object],
        *,
        expected_version: int,
        actor: str = ...,
        scope: Scope = ...,
        draft_owner: str | None = ...,
    ) -> Record:
        """Check a record and save it."""

    def remove(
        self, store: Store, key: FormKey, *, expected_version: int, actor: str = ..., scope: Scope = ...
    ) -> None:
        """Remove a record."""

    def restore(
        self, store: Store, key: FormKey, version: int, *, actor: str = ..., scope: Scope = ...
    ) -> Record:
        """Bring an earlier version back."""


@dataclass
class FormState:
    """One form on the screen.

    Parameters
    ----------
    start
        Raw values its widgets began with.
    saved
        Raw values of the record as saved, or of the defaults.
    base
        Version of the record the work began from, 0 for none.
    kept
        Unsaved work found at the start, until the user says what to do with it.
    live
        Whether this session typed what is kept.
    generation
        Counts fresh starts; part of the widgets' keys.
    kept_in
        Where its records are kept: :mod:`core.store.forms.forms` or another module with the same functions.
    """

    key: FormKey
    name: str
    scope: Scope
    start: dict[str, Any]
    saved: dict[str, Any]
    base: int
    kept: Draft | None = None
    live: bool = False
    generation: int = 0
    findings: tuple[Finding, ...] = ()
    conflict: store_forms.ConflictError | None = None
    error: AppError | None = None
    done: str = ""
    defaults: Mapping[str, object] = field(default_factory=dict)
    kept_in: Keeper = store_forms

    def widget_key(self, name: str) -> str:
        """Return the key of a field's widget."""
        return f"{self.name}.{self.generation}.{name}"

    def raw(self) -> dict[str, Any]:
        """Return what stands in the widgets now."""
        return {
            part.name: st.session_state.get(self.widget_key(part.name), self.start[part.name])
            for part in self.key.form.fields
        }

    @property
    def dirty(self) -> bool:
        """Whether something stands there that isn't saved."""
        now = self.raw()
        return any(not same(part, now[part.name], self.saved[part.name]) for part in self.key.form.fields)

    def typed(self) -> None:
        """Keep what stands in the widgets; called at each change."""
        self.live, self.findings, self.error = True, (), None
        if self.dirty:
            save_draft(runtime.store(), self.key, actor.draft_owner(), self.raw(), base_version=self.base)
        else:
            drop_draft(runtime.store(), self.key, actor.draft_owner())

    def save(self) -> None:
        """Check and save; what is wrong, or who was faster, is remembered for the screen."""
        self._save(self.raw(), self.base)

    def save_over(self, values: Mapping[str, object], version: int) -> None:
        """Save the outcome of a conflict on top of the version of the other."""
        self._save(values, version)

    def _save(self, values: Mapping[str, object], version: int) -> None:
        self.findings, self.error, self.conflict = (), None, None
        try:
            self.kept_in.save(
                runtime.store(),
                self.key,
                values,
                expected_version=version,
                actor=actor.current_actor(),
                scope=self.scope,
                draft_owner=actor.draft_owner(),
            )
        except FormError as wrong:
            self.findings = wrong.findings
        except store_forms.ConflictError as conflict:
            self.conflict = conflict
        except AppError as error:
            self.error = error
        else:
            self.done = _("Saved.")
            self.begin()

    def discard(self) -> None:
        """Throw away what isn't saved and show the record as it is."""
        drop_draft(runtime.store(), self.key, actor.draft_owner())
        self.begin()

    def take_up(self) -> None:
        """Go on with the unsaved work that was found."""
        draft = self.kept
        self.begin()
        if draft is not None:
            self._go_on(draft)

    def restore(self, version: int) -> None:
        """Make an earlier version the latest one."""
        try:
            self.kept_in.restore(
                runtime.store(), self.key, version, actor=actor.current_actor(), scope=self.scope
            )
        except AppError as error:
            self.error = error
        else:
            self.done = _("Brought back.")
            self.begin()

    def begin(self) -> None:
        """Start afresh from the record as it is saved."""
        record = self.kept_in.load(runtime.store(), self.key, scope=self.scope)
        payload = record.payload if record else self.defaults
        fields = self.key.form.fields
        self.saved = {part.name: raw_value(part, payload.get(part.name)) for part in fields}
        self.start = dict(self.saved)
        self.base = record.version if record else 0
        self.generation += 1
        self.kept, self.live, self.findings, self.conflict, self.error = None, False, (), None, None

    def _go_on(self, draft: Draft) -> None:
        fields = self.key.form.fields
        self.start = {part.name: raw_value(part, draft.payload.get(part.name)) for part in fields}
        self.base = draft.base_version
        self.live = True

    def look_for_draft(self) -> None:
        """Find what was kept: this session's own is taken up, another's is offered."""
        draft = load_draft(runtime.store(), self.key, actor.draft_owner())
        if draft is None:
            return
        if self.live:
            self._go_on(draft)
        else:
            self.kept = draft


def state_of(
    key: FormKey, name: str, defaults: Mapping[str, object], scope: Scope, kept_in: Keeper = store_forms
) -> FormState:
    """Return the state of a form on the screen, begun now where it wasn't there in the last run."""
    place = f"{name}.state"
    state: FormState | None = st.session_state.get(place)
    if state is None or state.key != key:
        state = FormState(key, name, scope, {}, {}, 0, defaults=dict(defaults), kept_in=kept_in)
        state.begin()
        state.look_for_draft()
        st.session_state[place] = state
        return state
    if state.conflict is not None:
        return state
    widgets_gone = state.widget_key(key.form.fields[0].name) not in st.session_state
    if widgets_gone:
        # The user was on another page: Streamlit forgets the widgets, the draft doesn't.
        live, done = state.live, state.done
        state.begin()
        state.live, state.done = live, done
        state.look_for_draft()
    elif not state.dirty:
        record = kept_in.load(runtime.store(), key, scope=scope)
        if (record.version if record else 0) != state.base:
            state.begin()
    return state
