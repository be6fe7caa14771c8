"""数据: import with checks, batches with undo, templates, backups, own company, check."""

from __future__ import annotations

import datetime as dt
import io
import json
import time
import zipfile
from typing import TYPE_CHECKING

import pytest

from core.errors import StoreError
from core.exchange.canonical.importing import load
from core.exchange.flow import files
from core.exchange.readers import Limits
from core.store.loading import batches, retention
from core.store.market.market import companies
from pages._ui import reads, runtime
from pages._ui.data import batches_panel, guide, templates_panel

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

PAGE = "data_files.py"
GOOD = b"company_id,name,is_self\nA,Alpha,yes\nB,Beta,no\n"
BAD = b"company_id,name,is_self\nA,Alpha,perhaps\nA,Beta,no\n"


def settle(app: AppTest, done: Callable[[AppTest], bool]) -> AppTest:
    """Rerun as the browser does while work goes on, until something is there."""
    deadline = time.monotonic() + 240
    while not done(app):
        assert time.monotonic() < deadline, "the work did not end"
        time.sleep(0.05)
        app.run()
        assert not app.exception
    return app


def has_button(key: str) -> Callable[[AppTest], bool]:
    """Tell whether a button is there."""
    return lambda app: any(button.key == key for button in app.button)


def upload(app: AppTest, name: str, content: bytes) -> AppTest:
    """Upload a file and wait for its check."""
    app.file_uploader[0].upload(name, content).run()
    return settle(app, has_button("load"))


@pytest.mark.parametrize(
    "tab", ["import", "quarantine", "templates", "batches", "company", "backup", "check"]
)
@pytest.mark.parametrize("state", ["empty", "full"])
def test_every_tab_opens(request: pytest.FixtureRequest, visit, state: str, tab: str) -> None:
    """Every tab opens by its address, on an empty store and on a full one."""
    request.getfixturevalue(state)
    app = visit(PAGE, tab=tab)
    assert app.title[0].value == "Data"
    assert not app.error


def test_an_unknown_tab_opens_the_import(empty, visit) -> None:
    """A mistyped link opens the first tab."""
    assert visit(PAGE, tab="xyz").file_uploader


def test_good_files_are_imported_with_one_click(empty, visit) -> None:
    """After a check without errors one click loads the file, and the page says what it did."""
    app = upload(visit(PAGE), "company.csv", GOOD)
    assert not app.error
    app.button(key="load").click().run()
    settle(app, lambda app: any("2 added" in text.value for text in app.markdown))
    assert set(companies(runtime.store())["company_id"]) == {"A", "B"}


def test_errors_are_listed_all_at_once_and_nothing_is_loaded(empty, visit) -> None:
    """Every error is a row of the table with its place; the import can't be clicked."""
    app = upload(visit(PAGE), "company.csv", BAD)
    found = app.dataframe[0].value
    assert set(found["Column"]) == {"Own company", "Company ID"}
    assert set(found["Level"]) == {"Error"}
    assert app.button(key="load").disabled
    assert companies(runtime.store()).empty


def test_replacing_a_table_asks_first(empty, visit) -> None:
    """Rows are deleted by a replacement only after a second word."""
    app = visit(PAGE)
    app.radio(key="import_mode").set_value("replace").run()
    upload(app, "company.csv", GOOD)
    assert app.button(key="load").disabled
    app.checkbox(key="sure_to_replace").check().run()
    assert not app.button(key="load").disabled


def test_a_batch_is_taken_back(empty, visit, tmp_path) -> None:
    """Undo removes what the batch brought and says so."""
    file = tmp_path / "company.csv"
    file.write_bytes(GOOD)
    load(runtime.store(), [file])
    app = visit(PAGE, tab="batches")
    assert list(app.dataframe[0].value["File"]) == ["company.csv"]
    # What the button of the chosen rows starts; the test harness can't choose rows of a table.
    app.session_state[batches_panel.UNDOING] = batches_panel.start_undo([1])
    settle(app, lambda app: bool(app.success))
    assert list(app.dataframe[0].value["Status"]) == ["Undone"]
    assert companies(runtime.store()).empty


def test_the_own_company_is_chosen(empty, visit, tmp_path) -> None:
    """One company is marked as one's own; the other loses the mark."""
    file = tmp_path / "company.csv"
    file.write_bytes(GOOD)
    load(runtime.store(), [file])
    app = visit(PAGE, tab="company")
    assert app.selectbox(key="own_company_choice").value == "A"
    app.selectbox(key="own_company_choice").set_value("B").run()
    app.button(key="set_own_company").click().run()
    marked = companies(runtime.store()).set_index("company_id")["is_self"]
    assert dict(marked) == {"A": False, "B": True}


def test_a_backup_is_made_and_restored(empty, visit, tmp_path) -> None:
    """What was imported after the backup is gone after the restore, and the newer store is kept."""
    app = visit(PAGE, tab="backup")
    app.button(key="make_backup").click().run()
    settle(app, has_button("restore_0"))
    file = tmp_path / "company.csv"
    file.write_bytes(GOOD)
    load(runtime.store(), [file])
    app.button(key="restore_0").click().run()
    settle(app, lambda app: bool(app.success))
    assert companies(runtime.store()).empty
    assert len(list(empty.parent.glob("*.old"))) == 1


def test_the_store_is_written_anew_by_one_click(empty, visit) -> None:
    """The panel says what the file takes; after a click the store is another file that holds the same."""
    app = visit(PAGE, tab="backup")
    assert any(text.value.startswith("The file has ") for text in app.markdown)
    before, version = runtime.store().opening, runtime.store().data_version
    app.button(key="compact").click().run()
    settle(app, lambda app: bool(app.success))
    assert "written anew" in app.success[0].value
    assert runtime.store().opening > before
    assert runtime.store().data_version == version
    assert not list(empty.parent.glob("*.old"))


def test_a_batch_whose_history_was_cleared_says_why_it_stays(empty, visit, tmp_path) -> None:
    """Chosen, it offers no undo but the day and the rule by which it was cleared."""
    file = tmp_path / "company.csv"
    file.write_bytes(GOOD)
    load(runtime.store(), [file])
    tomorrow = dt.date.today() + dt.timedelta(days=2)
    retention.clear_history(runtime.store(), 1, tomorrow)
    app = visit(PAGE, tab="batches")
    assert app.dataframe[0].value["Status"].tolist() == ["Loaded, for good"]
    with pytest.raises(StoreError, match="can no longer be undone"):
        batches.undo(runtime.store(), [1])
    assert "1 days" in reads.last_clearing().reason


def test_a_store_in_order_is_said_to_be(full, visit) -> None:
    """The check of a sound store ends with one sentence."""
    app = visit(PAGE, tab="check")
    app.button(key="check_store").click().run()
    settle(app, lambda app: bool(app.success))
    assert app.success[0].value == "The store is in order."


def test_the_templates_are_one_file(empty, visit) -> None:
    """The ZIP holds a workbook for each table."""
    with zipfile.ZipFile(io.BytesIO(templates_panel.archive())) as file:
        assert len(file.namelist()) == len(templates_panel.TABLES)


REPORT = (
    "2024年3月各公司销售,,\n单位：万元,,\n区域,竞品,销售额\n武汉市,甲公司,１２.5\n宜昌,乙公司,8\n"
    "宜昌市,甲公司,x\n合计,,20.5\n"
).encode("gb18030")


@pytest.fixture
def named(empty, tmp_path):
    """A store with two cities and two companies."""
    for name, text in {
        "region": "region_id,parent_id,level,name\n1,,province,湖北省\n2,1,city,武汉市\n3,1,city,宜昌市\n",
        "company": "company_id,name,is_self\nA,甲公司,true\nB,乙公司,false\n",
    }.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    load(runtime.store(), [tmp_path / "region.csv", tmp_path / "company.csv"])
    return empty


def guided(visit) -> AppTest:
    """Upload the report and answer the two questions about it."""
    app = visit(PAGE)
    app.file_uploader[0].upload("report.csv", REPORT).run()
    settle(app, lambda app: any("open" in text.value for text in app.markdown))
    confirm = next(button for button in app.button if (button.key or "").startswith("confirm_mapping"))
    confirm.click().run()
    named = "Confirm these names"
    settle(app, lambda app: any(button.label == named for button in app.button))
    next(button for button in app.button if button.label == named).click().run()
    return settle(app, has_button("load"))


def test_a_messy_file_is_guided_into_the_store(named, visit) -> None:
    """GBK, title, unit, full-width digits, a total: two answers later the good rows are in, one waits."""
    app = guided(visit)
    assert app.button(key="load").label == "Import 2 rows, set 1 aside"
    app.button(key="load").click().run()
    settle(app, lambda app: any("2 added" in text.value for text in app.markdown))
    assert any("1 row was set aside" in warning.value for warning in app.warning)
    stored = runtime.store().fetch("SELECT s.region_id, s.amount FROM market_sales AS s ORDER BY s.region_id")
    assert [(r["region_id"], float(r["amount"])) for r in stored.to_pylist()] == [("2", 125e3), ("3", 80e3)]


def test_work_that_ends_while_the_page_looks_is_no_error(named, visit, monkeypatch) -> None:
    """A file understood in the moment after the page stopped waiting shows a bar, and then what it holds."""
    settled = guide.Guide.settled

    def a_moment_too_early(current: guide.Guide) -> bool:
        working = current.working
        if working is None:
            return True
        monkeypatch.setattr(guide.Guide, "settled", settled)
        assert working.done.wait(60)
        return False

    monkeypatch.setattr(guide.Guide, "settled", a_moment_too_early)
    app = visit(PAGE)
    app.file_uploader[0].upload("report.csv", REPORT).run()
    assert not app.error
    settle(app, lambda app: any("open" in text.value for text in app.markdown))


def test_boundaries_are_guided_into_the_store(named, visit) -> None:
    """A published map asks for its coordinate system; confirmed, the known city's outline is in."""
    ring = [[114, 30], [115, 30], [115, 31], [114, 31], [114, 30]]
    features = [
        {
            "type": "Feature",
            "properties": {"adcode": code, "name": name, "acroutes": [100000]},
            "geometry": {"type": "MultiPolygon", "coordinates": [[ring]]},
        }
        for code, name in ((420100, "武汉市"), (430100, "长沙市"))
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    app = visit(PAGE)
    app.file_uploader[0].upload("420000.json", content).run()
    settle(app, lambda app: any("open" in text.value for text in app.markdown))
    confirm = next(button for button in app.button if (button.key or "").startswith("confirm_mapping"))
    confirm.click().run()
    settle(app, has_button("load"))
    assert app.button(key="load").label == "Import 1 rows"
    app.button(key="load").click().run()
    settle(app, lambda app: any("1 added" in text.value for text in app.markdown))
    stored = runtime.store().fetch("SELECT b.region_id FROM region_boundary AS b")
    assert stored["region_id"].to_pylist() == ["2"]


def test_a_large_file_is_guided_like_a_small_one(named, visit, monkeypatch) -> None:
    """A name far down in a file that is not held is asked after all rows are read; then they are loaded."""
    monkeypatch.setattr(files, "LIMITS", Limits(in_memory=1 << 10))
    rows = [f"{2000 + n // 12}年{n % 12 + 1}月,武汉市,甲公司,{n % 3 + 1}" for n in range(240)]
    rows[150:150] = ["2024年1月,宜昌,甲公司,5", "2024年1月,火星,甲公司,5"]
    text = "\n".join(["各公司销售,,,", "月份,区域,竞品,销售额(万元)", *rows, "合计,,,489", ""])
    app = visit(PAGE)
    app.file_uploader[0].upload("sales.csv", text.encode("gb18030")).run()
    confirm = "Confirm these names"
    settle(app, lambda app: any(button.label == confirm for button in app.button))
    assert any("large file" in line.value for line in app.markdown)
    next(button for button in app.button if button.label == confirm).click().run()
    settle(app, has_button("load"))
    assert app.button(key="load").label == "Import 241 rows, set 1 aside"
    assert any("242 rows" in line.value for line in app.markdown)
    app.button(key="load").click().run()
    settle(app, lambda app: any("241 added" in text.value for text in app.markdown))


def test_rows_set_aside_are_given_up_with_a_reason(named, visit) -> None:
    """The panel shows the row with its finding; given up it is gone from the list."""
    app = guided(visit)
    app.button(key="load").click().run()
    settle(app, lambda app: any("2 added" in text.value for text in app.markdown))
    app = visit(PAGE, tab="quarantine")
    assert not app.exception
    assert any("1 row" in box.options[0] for box in app.selectbox)
    app.text_input(key="quarantine_reason").set_value("not ours").run()
    app.button(key="quarantine_discard").click().run()
    assert any("Given up" in text.value for text in app.success)


BARE = "月份,区域,公司,销售额\n2024-03,武汉市,甲公司,1.25万元\n2024-03,宜昌市,甲公司,0.8\n"


def test_confirming_without_an_answer_says_so(named, visit) -> None:
    """A question that proposes nothing keeps the file out, says that it has no answer, and takes one."""
    app = visit(PAGE)
    app.file_uploader[0].upload("bare.csv", BARE.encode()).run()
    settle(app, lambda app: any("open" in text.value for text in app.markdown))
    confirm = next(button for button in app.button if (button.key or "").startswith("confirm_mapping"))
    confirm.click().run()
    assert any("1 question has no answer yet" in warning.value for warning in app.warning)
    assert not has_button("load")(app)
    app.radio[0].set_value("万元")
    confirm = next(button for button in app.button if (button.key or "").startswith("confirm_mapping"))
    confirm.click().run()
    settle(app, has_button("load"))
    assert app.button(key="load").label == "Import 2 rows"


def test_what_all_rows_have_in_common_is_corrected_in_place(named, visit) -> None:
    """A month taken from the title is changed beside the table, and the rows are of the new one."""
    app = guided(visit)
    step = next(each for each in app.get("button_group") if "guide_step" in (each.key or ""))
    step.set_value("mapping").run()
    field = next(each for each in app.text_input if (each.key or "").endswith("_month"))
    assert field.label == "Month in all rows"
    field.set_value("2024-05").run()
    settle(app, has_button("load"))
    app.button(key="load").click().run()
    settle(app, lambda app: any("2 added" in text.value for text in app.markdown))
    months = runtime.store().fetch("SELECT DISTINCT s.month FROM market_sales AS s").to_pylist()
    assert [f"{row['month']:%Y-%m}" for row in months] == ["2024-05"]
