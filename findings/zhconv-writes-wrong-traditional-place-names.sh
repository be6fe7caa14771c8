#!/usr/bin/env bash
# zhconv 1.4.3 turns several simplified place names into traditional ones that do not exist: its table maps single
# characters where the name keeps the simple form. Seen for zh-tw: 岳阳市 becomes 嶽陽市 (written 岳陽), 范县 becomes
# 範縣 (范縣), 海淀区 becomes 海澱區 (海淀). OpenCC 1.4.2 keeps all three right. A list keyed by such names never
# matches one from Hong Kong or Taiwan.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check zhconv==1.4.3 OpenCC==1.4.2 'setuptools<81'
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import opencc
import zhconv

other = opencc.OpenCC("s2t")
for name, seen, right in [("岳阳市", "嶽陽市", "岳陽市"), ("范县", "範縣", "范縣"), ("海淀区", "海澱區", "海淀區")]:
    got = zhconv.convert(name, "zh-tw")
    print(name, "zhconv", got, "OpenCC", other.convert(name))
    assert got == seen
    assert other.convert(name) == right
PYTHON
