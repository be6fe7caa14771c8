"""Regions as units of territories, and the command that parts shops or regions."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from core.__main__ import main
from core.errors import InputError
from core.reports.territories.regions import region_units
from core.reports.territories.units import MEASURES, TerritoryRequest, shop_units
from core.territories.graph import Graph

if TYPE_CHECKING:
    from core.store.database import Store

ASKED = TerritoryRequest("OWN", dt.date(2025, 11, 1), dt.date(2026, 10, 1))


def test_regions_sum_what_their_shops_have(region: Store):
    """Workload, sales, potential and shops of all counties are those of the shops inside them."""
    shops = shop_units(region, ASKED)
    counties = region_units(region, shops, "county")
    above = shops.table[shops.table["region_id"].notna()]
    for name in MEASURES:
        assert counties.units.measures[name].sum() == pytest.approx(above[name].sum())
    assert counties.shops.sum() == len(above)


def test_counties_are_neighbours_by_their_borders(region: Store):
    """The counties with shops hold together in one graph."""
    counties = region_units(region, shop_units(region, ASKED), "county")
    assert len(set(Graph.of(len(counties.units), counties.units.pairs).components())) == 1


def test_a_region_belongs_to_the_rep_with_most_of_its_work(region: Store):
    """The rep of a county has at least as much of its workload as any other."""
    shops = shop_units(region, ASKED)
    counties = region_units(region, shops, "county")
    table = shops.table.assign(today=shops.today)
    for county, rep in zip(counties.units.ids, counties.today, strict=True):
        # The counties of the demonstration region have no regions below them but towns of their own code.
        inside = table[table["region_id"].astype(str).str.startswith(county)]
        if len(inside):
            work = inside.groupby("today")["workload"].sum()
            assert work[rep] == pytest.approx(work[work.index >= 0].max())


def test_an_unknown_level_is_refused_with_the_nearest(region: Store):
    """A level that the store doesn't have is refused with those it has."""
    with pytest.raises(InputError, match="county"):
        region_units(region, shop_units(region, ASKED), "countie")


@pytest.mark.parametrize("level", [(), ("--level", "county")])
def test_the_command_writes_a_territory_for_every_unit(region_file, tmp_path, capsys, level):
    """The file has every unit once and as many territories as asked for; the objective is said last."""
    out = tmp_path / "out.csv"
    wishes = ["--reps", "3", "--tolerance", "0.3", "--balance", "workload", "--steps", "200000", *level]
    assert main(["design-territories", "--store", str(region_file), *wishes, "--out", str(out)]) == 0
    table = pd.read_csv(out, dtype={"unit_id": str})
    assert table["unit_id"].is_unique
    assert sorted(table["territory"].unique()) == [0, 1, 2]
    assert capsys.readouterr().out.strip().splitlines()[-1].startswith("objective=")


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        (("--balance", "workloads"), "workload"),  # no such measure
        (("--reps", "1", "--price", "1"), "1"),  # fewer than today's owners
    ],
)
def test_the_command_refuses_wishes_without_sense(region_file, tmp_path, capsys, wishes, said):
    """An unknown measure, and fewer territories than owners to start from, are refused."""
    arguments = ["--store", str(region_file), *wishes, "--out", str(tmp_path / "out.csv")]
    assert main(["design-territories", *arguments]) == 1
    assert said in capsys.readouterr().err
