"""The walls of the house, seen at run time: import-linter reads the static graph only."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCREEN = ("streamlit", "plotly", "pydeck")
FORMULAS = (
    "core.market",
    "core.targets",
    "core.visits",
    "core.territories",
    "core.geo",
    "core.customers",
    "core.cycle",
)


def loaded_after(statement: str) -> set[str]:
    """Return the top-level names of the modules a fresh interpreter holds after a statement."""
    code = f"{statement}; import sys; print(' '.join({{name.split('.')[0] for name in sys.modules}}))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(result.stdout.split())


def import_everything_below(package: str) -> str:
    """Return a statement that imports a package and every module in it."""
    return (
        f"import importlib, pkgutil, {package} as p; "
        "[importlib.import_module(m.name) for m in pkgutil.walk_packages(p.__path__, p.__name__ + '.')"
        " if not m.name.endswith('__main__')]"
    )


def test_the_core_loads_no_screen_library() -> None:
    """Importing every module of core loads neither streamlit nor plotly nor pydeck."""
    assert not loaded_after(import_everything_below("core")) & set(SCREEN)


@pytest.mark.parametrize("package", FORMULAS)
def test_the_formulas_load_no_database(package: str) -> None:
    """The formulas work where DuckDB isn't installed."""
    assert "duckdb" not in loaded_after(import_everything_below(package))
