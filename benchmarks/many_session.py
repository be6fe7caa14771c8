"""A person at a browser, as far as the server can tell: Streamlit's messages over a websocket."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.proto.Delta_pb2 import Delta
    from streamlit.proto.Element_pb2 import Element

PAGES = (
    "overview", "market-map", "terminal-map", "quadrant", "number-one", "allocation", "customers",
    "terminals", "visit-plan", "tasks", "day-board", "meeting", "expenses",
)  # fmt: skip
"""What people look at; pages that change the data are left to the import."""
WITH_REGIONS = frozenset({"market-map", "quadrant", "number-one"})
PATIENCE = 120.0
"""Seconds after which a click that is not answered counts as an error."""
ENDS = frozenset({ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY})
_CHANGES_LANGUAGE = "choose_language"


@dataclass(frozen=True)
class Choice:
    """A field with options that a click can change."""

    widget: str
    kind: str
    options: tuple[str, ...]
    fragment: str


@dataclass
class Results:
    """What all sessions saw: seconds of openings and clicks by page, with the moment; and errors."""

    openings: list[float] = field(default_factory=list)
    clicks: list[tuple[float, str, float]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Session:
    """One person.

    Parameters
    ----------
    address
        Host and port of the server.
    regions
        Ids of regions that can be clicked.
    """

    def __init__(self, address: str, regions: Sequence[str], results: Results, seed: int) -> None:
        self._address, self._regions, self._results = address, list(regions), results
        self._draw = random.Random(seed)
        self._page = self._draw.choice(PAGES)
        self._hashes: dict[str, str] = {}
        self._choices: dict[str, Choice] = {}
        self._region_field = ""
        self._socket: ClientConnection | None = None

    async def work(self, until: float, think: float) -> None:
        """Look around until a moment of the monotonic clock, one click after a while of thought.

        Parameters
        ----------
        think
            Seconds between an answer and the next click, on average.
        """
        url = f"ws://{self._address}/_stcore/stream"
        try:
            async with connect(
                url,
                origin=f"http://{self._address}",
                subprotocols=["streamlit"],
                max_size=None,
                ping_timeout=None,
            ) as self._socket:
                self._results.openings.append(await self._run(BackMsg(), page=self._page))
                while time.monotonic() < until:
                    await asyncio.sleep(min(self._draw.expovariate(1 / think), 6 * think))
                    await self._click()
        except Exception as error:
            self._results.errors.append(f"{self._page}: {type(error).__name__}: {error}")

    async def _click(self) -> None:
        message, page = BackMsg(), self._page
        chance = self._draw.random()
        if self._page in WITH_REGIONS and self._region_field and chance < 0.5:
            state = message.rerun_script.widget_states.widgets.add()
            state.id, state.string_value = self._region_field, self._draw.choice(self._regions)
        elif self._choices and chance < 0.7:
            choice = self._draw.choice(list(self._choices.values()))
            message.rerun_script.widget_states.widgets.append(self._state(choice))
            message.rerun_script.fragment_id = choice.fragment
        else:
            page = self._draw.choice([page for page in PAGES if page != self._page])
        seconds = await self._run(message, page=page)
        self._results.clicks.append((time.monotonic(), page, seconds))

    def _state(self, choice: Choice) -> WidgetState:
        option = self._draw.choice(choice.options)
        state = WidgetState(id=choice.widget)
        if choice.kind == "button_group":
            state.string_array_value.data.append(option)
        else:
            state.string_value = option
        return state

    async def _run(self, message: BackMsg, *, page: str) -> float:
        """Send a message and wait until the page has come to rest; return the seconds."""
        run = message.rerun_script
        if not run.fragment_id:
            # All that is on the page is sent anew; what isn't can't be clicked any more.
            self._choices.clear()
            self._region_field = ""
        self._page = page
        run.page_script_hash = self._hashes.get(page, "")
        run.page_name = "" if self._hashes else page
        run.context_info.timezone, run.context_info.locale = "Asia/Shanghai", "zh-CN"
        begun = time.monotonic()
        assert self._socket is not None
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while True:
                answer = ForwardMsg()
                data = await self._socket.recv()
                answer.ParseFromString(data if isinstance(data, bytes) else data.encode())
                if self._ends(answer):
                    return time.monotonic() - begun

    def _ends(self, answer: ForwardMsg) -> bool:
        kind = answer.WhichOneof("type")
        if kind == "navigation":
            self._hashes = {
                page.url_pathname or "overview": page.page_script_hash for page in answer.navigation.app_pages
            }
        elif kind == "delta":
            self._look(answer.delta)
        elif kind == "script_finished":
            if answer.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                self._results.errors.append(f"{self._page}: compile error")
            return answer.script_finished in ENDS
        return False

    def _look(self, delta: Delta) -> None:
        if delta.WhichOneof("type") != "new_element":
            return
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            self._results.errors.append(f"{self._page}: {element.exception.message}")
        elif kind == "alert" and element.alert.format == Alert.ERROR:
            self._results.errors.append(f"{self._page}: {element.alert.body}")
        elif kind == "text_input" and element.text_input.query_param_key == "region":
            self._region_field = element.text_input.id
        elif kind in {"selectbox", "radio", "button_group"}:
            self._note(element, kind, delta.fragment_id)

    def _note(self, element: Element, kind: str, fragment: str) -> None:
        field_ = getattr(element, kind)
        options = list(field_.options)
        if kind == "button_group":
            # One with an icon is named in another way; the others are enough.
            options = [option.content for option in options if not option.content_icon]
        if (
            len(options) > 1
            and not field_.disabled
            and not field_.form_id
            and _CHANGES_LANGUAGE not in field_.id
        ):
            self._choices[field_.id] = Choice(field_.id, kind, tuple(options), fragment)
