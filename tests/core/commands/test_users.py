"""``python -m core users``: from the first administrator to a list of the whole team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from core.__main__ import main
from core.store.access.users import list_users, load
from core.store.database import Store

if TYPE_CHECKING:
    from pathlib import Path


def test_a_team_is_made_changed_and_listed(tmp_path: Path, capsys: Any) -> None:
    """The first administrator comes before any data; a list brings the rest; who left is let in no more."""
    path = tmp_path / "market.duckdb"
    where = ["--store", str(path), "--language", "en"]
    assert main(["users", "add", "Admin@example.com", "--name", "Zhou", "--role", "admin", *where]) == 0
    with Store.open(path) as store:
        store.maintain(
            lambda cursor: cursor.execute(
                "INSERT INTO region (region_id, level, name) VALUES ('N', 'city', 'North')"
            )
        )
    file = tmp_path / "team.csv"
    file.write_text(
        "name,e-mail,roles,regions\nLi,li@example.com,manager,North\nWu,wu@example.com,viewer,all\n"
    )
    assert main(["users", "import", str(file), "--dry-run", *where]) == 0
    assert main(["users", "import", str(file), *where]) == 0
    assert main(["users", "change", "li@example.com", "--role", "planner", "--all-regions", *where]) == 0
    assert main(["users", "remove", "wu@example.com", *where]) == 0
    capsys.readouterr()
    assert main(["users", "list", *where]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        ["li@example.com", "Li", "planner", "the whole market", "may sign in"],
        ["admin@example.com", "Zhou", "admin", "the whole market", "may sign in"],
        ["wu@example.com", "Wu", "viewer", "the whole market", "is not let in"],
    ]
    with Store.open(path) as store:
        assert load(store, "li@example.com").user.region_ids is None


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            ["add", "li@example.com", "--name", "Li", "--role", "viewer"],
            "--all-regions",
        ),  # how much may be seen?
        (
            ["add", "li@example.com", "--name", "Li", "--role", "boss", "--all-regions"],
            "admin",
        ),  # no such role
        (["remove", "admin@example.co"], "admin@example.com"),  # a slip; the nearest
        (["remove", "admin@example.com"], "last active administrator"),  # nobody would be left
    ],
)
def test_a_wrong_call_changes_nobody(tmp_path: Path, call: list[str], said: str, capsys: Any) -> None:
    """The exit code is 1, and the reason is on standard error."""
    path = tmp_path / "market.duckdb"
    where = ["--store", str(path), "--language", "en"]
    main(["users", "add", "admin@example.com", "--name", "Zhou", "--role", "admin", *where])
    assert main(["users", *call, *where]) == 1
    assert said in capsys.readouterr().err
    with Store.open(path) as store:
        assert [(record.user.email, record.version) for record in list_users(store)] == [
            ("admin@example.com", 1)
        ]
