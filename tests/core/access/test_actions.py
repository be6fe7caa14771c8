"""Every change of the store that the code can make has a right that it needs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from core.access import RIGHT_OF_ACTION

ROOT = Path(__file__).resolve().parents[3]
DOORS = {"write", "write_beside"}
MAY_CHANGE = re.compile(r"store\.write|TableRecords|\(\s*store,\s*\"|ACTION|_UNDO")


@cache
def trees() -> tuple[ast.Module, ...]:
    """Return the syntax trees of the files that may change the store, or hand on an action."""
    files = (path for folder in ("core", "pages") for path in sorted((ROOT / folder).rglob("*.py")))
    return tuple(ast.parse(text) for path in files if MAY_CHANGE.search(text := path.read_text("utf-8")))


@cache
def constants() -> dict[str, str]:
    """Return the texts that modules give a name."""
    found: dict[str, object] = {}
    for tree in trees():
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                found |= {
                    target.id: node.value.value for target in node.targets if isinstance(target, ast.Name)
                }
    return {name: text for name, text in found.items() if isinstance(text, str)}


@cache
def calls() -> tuple[ast.Call, ...]:
    """Return every call in core and pages."""
    return tuple(node for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Call))


def door_calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Give the calls of ``Store.write`` and ``Store.write_beside``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in DOORS:
            owner = node.func.value
            if isinstance(owner, ast.Name) and owner.id == "store":
                yield node


def handed_on() -> dict[str, int]:
    """Return the functions that hand an action on to the store, with the place of that parameter."""
    found = {}
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names = [argument.arg for argument in node.args.args]
                for call in door_calls(node):
                    first = call.args[0]
                    if isinstance(first, ast.Name) and first.id in names:
                        found[node.name] = names.index(first.id)
    return found


def texts(node: ast.expr) -> set[str]:
    """Return the actions that an expression can be."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.Name(id=name) if name in constants():
            return {constants()[name]}
        case ast.IfExp(body=yes, orelse=no):
            return texts(yes) | texts(no)
        case ast.JoinedStr(values=[ast.FormattedValue(value=ast.Attribute(attr="action")), last]):
            ends = texts(last.value if isinstance(last, ast.FormattedValue) else last)
            kinds = [call for call in calls() if getattr(call.func, "id", "") == "TableRecords"]
            return {start + end for call in kinds for start in texts(call.args[1]) for end in ends}
    return set()


def actions_in_code() -> dict[str, set[str]]:
    """Return the actions of every call that gives one to the store, by its place in its file."""
    found: dict[str, set[str]] = {}
    passes = handed_on()
    for tree in trees():
        for call in door_calls(tree):
            if isinstance(call.args[0], ast.Name) and call.args[0].id == "action":
                continue
            found[ast.unparse(call)[:200]] = texts(call.args[0])
    for call in calls():
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        given = call.args[passes[name]] if name in passes and len(call.args) > passes[name] else None
        if isinstance(given, ast.Constant):
            found[ast.unparse(call)[:200]] = texts(given)
    return found


def test_every_action_in_the_code_needs_a_right() -> None:
    """No change gets into the store without a right that is declared for it."""
    unread = [place for place, actions in actions_in_code().items() if not actions]
    assert not unread
    assert set().union(*actions_in_code().values()) - set(RIGHT_OF_ACTION) == set()


def test_no_right_is_declared_for_an_action_that_is_gone() -> None:
    """What the table of actions names is done somewhere."""
    assert set(RIGHT_OF_ACTION) - set().union(*actions_in_code().values()) == set()
