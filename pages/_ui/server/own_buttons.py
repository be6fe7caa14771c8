"""The buttons by which Streamlit's own tables hand out what they show: for whom may take files out alone.

Streamlit knows one switch for the whole server, and sends it to the browser when a run begins. Here each
session is sent what its user may do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner.script_runner import ScriptRunnerEvent

from core.access import Right
from pages._ui import runtime

if TYPE_CHECKING:
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_ALLOWED = "may_export"
"""Where a session of Streamlit keeps whether its user may take files out."""


def guard_tables() -> None:
    """Send each session whether tables may be downloaded and copied; called once, when the server starts."""
    if getattr(AppSession, _ALLOWED, None) is not None:
        return
    announce, begin = AppSession._on_scriptrunner_event, AppSession._create_new_session_message

    # In the thread of the run, which knows whose it is; what follows happens where every session waits.
    def note_right(self: AppSession, sender: object, event: ScriptRunnerEvent, **about: Any) -> None:  # noqa: ANN401
        if event == ScriptRunnerEvent.SCRIPT_STARTED:
            setattr(self, _ALLOWED, runtime.may(Right.EXPORT))
        announce(self, sender, event, **about)  # type: ignore[arg-type]

    def begin_run(self: AppSession, *about: Any, **more: Any) -> ForwardMsg:  # noqa: ANN401
        message = begin(self, *about, **more)
        if not getattr(self, _ALLOWED):
            message.new_session.config.disable_data_export = True
        return message

    setattr(AppSession, _ALLOWED, False)
    AppSession._on_scriptrunner_event = note_right  # type: ignore[method-assign,assignment]
    AppSession._create_new_session_message = begin_run  # type: ignore[method-assign]
