"""Which rows a total is held against."""

from __future__ import annotations

import pytest

from core.exchange.readers import read_file


def lines(*, named: bool, wrong: int) -> list[str]:
    """Return a table of 300 customers with three rows and a subtotal each, one of them too high by 7."""
    found = ["客户,产品,销售额"]
    for customer in range(300):
        amounts = [customer + 1.5, customer * 2.0, 10.0]
        found += [f"客户{customer},产品{at},{amount}" for at, amount in enumerate(amounts)]
        name = f"客户{customer} 小计" if named else "小计"
        found.append(f"{name},,{sum(amounts) + (7 if customer == wrong else 0)}")
    return found


@pytest.mark.parametrize(("named", "scope"), [(True, "group"), (False, "block")])
def test_every_subtotal_is_held_against_its_own_rows(*, named: bool, scope: str) -> None:
    """A subtotal that names its group sums the group, another the rows above it; the wrong one is told."""
    table = read_file("\n".join(lines(named=named, wrong=123)).encode(), "f.csv").tables[0]
    assert len(table.table) == 900
    assert [each.row for each in table.set_aside] == [5 + 4 * customer for customer in range(300)]
    assert [at for at, each in enumerate(table.set_aside) if not each.agrees] == [123]
    assert {each.scope for each in table.set_aside} == {scope}
    assert table.set_aside[123].comparisons[0].difference == 7


@pytest.mark.parametrize(
    ("rows", "scope"),
    [
        (("合计,6", "甲,1", "乙,2", "丙,3"), "all"),  # above all
        (("小计,3", "甲,1", "乙,2", "小计,7", "丙,3", "丁,4"), "after"),  # above its rows
        (("甲,1", "乙,2", "小计,3", "丙,3", "小计,3", "累计,6", "丁,4", "戊,9"), "so far"),  # running
    ],
)
def test_a_total_finds_the_rows_it_sums(rows: tuple[str, ...], scope: str) -> None:
    """A total above its rows, and one of all rows so far, agree as well."""
    table = read_file("\n".join(["客户,销售额", *rows]).encode(), "f.csv").tables[0]
    assert all(each.agrees for each in table.set_aside)
    assert scope in {each.scope for each in table.set_aside}
