"""Hostile and odd files end in a sentence or a load, and another session notices nothing."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from core.exchange.canonical.importing import load
from core.sandbox.runner import MEMORY
from core.store.database import Store
from tests.core.exchange.hostile.collection import SHORT, collection
from tests.core.exchange.hostile.uploading import upload

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES = collection()
# What must be loaded: a reader that refuses everything would be safe and useless.
LOADED = {"text/name_with_rlo/region.csv", "text/name_with_rlo.csv", "table/turned_text/region.parquet"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store in which another session counts companies all the time; its failures fail the tests."""
    failures: list[BaseException] = []
    done = threading.Event()
    with Store.open(tmp_path_factory.mktemp("hostile") / "store.duckdb") as opened:
        load(opened, {"company": pd.DataFrame({"company_id": ["A"], "name": ["a"]})})

        def ask() -> None:
            while not done.wait(0.05):
                try:
                    assert opened.fetch("SELECT COUNT(*) AS n FROM company AS c").num_rows == 1
                except Exception as error:
                    failures.append(error)

        session = threading.Thread(target=ask)
        session.start()
        yield opened
        done.set()
        session.join()
    assert failures == []


@pytest.mark.parametrize("name", SHORT)
def test_an_upload_ends_in_a_sentence_or_a_load(store: Store, tmp_path: Path, name: str) -> None:
    """A hostile file is loaded, asked about, or refused in words without a place of the server."""
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_bytes(FILES[name]())
    ending = upload(store, path)
    assert ending.way in {"loaded", "asked", "refused"}, ending
    assert ending.is_helpful(tmp_path), ending
    assert (ending.way == "loaded") or name not in LOADED, ending


def test_a_file_gets_less_than_a_gigabyte() -> None:
    """What a small file may take stays below 1 GB together with the process before it."""
    assert MEMORY + (190 << 20) <= 1 << 30
