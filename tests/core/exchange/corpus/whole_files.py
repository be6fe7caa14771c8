"""Workbooks that say regions by addresses and paths, quantities in 件, and names of their own sheets."""

from tests.core.exchange.corpus.whole_file import WholeFile

TERMINAL = ("terminal_id", "region_id", "address")
REGION = ("region_id", "parent_id", "level", "name", "population")
SALES = ("dealer_id", "month", "sell_in_amount")

CASES = [
    WholeFile(
        "终端名单",
        "Shops have an address and no region: it is proposed from them, a question per part of a town.",
        {
            "终端": [
                ("终端编码", "终端名称", "地址"),
                ("N1", "一号店", "湖北省武汉市江岸区解放大道1号"),
                ("N2", "二号店", "湖北省武汉市江岸区解放大道2号"),
                ("N3", "三号店", "宜昌市东山大道8号"),
                ("N4", "四号店", "人民路12号"),
                ("N5", "五号店", None),
            ]
        },
        [("name", "宜昌市"), ("name", "湖北省武汉市江岸区"), ("region_from_address", "地址")],
        {
            "terminal": [
                TERMINAL,
                ("N1", "4", "湖北省武汉市江岸区解放大道1号"),
                ("N2", "4", "湖北省武汉市江岸区解放大道2号"),
                ("N3", "3", "宜昌市东山大道8号"),
                ("N4", None, "人民路12号"),
                ("N5", None, None),
                ("T1", "2", None),
                ("T2", "3", None),
            ]
        },
        warned=["no_region", "no_region_in_address"],
    ),
    WholeFile(
        "终端地址不用",
        "The user doesn't want the region from the address, and for one town it would be wrong.",
        {"终端": [("终端编码", "终端名称", "地址"), ("N1", "一号店", "宜昌市东山大道8号")]},
        [("region_from_address", "地址")],
        {
            "terminal": [
                TERMINAL,
                ("N1", None, "宜昌市东山大道8号"),
                ("T1", "2", None),
                ("T2", "3", None),
            ]
        },
        {"region_from_address": "no"},
    ),
    WholeFile(
        "经销商名单",
        "The store keeps no address of dealers: it is used for the region only; one region is denied.",
        {
            "经销商": [
                ("经销商编码", "经销商名称", "联系地址"),
                ("D1", "甲商贸", "武汉江岸解放大道1号"),
                ("D2", "乙商贸", "宜昌市一马路3号"),
            ]
        },
        [("name", "宜昌市"), ("name", "武汉江岸"), ("region_from_address", "联系地址")],
        {"dealer": [("dealer_id", "name", "region_id"), ("D1", "甲商贸", "4"), ("D2", "乙商贸", None)]},
        {("name", "宜昌市"): ""},
    ),
    WholeFile(
        "终端省市区",
        "Province, city and county side by side lead to one region; 市辖区 is none, a short name is asked.",
        {
            "终端": [
                ("终端编码", "终端名称", "省份", "城市", "区域"),
                ("N1", "一号店", "湖北省", "武汉市", "江岸区"),
                ("N2", "二号店", "湖北省", "市辖区", "江岸区"),
                ("N3", "三号店", "湖北", "宜昌", None),
                ("N4", "四号店", "湖南省", "武汉市", "江岸区"),
            ]
        },
        [("name", "湖北 / 宜昌")],
        {
            "terminal": [
                TERMINAL,
                ("N1", "4", None),
                ("N2", "4", None),
                ("N3", "3", None),
                ("T1", "2", None),
                ("T2", "3", None),
            ]
        },
        bad={"终端": [5]},
    ),
    WholeFile(
        "市场销售省市县",
        "Figures of a market by province, city and county.",
        {
            "市场": [
                ("省", "市", "区县", "品牌", "年月", "销售额(万元)"),
                ("湖北省", "武汉市", "江岸区", "甲公司", "2024-03", 3),
                ("湖北省", "宜昌市", None, "甲公司", "2024-03", 5),
            ]
        },
        [],
        {"market_sales": [("region_id", "amount"), ("3", 50000.0), ("4", 30000.0)]},
    ),
    WholeFile(
        "区域省市县",
        "A county per row: provinces and cities become regions, known ones stay, 鼓楼区 is there twice.",
        {
            "区域": [
                ("省", "市", "县", "人口"),
                ("江苏省", "南京市", "鼓楼区", 900000),
                ("江苏省", "南京市", "玄武区", 500000),
                ("江苏省", "徐州市", "鼓楼区", 700000),
                ("湖北省", "武汉市", "江岸区", 960000),
                ("湖北省", "武汉市", "汉阳区", None),
                ("上海市", "市辖区", "黄浦区", 660000),
                ("合计", None, None, 3720000),
            ]
        },
        [("identifier", "region_id")],
        {
            "region": [
                REGION,
                ("1", None, "province", "湖北省", None),
                ("2", "1", "city", "武汉市", None),
                ("3", "1", "city", "宜昌市", None),
                ("4", "2", "county", "江岸区", 960000.0),
                ("上海市", None, "province", "上海市", None),
                ("上海市-黄浦区", "上海市", "county", "黄浦区", 660000.0),
                ("江苏省", None, "province", "江苏省", None),
                ("江苏省-南京市", "江苏省", "city", "南京市", None),
                ("江苏省-南京市-玄武区", "江苏省-南京市", "county", "玄武区", 500000.0),
                ("江苏省-南京市-鼓楼区", "江苏省-南京市", "county", "鼓楼区", 900000.0),
                ("江苏省-徐州市", "江苏省", "city", "徐州市", None),
                ("江苏省-徐州市-鼓楼区", "江苏省-徐州市", "county", "鼓楼区", 700000.0),
                ("湖北省-武汉市-汉阳区", "2", "county", "汉阳区", None),
            ]
        },
        warned=["several_roots"],
    ),
    WholeFile(
        "区域区划代码",
        "Administrative codes of the counties give those above them theirs; a known city keeps its ID.",
        {
            "区域": [
                ("行政区划代码", "省份", "地市", "区县"),
                (320106, "江苏省", "南京市", "鼓楼区"),
                (320302, "江苏省", "徐州市", "鼓楼区"),
                (420105, "湖北省", "武汉市", "汉阳区"),
            ]
        },
        [("identifier", "region_id")],
        {
            "region": [
                REGION[:4],
                ("1", None, "province", "湖北省"),
                ("2", "1", "city", "武汉市"),
                ("3", "1", "city", "宜昌市"),
                ("320000", None, "province", "江苏省"),
                ("320100", "320000", "city", "南京市"),
                ("320106", "320100", "county", "鼓楼区"),
                ("320300", "320000", "city", "徐州市"),
                ("320302", "320300", "county", "鼓楼区"),
                ("4", "2", "county", "江岸区"),
                ("420105", "2", "county", "汉阳区"),
            ]
        },
        warned=["several_roots"],
    ),
    WholeFile(
        "区域不用代码",
        "The codes are not to be the IDs: they are administrative codes all the same.",
        {"区域": [("区划代码", "省", "市"), (420500, "湖北省", "宜昌市"), (421000, "湖北省", "荆州市")]},
        [("identifier", "region_id")],
        {
            "region": [
                ("region_id", "parent_id", "adcode"),
                ("1", None, None),
                ("2", "1", None),
                ("3", "1", "420500"),
                ("4", "2", None),
                ("湖北省-荆州市", "1", "421000"),
            ]
        },
        {"identifier": "by_path"},
    ),
    WholeFile(
        "区域各级编码",
        "Every level has a column of codes; one row gives its city another code and waits.",
        {
            "区域": [
                ("大区编码", "大区", "省编码", "省名称", "市编码", "市名称"),
                ("A1", "华东", "B1", "江苏省", "C1", "南京市"),
                ("A1", "华东", "B1", "江苏省", "C2", "徐州市"),
                ("A1", "华东", "B9", "江苏省", "C3", "苏州市"),
            ]
        },
        [("identifier", "region_id")],
        {
            "region": [
                REGION[:4],
                ("1", None, "province", "湖北省"),
                ("2", "1", "city", "武汉市"),
                ("3", "1", "city", "宜昌市"),
                ("4", "2", "county", "江岸区"),
                ("A1", None, "area", "华东"),
                ("B1", "A1", "province", "江苏省"),
                ("C1", "B1", "city", "南京市"),
                ("C2", "B1", "city", "徐州市"),
            ]
        },
        bad={"区域": [4]},
        warned=["several_roots"],
    ),
    WholeFile(
        "区域简称",
        "湖北 may be the known 湖北省 or another region: asked; a city left empty is told.",
        {
            "区域": [
                ("省", "市", "县"),
                ("湖北", "武汉", "洪山区"),
                ("湖北", None, "神农架林区"),
            ]
        },
        [("identifier", "region_id"), ("name", "湖北"), ("name", "湖北 / 武汉")],
        {
            "region": [
                REGION[:4],
                ("1", None, "province", "湖北省"),
                ("2", "1", "city", "武汉市"),
                ("3", "1", "city", "宜昌市"),
                ("4", "2", "county", "江岸区"),
                ("湖北-武汉-洪山区", "2", "county", "洪山区"),
                ("湖北-神农架林区", "1", "county", "神农架林区"),
            ]
        },
        warned=["level_missing"],
    ),
    WholeFile(
        "销量件_箱",
        "件 may be a case of 24 or a bottle: asked, with what either makes of the quantities; here a case.",
        {
            "终端销售": [
                ("月份", "终端名称", "公司", "产品", "销售额(元)", "数量(件)"),
                ("2024-01", "红星超市", "甲公司", "纯净水", 100, 2),
            ]
        },
        [("piece", "quantity")],
        {"terminal_sales": [("product_id", "quantity"), ("W", 48.0)]},
        {"piece": "case"},
    ),
    WholeFile(
        "销量件_瓶",
        "Here 件 is a bottle, also without a pack; the quantity of no product is left out, not its amount.",
        {
            "终端销售": [
                ("月份", "终端名称", "公司", "产品", "销售额(元)", "数量(件)"),
                ("2024-01", "红星超市", "甲公司", "纯净水", 100, 2),
                ("2024-01", "红星超市", "甲公司", "绿茶", 100, 3),
                ("2024-01", "光明商店", "乙公司", None, 80, 3),
            ]
        },
        [("piece", "quantity")],
        {
            "terminal_sales": [
                ("product_id", "quantity", "amount"),
                ("T", 3.0, 100.0),
                ("W", 2.0, 100.0),
                (None, None, 80.0),
            ]
        },
        {"piece": "piece"},
        warned=["quantity_left_out"],
    ),
    WholeFile(
        "经销商与销售",
        "Sales name dealers of the other sheet: one new, one bad, which makes its sales bad, one alike.",
        {
            "经销商销售": [
                ("经销商名称", "月份", "进货额(元)"),
                ("新新商贸", "2024-01", 100),
                ("坏坏商贸", "2024-01", 200),
                ("新新 商贸", "2024-02", 300),
                ("新新贸易", "2024-03", 400),
                ("谁也不是", "2024-03", 500),
            ],
            "经销商": [
                ("经销商编码", "经销商名称", "区域", "账期天数"),
                ("D1", "新新商贸", "武汉市", 30),
                ("D2", "坏坏商贸", "火星", 30),
            ],
        },
        [("name", "新新贸易")],
        {
            "dealer": [("dealer_id", "name"), ("D1", "新新商贸")],
            "dealer_sales": [
                SALES,
                ("D1", "2024-01", 100.0),
                ("D1", "2024-02", 300.0),
                ("D1", "2024-03", 400.0),
            ],
        },
        bad={"经销商": [3], "经销商销售": [3, 6]},
    ),
    WholeFile(
        "区域与终端与员工",
        "A shop lies in a county of the sheet of regions; an employee's superior stands in the same list.",
        {
            "终端": [
                ("终端名称", "省", "市", "县"),
                ("新店", "江苏省", "南京市", "鼓楼区"),
            ],
            "员工": [
                ("工号", "姓名", "直属上级", "区域"),
                ("E8", "李四", "王五", "武汉市"),
                ("E9", "王五", None, "武汉市"),
            ],
            "区域": [
                ("省", "市", "县", "人口"),
                ("江苏省", "南京市", "鼓楼区", 900000),
                ("江苏省", "徐州市", "鼓楼区", 700000),
            ],
        },
        [("identifier", "region_id"), ("identifier", "terminal_id")],
        {
            "terminal": [
                TERMINAL[:2],
                ("T1", "2"),
                ("T2", "3"),
                ("新店", "江苏省-南京市-鼓楼区"),
            ],
            "employee": [
                ("employee_id", "manager_id"),
                ("E1", None),
                ("E8", "E9"),
                ("E9", None),
            ],
        },
        warned=["several_roots"],
    ),
]
