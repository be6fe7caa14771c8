"""Rows whose code is one region's and whose name is another's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.exchange.flow import Known, open_file, prepare
from core.exchange.readers import Limits

if TYPE_CHECKING:
    from core.store.database import Store


@pytest.mark.parametrize("limits", [Limits(), Limits(in_memory=1 << 9)], ids=["held", "row by row"])
def test_a_code_beside_another_ones_name_is_an_error(market: Store, tmp_path: Path, limits: Limits) -> None:
    """A row whose code and name mean two regions is set aside; unknown names and wider regions are not."""
    rows = [f"2,武汉市,甲公司,20{year}-{month:02d},5" for year in range(10, 15) for month in range(1, 13)]
    rows[30] = "2,宜昌市,甲公司,2012-07,5"
    rows[40] = "2,湖北省,甲公司,2013-05,5"
    rows[50] = "2,汉口,甲公司,2014-03,5"
    path = tmp_path / "报表.csv"
    path.write_text("区域编号,区域名称,公司,月份,销售额(元)\n" + "\n".join(rows) + "\n", "utf-8")
    known = Known(market)
    flow = open_file(path, known, limits=limits)
    assert flow.questions == ()
    prepared = prepare(flow, known)
    assert (prepared.good, prepared.bad) == (59, 1)
    (flaw,) = [flaw for flaw in prepared.flaws if flaw.level == "error"]
    assert "武汉市" in flaw.words[0]
    assert prepared.sheets[0].sheet.row_numbers[flaw.positions[0]] == 32
