"""What every page stands in: the gate, the language, the navigation, the marker of demonstration data."""

from __future__ import annotations

from pages._ui import language, origin, runtime, url
from pages._ui.access import see_as
from pages._ui.components.origins import note_origins
from pages._ui.shell import first_start, frame, gate, navigation
from pages._ui.turn import turn

origin.announce()
with frame.page():
    url.declare(*url.SHARED)
    language.apply_language()
    frame.configure_page()
    frame.begin()
    closed = gate.open_gate()
    page = navigation.choose(ready=closed is None and runtime.ready())
    if closed is not None:
        closed()
    elif runtime.ready():
        frame.sidebar()
        see_as.banner()
        with turn(), note_origins():
            page.run()
    elif runtime.exists():
        frame.render_refusal()
    else:
        first_start.page()
