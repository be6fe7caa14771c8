"""Text files that are hostile or odd: endless lines, open quotes, wrong encodings, names that turn text around."""

# ruff: noqa: E501, PLW0108 - a file is a line here, and each is made when it is asked for

from __future__ import annotations

from functools import partial
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

Maker = "Callable[[], bytes]"
HEAD = "产品编号,产品名称,箱规\n"
ROWS = "".join(f"Q{n},客户{n},{n + 1}\n" for n in range(20))
PLAIN = HEAD + ROWS
CANONICAL = "region_id,level,name\nH1,province,One\nH2,city,Two\n"
# Marks that turn the direction of text around, or that nobody sees.
INVISIBLE = {
    "rlo": "\u202e",
    "lri": "\u2066",
    "pdi": "\u2069",
    "zero_width": "\u200b",
    "joiner": "\u200d",
    "mark": "\ufeff",
    "soft_hyphen": "\u00ad",
    "bell": "\x07",
    "escape": "\x1b[31m",
    "backspace": "\b",
    "form_feed": "\f",
    "vertical_tab": "\v",
    "next_line": "\u0085",
    "line_separator": "\u2028",
    "tag": "\U000e0041",
}


def texts() -> dict[str, Callable[[], bytes]]:
    """Return what makes each file, by its name."""
    files: dict[str, Callable[[], bytes]] = {
        "endless_line.csv": lambda: b"a,b\n" + b"x" * (40 << 20),
        "endless_line_canonical/region.csv": lambda: b"region_id,level,name\n" + b"x" * (40 << 20),
        "endless_header.csv": lambda: b"x" * (40 << 20),
        "endless_quote.csv": lambda: b'a,b\n1,"' + b"x\n" * (20 << 20),
        "endless_quote_canonical/region.csv": lambda: b'region_id,level,name\nA,city,"' + b"x\n" * (10 << 20),
        "open_quote_header.csv": lambda: b'"a,b\n1,2\n3,4\n',
        "quotes_only.csv": lambda: b'"' * 100_000,
        "separators_only.csv": lambda: b"," * 5_000_000,
        "separator_lines.csv": lambda: b",,,,,,\n" * 1_000_000,
        "newlines_only.csv": lambda: b"\n" * 10_000_000,
        "returns_only.csv": lambda: b"\r" * 5_000_000,
        "blanks_only.csv": lambda: b" " * 10_000_000,
        "million_columns.csv": lambda: ",".join(f"c{n}" for n in range(1_000_000)).encode() + b"\n",
        "million_columns/region.csv": lambda: (
            "region_id,level,name," + ",".join(f"c{n}" for n in range(1_000_000))
        ).encode(),
        "many_columns_rows.csv": lambda: (",".join(f"c{n}" for n in range(50_000)) + "\n").encode() * 10,
        "million_character_cell.csv": lambda: f"{HEAD}华东,{'长' * 1_000_000},1\n".encode(),
        "million_character_cell/region.csv": lambda: f"{CANONICAL}H3,city,{'x' * 1_500_000}\n".encode(),
        "million_character_header.csv": lambda: f"{'头' * 1_000_000},b\n1,2\n".encode(),
        "one_ragged_row_of_a_million.csv": lambda: PLAIN.encode() + b"1," * 1_000_000 + b"\n",
        "nul_first.csv": lambda: b"\x00" + PLAIN.encode(),
        "nul_middle.csv": lambda: PLAIN.encode().replace("客户7".encode(), b"\x00"),
        "nul_last.csv": lambda: PLAIN.encode() + b"\x00",
        "nul/region.csv": lambda: CANONICAL.encode() + b"H3,city,a\x00b\n",
        "all_nul.csv": lambda: bytes(1_000_000),
        "noise.csv": lambda: Random(1).randbytes(1_000_000),
        "noise_large.csv": lambda: Random(2).randbytes(34 << 20),
        "noise/region.csv": lambda: Random(3).randbytes(100_000),
        "half_utf16.csv": lambda: PLAIN.encode("utf-16")[:-1],
        "utf16_without_mark.csv": lambda: PLAIN.encode("utf-16-le"),
        "utf32.csv": lambda: PLAIN.encode("utf-32"),
        "utf7.csv": lambda: PLAIN.encode("utf-7"),
        "two_encodings.csv": lambda: PLAIN.encode() + ROWS.encode("gbk"),
        "cut_in_a_character.csv": lambda: PLAIN.encode()[:-2],
        "gbk/region.csv": lambda: CANONICAL.replace("One", "武汉").encode("gbk"),
        "header_only.csv": HEAD.encode,
        "header_only/region.csv": lambda: b"region_id,level,name\n",
        "one_byte.csv": lambda: b"x",
        "one_newline.csv": lambda: b"\n",
        "same_headers.csv": lambda: b"a," * 500 + b"a\n" + b"1," * 500 + b"1\n",
        "empty_headers.csv": lambda: b"," * 500 + b"\n" + b"1," * 500 + b"1\n",
        "huge_numbers.csv": lambda: (
            f"{HEAD}华东,甲,{'9' * 5000}\n华东,乙,1e999999\n华东,丙,-1e-999999\n".encode()
        ),
        "not_numbers.csv": lambda: f"{HEAD}华东,甲,NaN\n华东,乙,inf\n华东,丙,-Infinity\n".encode(),
        "odd_days.csv": lambda: "月份,客户,销售额\n99999-01,甲,1\n0000-00,乙,2\n2024-13-45,丙,3\n".encode(),
        "huge_days.csv": lambda: f"月份,客户,销售额\n{'2' * 400},甲,1\n".encode(),
        "formulas.csv": lambda: f"{HEAD}=1+1,+1,-1\n@SUM(A1),=cmd,2\n".encode(),
        "leading_apostrophe.csv": lambda: f"{HEAD}'华东,'001,1\n".encode(),
        "many_distinct.csv": lambda: (
            HEAD + "".join(f"区{n},客户{n},{n}\n" for n in range(300_000))
        ).encode(),
        "deep_quotes.csv": lambda: b'a,b\n1,"' + b'""' * 60_000 + b'"\n',
        "tabs_and_commas.txt": lambda: PLAIN.replace(",", ",\t").encode(),
        "pipes.txt": lambda: PLAIN.replace(",", "|").encode(),
        "fixed_width.txt": lambda: "".join(f"华东  客户{n:<10}{n:>8}\n" for n in range(50)).encode(),
        "an_essay.txt": lambda: ("它是一篇文章，没有表格。\n" * 2_000).encode(),
        "log_of_a_server.txt": lambda: b"2024-01-01 12:00:00 INFO ready\n" * 5_000,
        "million_rows_of_one_key/region.csv": lambda: b"region_id,level,name\n" + b"H9,city,x\n" * 400_000,
        "all_wrong/region.csv": lambda: b"region_id,level,name\n" + b",bad,\n" * 200_000,
        "self_parent/region.csv": lambda: b"region_id,parent_id,level,name\nR1,R1,city,a\n",
        "circle/region.csv": lambda: b"region_id,parent_id,level,name\nR1,R2,city,a\nR2,R1,city,b\n",
        "long_chain/region.csv": lambda: (
            "region_id,parent_id,level,name\n"
            + "".join(f"L{n},{f'L{n - 1}' if n else ''},city,n\n" for n in range(5_000))
        ).encode(),
    }
    for name, sign in INVISIBLE.items():
        files[f"name_with_{name}.csv"] = partial(_with_sign, sign)
        files[f"name_with_{name}/region.csv"] = partial(_canonical_with_sign, sign)
    return files


def _with_sign(sign: str) -> bytes:
    return f"{HEAD}Q{sign}1,客{sign}户,1\nQ2,客户,2\n".encode()


def _canonical_with_sign(sign: str) -> bytes:
    return f'region_id,level,name\n"S1",city,"One{sign}"\n"S{sign}2",city,Two\n'.encode()
