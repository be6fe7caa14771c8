"""The launcher: ``streamlit run app.py`` or ``python app.py``.

Streamlit runs ``pages/_shell.py``, never this file: a ``pages`` folder beside the script that it runs
would be served page by page, past the shell, to whoever asks first.
"""

from pathlib import Path

import streamlit as st

from pages._ui.routes import MIDDLEWARE, ROUTES
from pages._ui.server.lifespan import lifespan
from pages._ui.server.start import check_start
from pages._ui.shell.frame import show_trouble

print(check_start(), flush=True)

app = st.App(
    Path(__file__).parent / "pages" / "_shell.py",
    routes=ROUTES,
    lifespan=lifespan,
    middleware=MIDDLEWARE,
    on_script_error=show_trouble,
)

if __name__ == "__main__":
    app.run()
