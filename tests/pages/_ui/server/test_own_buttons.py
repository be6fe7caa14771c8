"""Tables can be downloaded and copied by whom the right is given alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner.script_runner import ScriptRunnerEvent

from core.access import User
from core.store.access import users
from pages._ui import runtime
from pages._ui.charts.layout import chart_config
from pages._ui.server.own_buttons import guard_tables
from pages._ui.sign_in import session
from tests.team import claims_of, sign_in_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_session_is_told_what_its_user_may_take(
    empty: Path, team_mode: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A planner's tables and charts have their buttons; a rep's, and those of nobody, have none."""
    store = runtime.whole_store()
    store.maintain(
        lambda cursor: cursor.execute("INSERT INTO employee (employee_id, name) VALUES ('E1', 'W')")
    )
    users.add(store, User("", "li@x.cn", "Li", ("planner",)))
    users.add(store, User("", "wang@x.cn", "Wang", ("rep",), employee_id="E1"))
    monkeypatch.setattr(AppSession, "_on_scriptrunner_event", lambda *_, **__: None)
    monkeypatch.setattr(AppSession, "_create_new_session_message", lambda _self: ForwardMsg())
    monkeypatch.setattr(AppSession, "may_export", None, raising=False)
    guard_tables()
    for email, allowed in (("li@x.cn", True), ("wang@x.cn", False), ("nobody@x.cn", False)):
        tab = SimpleNamespace()
        with session.acting_as(sign_in_of(claims_of(email))):
            AppSession._on_scriptrunner_event(tab, None, ScriptRunnerEvent.SCRIPT_STARTED)
            has_camera = "toImage" not in chart_config("x", "en")["modeBarButtonsToRemove"]
        message = AppSession._create_new_session_message(tab)
        assert (not message.new_session.config.disable_data_export, has_camera) == (allowed, allowed)
