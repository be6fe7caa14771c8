#!/usr/bin/env bash
# cn2an 0.5.24, transform(text, "cn2an"), meant for amounts in running Chinese text, also rewrites the numerals that
# are part of names of places, brands and shops, and can't be told not to.
# Seen: 三亚市 becomes 3亚市, 四川省 4川省, 六安市 6安市, 三元牛奶一万二 3元牛奶12000; 百色市, 千阳县 and 万州区 stay. A
# cleaned column of regions no longer matches any list, and 3元牛奶 reads like a price of 3 yuan.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cn2an==0.5.24
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import cn2an

seen = {
    text: cn2an.transform(text, "cn2an")
    for text in ("三亚市", "四川省", "六安市", "三元牛奶一万二", "百色市", "千阳县", "万州区")
}
print(seen)
assert seen == {
    "三亚市": "3亚市",
    "四川省": "4川省",
    "六安市": "6安市",
    "三元牛奶一万二": "3元牛奶12000",
    "百色市": "百色市",
    "千阳县": "千阳县",
    "万州区": "万州区",
}
PYTHON
