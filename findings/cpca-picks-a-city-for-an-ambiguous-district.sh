#!/usr/bin/env bash
# cpca 0.5.5 fills in province and city for a district whose name stands in several cities, without a sign of doubt.
# Seen: "朝阳区建国路93号" (a street of Beijing) becomes 吉林省长春市朝阳区 with adcode 220104, and "鼓楼区中山路1号",
# a district that Nanjing, Fuzhou, Xuzhou and Kaifeng have, becomes Kaifeng's 410204. Its area table ends before
# 2019: 莱芜区 of Jinan is unknown, 下城区 of Hangzhou, abolished in 2021, still has its code. It also imports
# pkg_resources, so it needs setuptools below 81.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cpca==0.5.5 'setuptools<81'
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import cpca

table = cpca.transform(
    ["朝阳区建国路93号", "鼓楼区中山路1号", "山东济南莱芜区", "杭州市下城区文晖路"]
).fillna("")
print(table.to_string())
assert table["adcode"].tolist() == ["220104", "410204", "370100", "330103"]
assert table["市"].tolist() == ["长春市", "开封市", "济南市", "杭州市"]
assert table["区"].tolist() == ["朝阳区", "鼓楼区", "", "下城区"]
PYTHON
