"""A list of users as a workbook or text file: whom to let in, with which roles, for which regions.

A column that the file doesn't have leaves what is there as it is: a list without the column “active” lets
nobody in again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from core.access import ROLES, User
from core.access.user import email_key, issues
from core.errors import AppError, ImportRefusedError, InputError, nearest
from core.exchange.readers import read_file
from core.i18n import N_, _, language, ngettext
from core.sandbox import read_apart

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from core.store.access.references import References

HEADERS = {
    "email": N_("E-mail"),
    "name": N_("Full name"),
    "roles": N_("Roles"),
    "region_ids": N_("Regions"),
    "companies": N_("Companies"),
    "employee_id": N_("Employee"),
    "active": N_("Active"),
    "since": N_("First day"),
    "until": N_("Last day"),
}
"""The columns of a list, to be translated; their field names are understood too."""
NEEDED = ("email", "name", "roles", "region_ids")
_SPELLINGS = {
    "email": "邮箱 电子邮箱 邮件 mail emailaddress",
    "name": "姓名 用户 用户名 username",
    "roles": "角色 role",
    "region_ids": "区域 地区 负责区域 region",
    "companies": "公司 本品公司 company",
    "employee_id": "人员 业务员 人员编号 rep",
    "active": "有效 启用",
    "since": "第一天 开始日期 起 from",
    "until": "最后一天 结束日期 止 to",
}
_ALL = {"all", "*", "全部", "整个市场", "所有"}
_YES, _NO = {"yes", "true", "1", "是", "有效", "启用"}, {"no", "false", "0", "否", "停用", "无效"}
_BETWEEN = re.compile(r"[,，;；、\n]+")


@dataclass(frozen=True)
class UserList:
    """What a file says about users.

    Parameters
    ----------
    users
        As they shall be, in the order of the file.
    added, changed
        How many the store doesn't know yet, and how many it knows otherwise.
    unused
        Headers of columns that say nothing about users.
    """

    users: tuple[User, ...]
    added: int
    changed: int
    unused: tuple[str, ...] = ()


def read_user_list(path: Path, known: Mapping[str, User], references: References) -> UserList:
    """Return what a file says about users.

    Parameters
    ----------
    path
        A workbook or text file; the first sheet with the needed columns counts.
    known
        The users there are, by e-mail address.
    references
        What users can be bound to.

    Raises
    ------
    ImportRefusedError
        A column is missing, or something is wrong with a row: all of it is said, with row and column.
    """
    reading = read_apart(path.name, read_file, path.absolute())
    sheets = [sheet for sheet in reading.sheets if sheet.kind == "table"]
    columns = [_columns(sheet.table) for sheet in sheets]
    place = next((i for i, found in enumerate(columns) if set(NEEDED) <= set(found)), None)
    if place is None:
        raise _without_columns(path.name, max(columns, key=len, default={}))
    table, fields = sheets[place].table, columns[place]
    users, found = [], []
    for number, row in zip(sheets[place].row_numbers, table.to_dict("records"), strict=True):
        user, wrong = _user({field: row[header] for field, header in fields.items()}, known, references)
        users.append(user)
        found += [_("Row {row}: {reason}", row=int(number), reason=reason) for reason in wrong]
    found += _twice(users)
    if found:
        raise ImportRefusedError(
            ngettext(
                "{n} thing is wrong with the list {file}; nobody was changed.",
                "{n} things are wrong with the list {file}; nobody was changed.",
                len(found), file=path.name,
            ),
            "\n".join(found),
        )  # fmt: skip
    unused = tuple(str(header) for header in table.columns if header not in fields.values())
    changed = sum(known.get(user.email) not in (None, user) for user in users)
    return UserList(tuple(users), sum(user.email not in known for user in users), changed, unused)


def _columns(table: pd.DataFrame) -> dict[str, str]:
    """Return the header of each field that a table has."""
    spellings = {_plain(text): field for field, texts in _SPELLINGS.items() for text in texts.split()}
    for field, header in HEADERS.items():
        spellings[_plain(field)] = field
        spellings[_plain(header)] = field
        with language("zh_CN"):
            spellings[_plain(_(header))] = field
    found: dict[str, str] = {}
    for header in table.columns:
        meant = spellings.get(_plain(str(header)))
        if meant:
            found.setdefault(meant, header)
    return found


def _plain(text: str) -> str:
    return re.sub(r"[\s_\-*]", "", text).casefold()


def _without_columns(file: str, found: Mapping[str, str]) -> ImportRefusedError:
    absent = _(", ").join(_(HEADERS[field]) for field in NEEDED if field not in found)
    return ImportRefusedError(
        _("The list {file} lacks: {columns}.", file=file, columns=absent),
        _("The columns are: {columns}.", columns=_(", ").join(_(header) for header in HEADERS.values())),
    )


def _user(
    cells: Mapping[str, Any], known: Mapping[str, User], references: References
) -> tuple[User, list[str]]:
    """Return the user of a row, and what is wrong with it."""
    wrong: list[str] = []
    texts = {field: _text(value) for field, value in cells.items()}
    email = email_key(texts["email"])
    base = known.get(email, User("", email, "", ()))
    values: dict[str, Any] = {"email": email, "name": texts["name"]}
    for field, read in _readers(base, references).items():
        if field in cells:
            try:
                values[field] = read(cells[field])
            except AppError as error:
                wrong.append(f"{_(HEADERS[field])}: {error}")
                # What is wrong with the cell is said; what else follows from it is not.
                values[field] = getattr(base, field)
    user = replace(base, **values)
    is_bound = user.is_rep or "admin" in user.roles
    if not wrong:
        if not texts["region_ids"] and not is_bound:
            wrong.append(_("Say which regions, or “all” for the whole market."))
        else:
            wrong += issues(user)
    return user, wrong


def _readers(base: User, references: References) -> dict[str, Callable[[Any], object]]:
    """Return how the cell of each column is read."""
    return {
        "roles": lambda cell: tuple(read_role(text) for text in _parts(cell)),
        "region_ids": lambda cell: _ids(cell, references.region),
        "companies": lambda cell: _ids(cell, references.company),
        "employee_id": lambda cell: references.employee(_text(cell)) if _text(cell) else None,
        "active": lambda cell: _is_active(_text(cell), base),
        "since": _day,
        "until": _day,
    }


def _ids(cell: object, find: Callable[[str], str]) -> tuple[str, ...] | None:
    parts = _parts(cell)
    if not parts or (len(parts) == 1 and parts[0].casefold() in _ALL):
        return None
    return tuple(find(part) for part in parts)


def read_role(text: str) -> str:
    """Return the code of a role that is named by its code or its name in either language.

    Raises
    ------
    InputError
        There is none; the nearest one is named.
    """
    names = {code: code for code in ROLES}
    for each in ("en", "zh_CN"):
        with language(each):
            names |= {_(role.name).casefold(): code for code, role in ROLES.items()}
    code = names.get(text.strip().casefold())
    if code is None:
        near = nearest(text, names)
        raise InputError(
            _("There is no role “{role}”.", role=text),
            _("Did you mean {name}?", name=near)
            if near
            else _("There are: {roles}.", roles=", ".join(ROLES)),
        )
    return code


def _is_active(text: str, base: User) -> bool:
    if not text:
        return base.active
    if text.casefold() in _YES | _NO:
        return text.casefold() in _YES
    raise InputError(_("“{value}” is neither yes nor no.", value=text))


def _day(cell: object) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = _text(cell)
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text.replace("/", "-"))
    except ValueError as error:
        raise InputError(_("“{value}” is no day.", value=text), _("Write it like 2026-01-31.")) from error


def _parts(cell: object) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(_text(cell)) if part.strip()]


def _text(cell: object) -> str:
    if cell is None or cell != cell:  # noqa: PLR0124 - NaN is unequal to itself
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _twice(users: list[User]) -> list[str]:
    counts = Counter(user.email for user in users if user.email)
    return [
        _("{email} stands {n} times in the list.", email=email, n=n) for email, n in counts.items() if n > 1
    ]
