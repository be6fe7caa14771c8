"""The installed product: ``shengeng`` opens the app, ``shengeng COMMAND`` is the command line.

The wheel holds the folders of the repository inside this package, where nothing else of the environment is
called ``core`` or ``pages``. Data of the user never go there: they lie in ``~/Shengeng`` unless
``SHENGENG_STORE`` and ``SHENGENG_TEMP`` say otherwise.
"""

import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
DATA = Path.home() / "Shengeng"


def main() -> int:
    """Run the app, or one command of ``python -m core``."""
    DATA.mkdir(exist_ok=True)
    os.environ.setdefault("SHENGENG_STORE", str(DATA / "market.duckdb"))
    os.environ.setdefault("SHENGENG_TEMP", str(DATA / "tmp"))
    sys.path.insert(0, str(PACKAGE))
    if len(sys.argv) > 1:
        from core.__main__ import main as run_command

        return run_command()
    from streamlit.web.cli import main as streamlit

    os.chdir(PACKAGE)  # Streamlit reads .streamlit/config.toml of the folder it starts in
    sys.argv = ["streamlit", "run", "app.py"]
    return int(streamlit() or 0)
