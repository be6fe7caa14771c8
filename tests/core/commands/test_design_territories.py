"""Questions about a store's territories: what is written, and what is refused with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from core.__main__ import main
from core.reports.market.choices import choices
from core.reports.territories.ground import Ground, ground_of
from core.reports.territories.units import TerritoryRequest, shop_units
from core.store.database import Store

if TYPE_CHECKING:
    from pathlib import Path

MOST = 1.3


@pytest.fixture(scope="module")
def market(sample_copy) -> Path:
    """Return a small demonstration store."""
    return sample_copy(300)


@pytest.fixture
def design(market, tmp_path, monkeypatch):
    """Return a function that runs the command, and gives its exit code and its table."""
    monkeypatch.setenv("SHENGENG_LANGUAGE", "en")

    def run(*wishes):
        out = tmp_path / "out.csv"
        out.unlink(missing_ok=True)
        arguments = ["--store", str(market), "--steps", "200000", "--tolerance", "0.3", "--out", str(out)]
        code = main(["design-territories", *arguments, *wishes])
        return code, pd.read_csv(out, dtype={"unit_id": str}) if out.exists() else None

    return run


def ground(market) -> Ground:
    with Store.open(market, create=False) as store:
        offered = choices(store)
        shops = shop_units(
            store, TerritoryRequest(offered.own_company, offered.first_month, offered.last_month)
        )
        return ground_of(store, shops, None)


def test_the_curve_leads_from_today_to_balance(design, market, tmp_path):
    """Changes grow from 0, the last proposal is balanced and the design, and the file counts changes."""
    curve = tmp_path / "curve.csv"
    code, table = design("--curve", str(curve), "--steps", "1000000")
    assert code == 0
    rows = pd.read_csv(curve)
    assert rows["changed"].iloc[0] == 0
    assert rows["changed"].is_monotonic_increasing
    assert 2 <= len(rows) <= 5
    assert rows["workload_highest"].iloc[-1] <= MOST + 1e-9
    assert (table[f"proposal_{len(rows) - 1}"] == table["territory"]).all()
    changes = [(table[f"proposal_{n}"] != table["proposal_0"]).sum() for n in rows["proposal"]]
    assert changes == rows["changed"].tolist()
    today = ground(market)
    owners = today.reps["employee_id"].to_numpy()
    assert (table["employee_id"] == owners[table["territory"]]).all()
    owned = today.today >= 0
    assert (table["proposal_0"].to_numpy()[owned] == today.today[owned]).all()


def test_the_best_number_keeps_the_capacity(design, market, capsys):
    """Of 2 to 4 reps the least is taken with which nobody's workload exceeds the capacity."""
    workload = ground(market).units.measures["workload"]
    capacity = workload.sum() / 2.4
    code, table = design("--reps", "2-4", "--capacity", str(capacity))
    assert code == 0
    assert table["territory"].nunique() == 3
    loads = table.assign(workload=workload).groupby("territory")["workload"].sum()
    assert loads.max() <= capacity * (1 + 1e-9)
    said = capsys.readouterr().out.splitlines()
    assert [line[:6] for line in said[:3]] == ["2 reps", "3 reps", "4 reps"]


def test_the_capacity_alone_gives_the_least_number(design, market):
    """Workload for 2.4 reps makes three territories."""
    workload = ground(market).units.measures["workload"]
    code, table = design("--capacity", str(workload.sum() / 2.4))
    assert code == 0
    assert table["territory"].nunique() == 3


def test_new_homes_can_be_given_back(design, tmp_path):
    """The homes written for a design are read as homes, and a design from them has as many territories."""
    homes = tmp_path / "homes.csv"
    assert design("--reps", "3", "--new-homes", str(homes))[0] == 0
    rows = pd.read_csv(homes)
    assert rows["territory"].tolist() == [0, 1, 2]
    assert (rows["mean_km"] <= rows["centre_km"] + 1e-6).all()
    code, table = design("--reps", "3", "--homes", str(homes))
    assert code == 0
    assert table["territory"].nunique() == 3


def test_the_homes_of_today_name_the_reps(design, market):
    """With the stored homes every territory is that of a rep of today."""
    code, table = design("--homes", "today")
    assert code == 0
    owners = ground(market).reps["employee_id"].to_numpy()
    assert (table["employee_id"] == owners[table["territory"]]).all()


def test_areas_join_whole_territories(design, capsys):
    """Each of the four territories lies in one of the two areas, and the areas' balance is said."""
    code, table = design("--reps", "4", "--areas", "2")
    assert code == 0
    assert (table.groupby("territory")["area"].nunique() == 1).all()
    assert table["area"].nunique() == 2
    assert "Areas of managers:" in capsys.readouterr().out


def test_barriers_part_neighbours(design, market, tmp_path, capsys):
    """A shop that barriers part from all its neighbours is refused as a group of its own."""
    units = ground(market).units
    barriers = tmp_path / "barriers.csv"
    around = units.pairs[(units.pairs == 0).any(axis=1)]
    lines = "".join(f"{units.ids[a]},{units.ids[b]}\n" for a, b in around)
    barriers.write_text(f"a,b\n{lines}", encoding="utf-8")
    code, table = design("--reps", "3", "--barriers", str(barriers))
    assert (code, table) == (1, None)
    assert units.ids[0] in capsys.readouterr().err


def test_a_barrier_between_strangers_is_said_to_part_nothing(design, market, tmp_path, capsys):
    """A pair of shops that are no neighbours anyhow is counted in a note."""
    units = ground(market).units
    joined = {int(b) for a, b in units.pairs if a == 0} | {int(a) for a, b in units.pairs if b == 0}
    far = next(n for n in range(1, len(units)) if n not in joined)
    barriers = tmp_path / "barriers.csv"
    barriers.write_text(f"a,b\n{units.ids[0]},{units.ids[far]}\n", encoding="utf-8")
    assert design("--reps", "3", "--barriers", str(barriers))[0] == 0
    assert "1 pair of the barriers is not" in capsys.readouterr().err


def test_locked_and_closed_stay_as_they_are(design, market):
    """Locked shops keep their rep, and a closed rep has the shops of today and no others."""
    today = ground(market)
    workload = pd.Series(today.units.measures["workload"]).groupby(today.today).sum()
    closed = int((workload.drop(-1, errors="ignore") / (workload.sum() / len(today.reps)) - 1).abs().idxmin())
    locked = [n for n in range(len(today.units)) if today.today[n] >= 0][:20]
    code, table = design(
        "--closed",
        today.reps["employee_id"][closed],
        "--locked",
        ",".join(today.units.ids[n] for n in locked),
    )
    assert code == 0
    territory = table["territory"].to_numpy()
    assert (territory[locked] == today.today[locked]).all()
    assert ((territory == closed) == (today.today == closed)).all()


def test_a_new_rep_may_get_less(design, market):
    """A new rep of size 0.5 has half of what the others have, within the tolerance."""
    today = ground(market)
    owners = len(today.reps)
    code, table = design("--reps", str(owners + 1), "--price", "0.1", "--size", "new=0.5")
    assert code == 0
    work = today.units.measures["workload"]
    wanted = work.sum() * 0.5 / (owners + 0.5)
    new = work[table["territory"] == owners].sum()
    assert 0.7 * wanted - 1e-6 <= new <= 1.3 * wanted + 1e-6
    assert table.loc[table["territory"] == owners, "employee_id"].isna().all()


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        (("--reps", "5-3"), "5-3"),
        (("--reps", "many"), "many"),
        (("--reps", "2-4"), "--capacity"),
        (("--reps", "2-4", "--capacity", "9000", "--homes", "today"), "--homes"),
        (("--reps", "2-3", "--capacity", "100"), "at least"),
        (("--capacity", "0"), "above 0"),
        (("--reps", "3", "--homes", "today"), "can't start"),
        (("--reps", "3", "--areas", "4"), "found 4"),
        (("--curve", "curve.csv", "--price", "1"), "--price"),
        (("--curve", "curve.csv", "--reps", "90"), "90"),
        (("--homes", "nowhere.csv"), "nowhere.csv"),
        (("--locked", "nothing"), "nothing"),
        (("--closed", "nobody"), "nobody"),
        (("--size", "new=0.5"), "--price"),
        (("--price", "1", "--size", "new=0.5"), "No rep is new"),
        (("--price", "1", "--size", "new=half"), "new=half"),
        (("--price", "1", "--size", "new=0"), "above 0"),
    ],
)
def test_wishes_without_sense_are_refused(design, tmp_path, monkeypatch, capsys, wishes, said):
    """Each is refused with a reason, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    assert design(*wishes) == (1, None)
    assert said in capsys.readouterr().err
    assert not list(tmp_path.glob("*.csv"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("territory,lat\n0,30\n", "“lon”"),
        ("territory,lat,lon\n3,30,110\n", "from 0 to 2"),
        ("territory,lat,lon\n0,30,110\n0,31,110\n", "already"),
        ("territory,lat,lon\n0,,110\n", "latitude"),
        ("territory,lat,lon\n0,30,1100\n", "1100"),
    ],
)
def test_homes_without_place_are_refused(design, tmp_path, capsys, text, said):
    """A missing column, an unknown territory, one named twice and a place off the earth are named."""
    homes = tmp_path / "homes.csv"
    homes.write_text(text, encoding="utf-8")
    assert design("--reps", "3", "--homes", str(homes)) == (1, None)
    assert said in capsys.readouterr().err
