"""The launcher: ``streamlit run app.py`` or ``python app.py``.

Streamlit runs ``pages/_shell.py``, never this file: a ``pages`` folder beside the script that it runs
would be served page by page, past the shell, to whoever asks first.
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from pages._ui.routes import ROUTES
from pages._ui.runtime import lifespan
from pages._ui.shell.document import OwnDocument
from pages._ui.shell.hosts import AllowedHosts

app = st.App(
    Path(__file__).parent / "pages" / "_shell.py",
    routes=ROUTES,
    lifespan=lifespan,
    middleware=[Middleware(AllowedHosts), Middleware(OwnDocument)],
)

if __name__ == "__main__":
    app.run()
