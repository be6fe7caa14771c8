"""A signed workbook held against the store: whether it is what was approved, by whom and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import ImportRefusedError, InputError
from core.exchange.plans.reimport import Expected, identity, read_back
from core.i18n import _, ngettext
from core.store.plans.model import Plan, fingerprint
from core.store.plans.signature import Signature, signature_of
from core.store.plans.versions import load, load_cells

if TYPE_CHECKING:
    from pathlib import Path

    from core.store.database import Store


@dataclass(frozen=True)
class SignatureCheck:
    """What a workbook is worth.

    Parameters
    ----------
    signature
        What the store knows; None where the plan isn't approved.
    findings
        Everything in which the workbook is not what was approved, in sentences; empty where it is.
    """

    plan: Plan
    signature: Signature | None
    findings: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Who approved what, when, as the store knows it."""
        if self.signature is None:
            return _("Nobody has approved the plan {plan} here.", plan=self.plan.plan_id)
        return self.signature.sentence


def check_signature(store: Store, path: Path) -> SignatureCheck:
    """Hold a plan's workbook against what was approved.

    The figures of the detail sheet are compared cell by cell; the other sheets are formulas on them. What the
    cover says about names and times is not read: :attr:`SignatureCheck.sentence` says what is true.

    Raises
    ------
    ImportRefusedError
        It is no workbook of a plan, or its marks are damaged.
    InputError
        The store has no such plan, or whoever asks sees a part of it alone.
    """
    if store.access.is_restricted:
        raise InputError(_("Checking a signature needs sight of the whole plan; you see a part of it."))
    marks = identity(path)
    plan = load(store, marks["plan"])
    signature = signature_of(store, plan)
    if signature is None:
        return SignatureCheck(plan, None, (_("There is no signature to check it against."),))
    findings = _of_store(store, plan, signature)
    if marks["version"] != str(signature.version) or marks["fingerprint"] != signature.fingerprint:
        findings.append(
            _(
                "The workbook's version {version} isn't the one that was approved.",
                version=marks["version"],
            )
        )
    else:
        findings += _of_cells(store, path, plan, signature)
    if not marks.get("signature"):
        findings.append(_("The workbook was written before the plan was approved: it carries no signature."))
    elif marks["signature"] != signature.code:
        findings.append(
            _(
                "The workbook carries the code {code}, which is not that of the approval.",
                code=marks["signature"],
            )
        )
    return SignatureCheck(plan, signature, tuple(findings))


def _of_store(store: Store, plan: Plan, signature: Signature) -> list[str]:
    cells = load_cells(store, plan, version=signature.version)
    if fingerprint(plan, cells) == signature.fingerprint:
        return []
    return [_("The cells in the store are no longer those that were approved.")]


def _of_cells(store: Store, path: Path, plan: Plan, signature: Signature) -> list[str]:
    cells = load_cells(store, plan, version=signature.version)
    expected = Expected(plan.plan_id, signature.version, signature.fingerprint, plan.year, plan.unit, cells)
    try:
        returned = read_back(path, expected)
    except (ImportRefusedError, InputError) as error:
        return [str(error)]
    count = len(returned.changes) + len(returned.locked)
    if not count:
        return []
    return [
        ngettext(
            "{n} cell of the workbook isn't what was approved.",
            "{n} cells of the workbook aren't what was approved.",
            count,
        )
    ]
