"""The curve from today's territories to balanced ones, and what a million units are made of."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import InputError
from core.territories import NOBODY, Upheaval, solve, trade_off
from core.territories import solver as solver_module
from core.territories.coarse import coarsen
from core.territories.graph import Graph
from tests.core.territories import world


def lopsided():
    """Return a grid of 8 × 12 units of which 24 belong to territory 0 and 72 to territory 1."""
    return world.grid(8, 12), np.where(np.arange(96) % 12 < 3, 0, 1)


def test_the_curve_leads_from_today_to_balance():
    """More changes never mean a worse balance; the first proposal is today, the last is balanced."""
    units, today = lopsided()
    asked = world.request(units, 2, 0.05, upheaval=Upheaval(today))
    proposals = trade_off(asked, iterations=100_000)
    moved = [len(proposal.changes()) for proposal in proposals]
    spread = [proposal.spread("workload") for proposal in proposals]
    # 48 ± 5 % is at least 46: 22 units have to move.
    assert moved[0] == 0
    assert moved[-1] == 22
    assert len(proposals) == 5
    assert moved == sorted(moved)
    assert spread == sorted(spread, reverse=True)
    assert world.in_bounds(asked, proposals[-1].territory)


def test_balanced_territories_need_no_curve():
    """Where nothing needs to change there is one proposal, today."""
    units = world.grid(4, 4)
    today = np.where(np.arange(16) % 4 < 2, 0, 1)
    assert len(trade_off(world.request(units, 2, upheaval=Upheaval(today)), iterations=20_000)) == 1


def test_the_curve_needs_owners():
    """Without today's territories, or with units of nobody, there is no trade-off."""
    units, today = lopsided()
    with pytest.raises(InputError):
        trade_off(world.request(units, 2), iterations=100)
    today[0] = NOBODY
    with pytest.raises(InputError):
        trade_off(world.request(units, 2, upheaval=Upheaval(today)), iterations=100)


def test_groups_of_units_hold_everything_once():
    """Groups are in one piece, have one owner today, and sum to what their units have."""
    units = world.grid(20, 20, np.arange(400) % 7 + 1)
    today = np.where(np.arange(400) % 20 < 9, 0, 1)
    locked = np.arange(400) == 45
    asked = world.request(units, 2, 0.2, upheaval=Upheaval(today, locked=locked))
    groups, group = coarsen(asked, Graph.of(400, units.pairs), 100)
    assert groups.units.measures["workload"].sum() == units.measures["workload"].sum()
    pieces = Graph.of(400, units.pairs).components(group)
    assert len(set(pieces)) == len(groups.units)
    for number in range(len(groups.units)):
        assert len(set(today[group == number])) == 1
        assert len(set(locked[group == number])) == 1
    assert groups.upheaval.count().sum() == 400


def test_many_units_keep_all_rules(monkeypatch):
    """A design by way of groups keeps the bounds, the locks and territories in one piece."""
    monkeypatch.setattr(solver_module, "MOST_UNITS", 100)
    units = world.grid(16, 16, np.arange(256) % 3 + 1)
    asked = world.request(units, 4, 0.05)
    proposal = solve(asked, iterations=60_000)
    assert world.in_bounds(asked, proposal.territory)
    assert world.whole(units, proposal.territory)
