"""A saved plan with everything its workbook says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.exchange.plans.model import PlanBook
from core.i18n import _
from core.reports.market.choices import level_label
from core.reports.market.market import market_report
from core.reports.plans.basis import Basis, market_request, plan_basis
from core.reports.plans.checks import review
from core.reports.plans.request import DIMENSIONS, FACTORS, TEMPLATES, PlanRequest
from core.store.approval import status_label
from core.store.plans import versions as plans
from core.store.plans.model import KEYS, Plan, fingerprint
from core.store.plans.signature import signature_of

if TYPE_CHECKING:
    from core.store.database import Store


def plan_book(
    store: Store, plan: Plan, *, cells: pd.DataFrame | None = None, basis: Basis | None = None
) -> PlanBook:
    """Return a saved plan ready to be written.

    Parameters
    ----------
    cells, basis
        Its cells and what it was computed from, where they were read already.
    """
    request = PlanRequest.from_parameters(plan.parameters)
    cells = plans.load_cells(store, plan) if cells is None else cells
    mark, signature = fingerprint(plan, cells), signature_of(store, plan)
    basis = basis or plan_basis(store, request)
    last = basis.leaves.set_index(KEYS)["last_year"].reindex(cells.index)
    ids = sorted(set(cells.index.get_level_values("region_id")))
    regions = pd.DataFrame(
        {
            "name": [basis.name(key) for key in ids],
            "parent": [basis.name(basis.parents[key]) if key in basis.parents else "" for key in ids],
        },
        index=pd.Index(ids, name="region_id"),
    )
    owners = sorted(set(cells.index.get_level_values("owner_id")))
    return PlanBook(
        plan.plan_id,
        plan.version,
        plan.name,
        mark,
        plan.unit,
        _about(plan, request, basis),
        cells.assign(last_year=last),
        regions,
        {key: basis.name(key) for key in owners} if plan.owner else {},
        _products(plan, basis),
        _number_one(store, request),
        review(plan, cells, basis).checks,
        # Whoever sees a part of the cells takes along a part of what was signed, which is not signed.
        signature if signature is not None and signature.fingerprint == mark else None,
    )


def _products(plan: Plan, basis: Basis) -> pd.DataFrame | None:
    """Return name and category of each product, if the plan goes down to products."""
    if not plan.by_product:
        return None
    table = basis.leaves[["item", "category"]].drop_duplicates("item").set_index("item")
    return table.assign(name=[basis.item(key) for key in table.index])


def _number_one(store: Store, request: PlanRequest) -> pd.DataFrame:
    table = market_report(store, market_request(request, "")).regions
    gap = table["gap"].clip(lower=0)
    return pd.DataFrame(
        {
            "region_id": table["region_id"],
            "own": table["own"],
            "rival": table["rival_name"],
            "rival_sales": table["rival_sales"],
            "needed": np.where(gap.notna(), table["own"].fillna(0.0) + gap, np.nan),
            "gap": gap,
        }
    )


def _about(plan: Plan, request: PlanRequest, basis: Basis) -> tuple[tuple[str, str], ...]:
    """Return what the cover says."""
    mixes = "\n".join(
        f"{_(DIMENSIONS[name])}: " + _(", ").join(f"{_(FACTORS[f])} {w:g}" for f, w in mix.items())
        for name, mix in request.factors.items()
    )
    return (
        (_("Plan ID"), plan.plan_id),
        (_("Version"), str(plan.version)),
        (_("Status"), status_label(plan.status)),
        (_("Year"), str(plan.year)),
        (_("Plan type"), _(TEMPLATES.get(plan.template, plan.template))),
        (_("Own company"), request.own_company),
        (_("Compared with"), f"{request.base.start:%Y-%m} – {request.base.end:%Y-%m}"),
        (_("Region level"), level_label(request.level)),
        (_("Order of the breakdown"), " → ".join(_(DIMENSIONS[name]) for name in request.order)),
        (_("Weights"), mixes),
        (_("Rounded to (yuan)"), request.unit),
        (_("Number of regions"), str(basis.regions.index.get_level_values("region_id").nunique())),
    )
