"""设置 → 用户: an administrator lets people in, changes and shuts them out, and sees what they see."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from core.access import User
from core.store.access.users import add, load
from pages._ui import runtime
from tests.pages.conftest import open_app

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from core.store.database import Store

ADMIN = User("", "admin@corp.example", "Zhou", ("admin",))
VIEWER = User("", "li@corp.example", "Li", ("viewer",))


@pytest.fixture
def store(full: Path, team_mode: None) -> Store:
    """The demonstration region, an administrator and a viewer."""
    store = runtime.whole_store()
    for user in (ADMIN, VIEWER):
        add(store, user)
    return store


def sign_in(email: str) -> AppTest:
    """Open the page of users as somebody."""
    user = {"iss": "https://id", "sub": email, "iat": time.time(), "is_logged_in": True, "email": email}
    app = open_app("users.py", user, lang="en")
    assert not app.exception
    return app


def choose(app: AppTest, email: str) -> AppTest:
    """Choose a user of the list."""
    app.session_state["chosen_user"] = email
    return app.run()


def audit(store: Store) -> list[tuple[str, str, str]]:
    """Return actor, action and key of all changes of users, the latest first."""
    rows = store.fetch(
        "SELECT a.actor, a.action, a.entity_key FROM audit_log AS a WHERE a.entity = 'app_user'"
        " ORDER BY a.audit_id DESC"
    ).to_pylist()
    return [tuple(row.values()) for row in rows]


def test_an_administrator_lets_somebody_in(store: Store) -> None:
    """The user stands in the store under the administrator's name, and there is a text to send."""
    app = sign_in(ADMIN.email)
    region = store.fetch("SELECT MIN(r.region_id) AS id FROM region AS r")["id"][0].as_py()
    app.text_input(key="invite_0_name").set_value("Wang")
    app.text_input(key="invite_0_email").set_value("Wang@corp.example")
    app.multiselect(key="invite_0_roles").set_value(["manager"])
    app.multiselect(key="invite_0_regions").set_value([region])
    app.button(key="invite_0_save").click().run()
    assert not app.error
    user = load(store, "wang@corp.example").user
    assert (user.roles, user.region_ids) == (("manager",), (region,))
    assert audit(store)[0] == (ADMIN.email, "user_add", "wang@corp.example")
    assert "wang@corp.example" in app.code[0].value


def test_what_is_wrong_is_said_and_nobody_is_let_in(store: Store) -> None:
    """No region is chosen: that is not the whole market."""
    app = sign_in(ADMIN.email)
    app.text_input(key="invite_0_name").set_value("Wang")
    app.text_input(key="invite_0_email").set_value("wang@corp.example")
    app.multiselect(key="invite_0_roles").set_value(["viewer"])
    app.button(key="invite_0_save").click().run()
    assert "No region is chosen" in app.error[0].value
    assert audit(store)[0][1] != "user_add" or audit(store)[0][2] != "wang@corp.example"


def test_a_user_is_deactivated_and_let_in_again(store: Store) -> None:
    """The list says so; the last administrator stays."""
    app = choose(sign_in(ADMIN.email), VIEWER.email)
    app.button(key="user_deactivate").click().run()
    assert not load(store, VIEWER.email).user.active
    assert "Deactivated" in set(app.dataframe[0].value["Account"])
    app.button(key="user_activate").click().run()
    assert load(store, VIEWER.email).user.active
    choose(app, ADMIN.email).button(key="user_deactivate").click().run()
    assert "last active administrator" in app.error[0].value
    assert load(store, ADMIN.email).user.active


def test_an_administrator_sees_as_another_and_comes_back(store: Store) -> None:
    """A banner tells it on every page, it is written down, and nothing can be administered meanwhile."""
    app = choose(sign_in(ADMIN.email), VIEWER.email)
    app.button(key="look_as").click().run()
    assert audit(store)[0] == (ADMIN.email, "see_as", VIEWER.email)
    assert "li@corp.example" in app.warning[0].value.replace("\\", "")
    app.switch_page("users.py").run()
    assert "keep users" in app.error[0].value
    app.button(key="see_as_end").click().run()
    assert not app.warning
    app.switch_page("users.py").run()
    assert not app.error


def test_nobody_else_sees_the_users(store: Store) -> None:
    """A viewer finds neither the way there nor a name."""
    app = sign_in(VIEWER.email)
    assert not app.dataframe
    assert "keep users" in app.error[0].value
    app.switch_page("settings.py").run()
    assert "open_users" not in [button.key for button in app.button]


def test_alone_it_is_reached_from_the_settings(empty: Path, visit) -> None:
    """Without sign-in the page says so, and the first administrator can be named."""
    app = visit("settings.py")
    app.button(key="open_users").click().run()
    assert "works here alone" in app.info[0].value
    assert [button.key for button in app.button if button.key == "look_as"] == []
