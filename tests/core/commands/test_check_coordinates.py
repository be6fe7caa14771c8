"""``python -m core check-coordinates`` on the demonstration region with mistakes put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from core.__main__ import main
from core.store.database import Store
from core.store.terminals import coordinate_fixes as placing

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store_path(sample_copy) -> Path:
    """400 shops, one of them at zero, zero and one with a lost sign."""
    path = sample_copy(400)
    with Store.open(path) as store:
        rows = store.fetch(
            "SELECT t.terminal_id AS terminal_id, t.lat AS lat, t.lon AS lon, t.crs AS crs FROM terminal AS t"
            " WHERE t.lat > 1 ORDER BY t.terminal_id LIMIT 2"
        ).to_pandas()
        rows.loc[0, ["lat", "lon"]] = 0.0
        rows.loc[1, "lon"] = -rows.loc[1, "lon"]
        placing.fix_places(store, rows)
    return path


def test_mistakes_are_found_and_written(store_path: Path, tmp_path: Path, capsys) -> None:
    """The two mistakes stand in the file with what is offered, and the exit code says that there are some."""
    out = tmp_path / "found.csv"
    options = ["check-coordinates", "--store", str(store_path), "--language", "en"]
    assert main([*options, "--out", str(out)]) == 1
    found = pd.read_csv(out)
    assert {"At zero, zero", "Sign lost"} <= set(found["Finding"])
    sign = found[found["Finding"] == "Sign lost"].iloc[0]
    assert sign["Longitude offered"] == -sign["Longitude"]
    assert "Sign lost: 1 terminals, 1 with a fix" in capsys.readouterr().err


def test_a_tolerance_below_zero_is_refused(store_path: Path, capsys) -> None:
    """A negative tolerance is named in a sentence."""
    assert (
        main(["check-coordinates", "--store", str(store_path), "--tolerance", "-1", "--language", "en"]) == 1
    )
    assert "tolerance" in capsys.readouterr().err
