"""日报 and 日常行动管理: the pages, and the door through which a telephone saves."""

from __future__ import annotations

import asyncio
import base64
import datetime as dt
import io
import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from PIL import Image
from starlette.applications import Starlette

from core.i18n import use_language
from core.reports.cycle import day as day_report
from core.reports.cycle.day import DayRequest
from core.store.cycle.day import reads
from core.store.scope import Scope
from pages._ui import runtime
from pages._ui.cycle.day import exports, payload, service
from pages._ui.cycle.day.token import DayToken
from pages._ui.tokens import TokenError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from core.store.database import Store

APP = Starlette(routes=service.ROUTES)


def send(body: object, *, path: str = "/day/save", kind: str = "application/json") -> tuple[int, Any]:
    """Return status and answer of a message to the server."""
    sent: list[dict[str, Any]] = []

    messages = iter([{"type": "http.request", "body": json.dumps(body).encode(), "more_body": False}])

    async def receive() -> dict[str, Any]:
        return next(messages, None) or await asyncio.sleep(3_600)

    async def answer(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST" if path == "/day/save" else "GET",
        "path": path,
        "query_string": b"",
        "headers": [(b"content-type", kind.encode())],
    }
    # In a thread of its own: a browser test of the same session leaves an event loop in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, APP(scope, receive, answer)).result()
    content = b"".join(message.get("body", b"") for message in sent[1:])
    is_json = dict(sent[0]["headers"]).get(b"content-type") == b"application/json"
    return sent[0]["status"], json.loads(content) if is_json else content


@pytest.fixture
def store(full: Path) -> Iterator[Store]:
    """The running app's store with the demonstration region."""
    use_language("en")
    yield runtime.store()
    runtime.close()


@pytest.fixture
def message(store: Store) -> dict[str, Any]:
    """A visit of today as the browser sends it, signed for the first rep."""
    rep = str(day_report.reps(store)["employee_id"].iloc[0])
    today = dt.date.today()
    shop = str(reads.shops(store, today, rep)["terminal_id"].iloc[0])
    return {
        "kind": "visit",
        "token": DayToken(rep, "甲", "en").sign(),
        "id": "browser-0001",
        "shop": shop,
        "version": 0,
        "arrived_at": f"{today}T00:10:00",
        "left_at": f"{today}T00:35:00",
        "place": {"lat": 30.5, "lon": 114.3, "accuracy": 15},
        "purpose": "订货",
        "result": "已下单",
        "order": "1,200.50",
        "effective": "yes",
        "stock": "low",
        "display": "",
        "facings": "4",
        "remark": "",
        "review": {"next_on": str(today + dt.timedelta(7)), "next_content": "谈陈列", "key_person": True},
    }


def visits_of(store: Store, visit_id: str) -> int:
    """Return how often a visit is in the store."""
    sql = "SELECT COUNT(*) AS n FROM visit AS v WHERE v.visit_id = $id"
    return store.fetch(sql, {"id": visit_id}).to_pylist()[0]["n"]


def test_a_visit_sent_twice_is_saved_once(store: Store, message: dict[str, Any]) -> None:
    """Both answers say that it is saved, as version 1, and one row is there."""
    assert [send(message), send(message)] == [(200, {"version": 1})] * 2
    assert visits_of(store, "browser-0001") == 1


def test_what_a_telephone_sends_is_shown_again(store: Store, message: dict[str, Any]) -> None:
    """The visit opens in the browser with everything that was typed."""
    assert send(message)[0] == 200
    request = DayRequest(DayToken.read(message["token"]).employee_id, dt.date.today())
    words = day_report.word_choices(store)
    shown = payload.payload(day_report.rep_day(store, request), request, words)
    [visit] = shown["visits"]
    assert (visit["arrived"], visit["left"], visit["order"]) == ("00:10", "00:35", "1200.50")
    assert (visit["facings"], visit["stock"], visit["effective"]) == ("4", "low", "yes")
    assert visit["review"]["next_content"] == "谈陈列"
    assert json.loads(json.dumps(shown)) == shown


@pytest.mark.parametrize(
    ("change", "status", "says"),
    [
        ({"token": "nonsense"}, 403, ""),
        ({"review": {}}, 422, "2 fields"),
        ({"order": "much"}, 422, "much"),
        ({"facings": "many"}, 422, "many"),
        ({"left_at": "2020-01-01T00:00:00"}, 422, "ends before"),
        ({"kind": "other"}, 422, "can't be read"),
        ({"shop": "nobody"}, 422, "nobody"),
        ({"arrived_at": "yesterday"}, 422, "can't be read"),
        ({"place": {"lat": 99, "lon": 0, "accuracy": 1}}, 422, "place"),
    ],
)
def test_what_cannot_be_saved_is_refused_in_words(
    store: Store, message: dict[str, Any], change: dict[str, Any], status: int, says: str
) -> None:
    """The answer says what is wrong, and nothing is written."""
    answered, body = send(message | change)
    assert (answered, says in body["message"]) == (status, True), body
    assert visits_of(store, "browser-0001") == 0


@pytest.mark.parametrize("body", ["text", [1], None])
def test_a_message_of_another_form_is_refused(store: Store, body: object) -> None:
    """What is no JSON object of this page is refused, also where a form of another site sends it."""
    assert send(body)[0] == 422
    assert send(body, kind="text/plain")[0] == 422


def test_a_signature_allows_its_rep_and_regions_alone(store: Store, message: dict[str, Any]) -> None:
    """A shop outside the signed regions is refused; an old signature is none."""
    outside = DayToken("E000013", "甲", "en", Scope(("nowhere",))).sign()
    assert send(message | {"token": outside})[0] == 422
    with pytest.raises(TokenError):
        DayToken.read(message["token"], lifetime=-1)


def test_somebody_elses_content_is_a_conflict(store: Store, message: dict[str, Any]) -> None:
    """The answer carries what the other one saved, so that the browser can show both."""
    send(message)
    assert send(message | {"version": 1, "result": "无需求"}) == (200, {"version": 2})
    status, body = send(message | {"version": 1, "result": "约定下次"})
    assert (status, body["theirs"]["result"], body["theirs"]["version"]) == (409, "无需求", 2)


def test_a_photo_follows_its_visit(store: Store, message: dict[str, Any]) -> None:
    """A photo is refused before its visit, kept after it, and served to its rep alone."""
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), (200, 30, 30)).save(buffer, "PNG")
    text = "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()
    photo = {"kind": "photo", "token": message["token"], "id": message["id"], "photo": text}
    assert send(photo)[0] == 422
    send(message)
    assert [send(photo)[0], send(photo)[0]] == [200, 200]
    [row] = store.fetch("SELECT p.sha256, p.width FROM visit_photo AS p").to_pylist()
    assert row["width"] == 60
    status, content = send({}, path=f"/day/photos/{message['token']}/{row['sha256']}.jpg")
    assert (status, content[:3]) == (200, b"\xff\xd8\xff")
    other = DayToken("nobody", "乙", "en").sign()
    assert send({}, path=f"/day/photos/{other}/{row['sha256']}.jpg")[0] == 404
    assert send(photo | {"photo": "data:image/png;base64,???"})[0] == 422


def test_a_visit_is_taken_back_once(store: Store, message: dict[str, Any]) -> None:
    """Sent twice, the second message finds nothing left and is content."""
    send(message)
    gone = {"kind": "remove", "token": message["token"], "id": message["id"], "version": 1}
    assert [send(gone), send(gone)] == [(200, {}), (200, {})]
    assert visits_of(store, "browser-0001") == 0


def test_a_day_is_handed_in(store: Store, message: dict[str, Any]) -> None:
    """The minutes become the time log; the same report again is the same version."""
    day = {"kind": "report", "token": message["token"], "day": str(dt.date.today()), "version": 0}
    day |= {"minutes": {"selling": "300", "travel": ""}, "remark": "雨", "tomorrow": ""}
    assert [send(day)[1]["version"], send(day)[1]["version"]] == [1, 1]
    assert send(day | {"minutes": {"selling": "long"}})[0] == 422
    [row] = reads.time_and_reports(store, dt.date.today(), dt.date.today() + dt.timedelta(1)).to_dict(
        "records"
    )
    assert (row["minutes"], row["remark"]) == (300.0, "雨")


def test_the_page_asks_who_is_there(full: Path, visit: Callable[..., Any]) -> None:
    """Without a name the page asks for it; with one it says how far the day is."""
    app = visit("day.py")
    assert app.selectbox(key="choose_day_rep").label == "Who are you?"
    chosen = visit("day.py", rep="E000014")
    assert any("visited" in text.value for text in chosen.markdown)
    assert visit("day.py", rep="nobody").selectbox(key="choose_day_rep").value is None


def test_the_board_opens_with_one_sentence(full: Path, visit: Callable[..., Any]) -> None:
    """The sentence counts reps, plan and reports; the table has the same numbers."""
    app = visit("day_board.py")
    [said] = [text.value for text in app.markdown if "went out" in text.value]
    table = app.dataframe[0].value
    assert f"of {len(table)} reps" in said
    assert f"Of {table['Planned'].sum()} planned visits {table['Planned and done'].sum()} are done" in said
    assert app.metric[3].value == said.split(").")[-1].strip().split(" ")[0]


def test_the_board_shows_who_has_not_reported(full: Path, visit: Callable[..., Any]) -> None:
    """The choice leaves those who were out or planned and have not handed in."""
    app = visit("day_board.py", who="unreported")
    assert len(app.dataframe[0].value) == int(app.metric[3].value)


def test_a_rivals_idle_time_is_compared(full: Path, visit: Callable[..., Any]) -> None:
    """10 % more than the rival is said to lose; without a guess nothing is said."""
    assert "no win is possible" in visit("day_board.py", rival="1").error[0].value
    assert "Within 10 %" in visit("day_board.py", rival="90").success[0].value
    assert not visit("day_board.py", rival="abc").error


def test_both_pages_say_what_to_import(empty: Path, visit: Callable[..., Any]) -> None:
    """Without reps each page names the tables."""
    for page in ("day.py", "day_board.py"):
        assert visit(page).button(key="empty_import").label == "Import data"


def test_the_report_is_a_workbook_with_the_pages_figures(store: Store) -> None:
    """The sheet has a row per visit and per planned shop that was missed; the summary ties."""
    day = day_report.default_day(store, dt.date.today())
    board = day_report.day_board(store, day)
    rep = str(board.table.sort_values("planned")["employee_id"].iloc[-1])
    shown = day_report.rep_day(store, DayRequest(rep, day))
    [download] = exports.rep_downloads(shown, DayRequest(rep, day))
    book = load_workbook(io.BytesIO(download.data()))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    missed = sum(row[6] == "Not visited" for row in rows[1:])
    assert len(rows) - 1 == len(shown.visits) + missed
    assert missed == shown.open_stops
    summary = dict(list(book.worksheets[1].iter_rows(values_only=True))[1:])
    assert summary["Visits made"] == len(shown.visits)
    [file] = exports.board_downloads(board, day)
    assert load_workbook(io.BytesIO(file.data())).worksheets[0].max_row == len(board.table) + 1
