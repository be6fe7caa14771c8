"""Places with unusual readings: search and import find them by the official reading and by its initials."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.exchange.canonical.importing import load
from core.exchange.flow import Known, open_file
from core.store.customers.search import find
from core.store.database import Store

OFFICIAL = [
    tuple(line.split(" ", 1))
    for line in (Path(__file__).parents[2] / "pinyin" / "official_readings.txt")
    .read_text("utf-8")
    .splitlines()
][:324]
"""Place, syllables; the unusual ones stand first."""
READ = {place: ("".join(said.split()), "".join(part[0] for part in said.split())) for place, said in OFFICIAL}


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with a region and a shop of every place."""
    folder = tmp_path_factory.mktemp("places")
    regions = "".join(f"R{at},,city,{place}\n" for at, place in enumerate(READ))
    shops = "".join(f"T{at},{place}商行,R{at}\n" for at, place in enumerate(READ))
    (folder / "region.csv").write_text(f"region_id,parent_id,level,name\n{regions}", "utf-8")
    (folder / "terminal.csv").write_text(f"terminal_id,name,region_id\n{shops}", "utf-8")
    with Store.open(folder / "store.duckdb") as store:
        load(store, [folder / "region.csv", folder / "terminal.csv"])
        yield store


@pytest.mark.parametrize("way", [0, 1], ids=["reading", "initials"])
def test_a_search_finds_the_shop_first_among_equals(places: Store, way: int) -> None:
    """No shop that isn't officially read so stands before the one that is."""
    assert len(READ) == 324
    late = []
    for place, read in READ.items():
        hits = find(places, read[way], limit=400)["name"].str.removesuffix("商行").tolist()
        before = hits[: hits.index(place)] if place in hits else ["missing"]
        late += [(place, before)] if any(not _begins(other, read[way], way) for other in before) else []
    assert late == []


def _begins(place: str, typed: str, way: int) -> bool:
    return place in READ and READ[place][way].startswith(typed)


@pytest.mark.parametrize("way", [0, 1], ids=["reading", "initials"])
def test_an_import_proposes_the_place_first_among_equals(places: Store, tmp_path: Path, way: int) -> None:
    """Letters in a column of regions propose the place, or ask between it and those read alike."""
    rows = "".join(f"N{at},店{at},{read[way]}\n" for at, read in enumerate(READ.values()))
    (tmp_path / "门店.csv").write_text(f"终端编号,终端名称,区域\n{rows}", "utf-8")
    flow = open_file(tmp_path / "门店.csv", Known(places))
    asked = {q.source.match.name: q.source.match.candidates for q in flow.questions if q.code == "name"}
    taken = flow.sheets[0].values["region_id"].tolist()
    lost = []
    for at, read in enumerate(READ.values()):
        found = asked.get(read[way], ())
        best = [candidate.id for candidate in found if candidate.score == found[0].score] or [taken[at]]
        alike = sum(other[way] == read[way] for other in READ.values())
        # Of very many that are read alike only some are offered.
        if f"R{at}" not in best and alike <= max(len(found), 1):
            lost.append((read[way], best))
    assert lost == []
