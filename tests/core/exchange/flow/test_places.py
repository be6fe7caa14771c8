"""Coordinates and names of regions, from the file to what is stored or asked."""

from __future__ import annotations

import pytest
import xlsxwriter

from core.exchange.canonical.importing import load
from core.exchange.flow import FileAnswers, Known, open_file, prepare
from core.store.database import Store
from tests.core.exchange.corpus.places import NAMES, POINTS, REGIONS, Name, Points


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """A store with regions that nobody changes."""
    folder = tmp_path_factory.mktemp("places")
    (folder / "region.csv").write_text(REGIONS, "utf-8")
    with Store.open(folder / "store.duckdb") as store:
        load(store, [folder / "region.csv"])
        yield store


@pytest.mark.parametrize("case", POINTS, ids=lambda case: case.name)
def test_coordinates_are_asked_and_become_degrees(places, tmp_path, case: Points) -> None:
    """Whatever form coordinates have, their system is asked, and with the answer they are the two places."""
    path = tmp_path / "门店.csv"
    rows = "\n".join(f"T{at},店{at},武汉市,{cells}" for at, cells in enumerate(case.rows))
    path.write_text(f"终端编号,终端名称,城市,{case.header}\n{rows}\n", "utf-8")
    flow = open_file(path, Known(places))
    system = next(question for question in flow.questions if question.code == "crs")
    form = case.answer.partition(" ")[2]
    assert system.proposed == (f"{case.system} {form}".strip() if case.system else None)
    assert not prepare(flow, Known(places)).ready
    answers = FileAnswers()
    for question in flow.questions:
        choice = case.answer if question.code == "crs" else question.proposed
        answers = question.answered(answers, choice)
    flow = open_file(path, Known(places), answers)
    assert flow.questions == ()
    values = flow.sheets[0].values
    assert values["lon"].astype(float).tolist() == pytest.approx([114.31, 114.32], abs=2e-6)
    assert values["lat"].astype(float).tolist() == pytest.approx([30.59, 30.58], abs=2e-6)


@pytest.mark.parametrize("case", NAMES, ids=lambda case: f"{case.header} {case.text}")
def test_names_of_regions_are_taken_or_proposed(places, tmp_path, case: Name) -> None:
    """A sure name is taken, another one proposed with its region, and one of two regions asked openly."""
    path = tmp_path / "门店.csv"
    path.write_text(f"终端编号,终端名称,{case.header}\nT1,一店,{case.text}\n", "utf-8")
    flow = open_file(path, Known(places))
    names = [question for question in flow.questions if question.code == "name"]
    assert [question.proposed for question in names] == ([case.region] if case.asked else [])
    if not case.asked:
        assert flow.sheets[0].values["region_id"].tolist() == [case.region]


@pytest.mark.parametrize("header", ["地区编码", "区划代码", "行政区划代码", "地区", "区域ID"])
@pytest.mark.parametrize(
    "cells",
    [
        ("422800", "422801"),
        ("422800.0", "422801.0"),
        ("422800000000", "422801000000"),
        ("156422800", "156422801"),
        (422800, 422801),
        (422800000000, 422801000000),
    ],
    ids=str,
)
def test_administrative_codes_are_regions_with_other_ids(places, tmp_path, header, cells) -> None:
    """A column of administrative codes, texts or numbers, finds the regions that have them as adcode."""
    path = tmp_path / "门店.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        for at, row in enumerate([("终端编号", "终端名称", header), *zip("AB", "甲乙", cells, strict=True)]):
            page.write_row(at, 0, row)
    flow = open_file(path, Known(places))
    assert flow.questions == ()
    assert flow.sheets[0].values["region_id"].tolist() == ["ES", "ESS"]


def test_a_code_that_another_region_has_as_its_id_is_asked(store, tmp_path) -> None:
    """422801 is asked where it is the adcode of one region and the ID of another; an unknown code is bad."""
    rows = "ES,,city,恩施州,422800\n422801,,custom,仓库,\nESS,ES,county,恩施市,422801\n"
    (tmp_path / "region.csv").write_text(f"region_id,parent_id,level,name,adcode\n{rows}", "utf-8")
    load(store, [tmp_path / "region.csv"])
    path = tmp_path / "门店.csv"
    path.write_text("终端编号,终端名称,区划代码\nT1,一店,422801\nT2,二店,422800\nT3,三店,422802\n", "utf-8")
    flow = open_file(path, Known(store))
    (question,) = flow.questions
    assert (question.code, question.proposed) == ("name", None)
    assert set(question.choices[:2]) == {"ESS", "422801"}
    answered = open_file(path, Known(store), question.answered(FileAnswers(), "ESS"))
    prepared = prepare(answered, Known(store))
    assert (prepared.good, prepared.bad) == (2, 1)


def test_metres_of_a_projection_without_zone_are_errors(store, tmp_path) -> None:
    """Metres that are not those of Web Mercator are out of range in every row; nothing is guessed."""
    path = tmp_path / "门店.csv"
    path.write_text("终端编号,终端名称,经度,纬度\nT1,一店,529876.5,3384567.8\n", "utf-8")
    flow = open_file(path, Known(store))
    answers = FileAnswers()
    for question in flow.questions:
        answers = question.answered(answers, question.proposed or "WGS-84")
    prepared = prepare(open_file(path, Known(store), answers), Known(store))
    assert (prepared.good, prepared.bad) == (0, 1)
