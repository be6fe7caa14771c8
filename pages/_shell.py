"""What every page stands in: the gate, the language, the navigation, the marker of demonstration data."""

from __future__ import annotations

from pages._ui import language, runtime, url
from pages._ui.shell import first_start, frame, navigation

with frame.page():
    url.declare(*url.SHARED)
    language.apply_language()
    frame.configure_page()
    page = navigation.choose(ready=runtime.ready())
    if runtime.ready():
        frame.sidebar()
        page.run()
    elif runtime.exists():
        frame.render_refusal()
    else:
        first_start.page()
