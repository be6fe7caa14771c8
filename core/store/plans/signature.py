"""Who signed a plan: who submitted and who approved it, when, and the hash of the cells they saw."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.i18n import _
from core.store.plans.versions import versions
from core.store.plans.workflow import events

if TYPE_CHECKING:
    import pandas as pd

    from core.store.database import Store
    from core.store.plans.model import Plan


@dataclass(frozen=True)
class Signature:
    """The approval of a plan.

    Parameters
    ----------
    fingerprint
        Hash of the cells of the version that was approved, by :func:`core.store.plans.model.fingerprint`.
    submitted_by, submitted_at
        Who handed the plan in last.
    """

    plan_id: str
    version: int
    fingerprint: str
    submitted_by: str
    submitted_at: dt.datetime
    approved_by: str
    approved_at: dt.datetime

    @property
    def code(self) -> str:
        """A short text that changes when who, when, what or the cells do: compared by eye on paper."""
        times = [f"{moment:%Y-%m-%d %H:%M:%S}" for moment in (self.submitted_at, self.approved_at)]
        parts = (
            self.plan_id, str(self.version), self.fingerprint, self.submitted_by, self.approved_by, *times
        )  # fmt: skip
        text = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16].upper()
        return "-".join(text[place : place + 4] for place in range(0, 16, 4))

    @property
    def sentence(self) -> str:
        """Who approved what, when."""
        return _(
            "Version {version} of the plan {plan} was submitted by {planner} and approved by {approver}"
            " at {time}; code {code}.",
            version=self.version,
            plan=self.plan_id,
            planner=self.submitted_by,
            approver=self.approved_by,
            time=f"{self.approved_at:%Y-%m-%d %H:%M}",
            code=self.code,
        )


def signature_of(store: Store, plan: Plan) -> Signature | None:
    """Return the signature of a plan; None where nobody approved it here: it may have been imported."""
    log = events(store, plan.plan_id)
    approved = _latest(log, ("approved",))
    if approved is None or plan.status not in {"approved", "superseded"}:
        return None
    handed_in = _latest(log, ("submitted", "revised"))
    saved = versions(store, plan.plan_id).set_index("version")["fingerprint"]
    version = int(approved["version"])
    # Of a plan with targets out of sight the hash is out of sight as well.
    if handed_in is None or not isinstance(saved.get(version), str):
        return None
    return Signature(
        plan.plan_id,
        version,
        str(saved[version]),
        str(handed_in["actor"]),
        handed_in["happened_at"].to_pydatetime(),
        str(approved["actor"]),
        approved["happened_at"].to_pydatetime(),
    )


def _latest(log: pd.DataFrame, steps: tuple[str, ...]) -> pd.Series | None:
    """Return the latest of some steps; the log has the latest first."""
    found = log[log["to_status"].isin(steps)]
    return None if found.empty else found.iloc[0]
