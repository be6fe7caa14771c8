"""Places as files write them: coordinates and names of regions, with what they have to become."""

from __future__ import annotations

from dataclasses import dataclass

REGIONS = (
    "region_id,parent_id,level,name,adcode\nHB,,province,湖北省,420000\nWH,HB,city,武汉市,420100\n"
    "ES,HB,city,恩施土家族苗族自治州,422800\nESS,ES,county,恩施市,422801\nXY,HB,city,襄阳市,420600\n"
    "NM,,province,内蒙古自治区,150000\nDM,NM,county,达尔罕茂明安联合旗,150223\n"
    "TZ,NM,county,土默特左旗,150121\nXA,NM,city,兴安盟,152200\nKZ,XA,county,科尔沁右翼中旗,152222\n"
    "KQ,XA,county,科尔沁右翼前旗,152221\nLN,,province,辽宁省,210000\nKA,LN,county,喀喇沁左翼蒙古族自治县,211324\n"
    "FX,LN,county,阜新蒙古族自治县,210921\nYN,,province,云南省,530000\nHH,YN,city,红河哈尼族彝族自治州,532500\n"
    "HHX,HH,county,红河县,532529\nSC,,province,四川省,510000\nPD,SC,county,郫都区,510117\n"
    "HN,,province,河南省,410000\nLH,HN,city,漯河市,411100\nCZ,,city,长治市,140400\nSX,,county,单县,371722\n"
)


@dataclass(frozen=True)
class Points:
    """Two shops by their coordinates.

    Parameters
    ----------
    header, rows
        The columns of the coordinates, and their cells.
    system
        What is proposed for the system; None where it is only asked.
    answer
        The answer that makes them 114.31 E 30.59 N and 114.32 E 30.58 N.
    """

    name: str
    header: str
    rows: tuple[str, str]
    system: str | None = None
    answer: str = "WGS-84"


POINTS = (
    Points("both", "经纬度", ('"114.31,30.59"', '"114.32,30.58"')),
    Points("latitude first", "坐标", ('"30.59,114.31"', '"30.58,114.32"')),
    Points("wide comma", "位置坐标", ("114.31，30.59", "114.32，30.58")),
    Points("brackets", "定位", ('"(114.31, 30.59)"', '"[114.32, 30.58]"')),
    Points("blank", "lnglat", ("114.31 30.59", "114.32 30.58")),
    Points("semicolon", "gps坐标", ("114.31;30.59", "114.32;30.58"), "WGS-84"),
    Points("point", "location", ("POINT(114.31 30.59)", "POINT(114.32 30.58)")),
    Points("named", "坐标", ('"经度:114.31,纬度:30.59"', '"纬度:30.58,经度:114.32"')),
    Points("maker in one column", "百度坐标", ('"114.31,30.59"', '"114.32,30.58"'), "BD-09"),
    Points("baidu", "百度经度,百度纬度", ("114.31,30.59", "114.32,30.58"), "BD-09"),
    Points("amap", "高德经度,高德纬度", ("114.31,30.59", "114.32,30.58"), "GCJ-02"),
    Points("tencent", "腾讯经度,腾讯纬度", ("114.31,30.59", "114.32,30.58"), "GCJ-02"),
    Points("gps", "GPS经度,GPS纬度", ("114.31,30.59", "114.32,30.58"), "WGS-84"),
    Points("seconds", "经度,纬度", ("114°18′36″,30°35′24″", "114°19′12″,30°34′48″")),
    Points("seconds in ascii", "经度,纬度", ("114°18'36\"E,30°35'24\"N", "114°19'12\"E,30°34'48\"N")),
    Points("words", "东经,北纬", ("114度18分36秒,30度35分24秒", "114度19分12秒,30度34分48秒")),
    Points("seconds in one", "经纬度", ("30°35′24″N 114°18′36″E", "30°34′48″N 114°19′12″E")),
    Points("directions", "经度,纬度", ("E114.31,N30.59", "E114.32,N30.58")),
    Points("millionths", "经度,纬度", ("114310000,30590000", "114320000,30580000"), None, "WGS-84 micro"),
    Points(
        "metres", "经度,纬度", ("12724930.99,3579616.53", "12726044.19,3578323.43"), None, "WGS-84 metres"
    ),
    Points("exchanged", "经度,纬度", ("30.59,114.31", "30.58,114.32"), None, "WGS-84 swapped"),
)


@dataclass(frozen=True)
class Name:
    """How a column under a header names a region.

    Parameters
    ----------
    region
        The region it is, or that is proposed.
    asked
        Whether it has to be confirmed.
    """

    header: str
    text: str
    region: str | None
    asked: bool = True


NAMES = (
    Name("区域", "恩施州", "ES", asked=False),
    Name("区域", "红河州", "HH", asked=False),
    Name("区域", "达茂旗", "DM"),
    Name("区域", "土左旗", "TZ"),
    Name("区域", "科右中旗", "KZ"),
    Name("区域", "科右前旗", "KQ"),
    Name("区域", "喀左县", "KA"),
    Name("区域", "喀左", "KA"),
    Name("区域", "喀喇沁左翼县", "KA", asked=False),
    Name("区域", "阜蒙县", "FX"),
    Name("区域", "恩施", None),  # the prefecture or its city
    Name("城市", "恩施", "ES"),
    Name("区县", "恩施", "ESS"),
    Name("城市", "红河", "HH"),
    Name("区县", "红河", "HHX"),
    Name("城市", "恩施市", "ESS", asked=False),  # the one region of that name, whatever the header says
    Name("市州", "红河", "HH"),
    Name("县（市、区）", "恩施", "ESS"),
    Name("旗县区", "红河", "HHX"),
    Name("门店城市", "恩施", "ES"),
    Name("客户所在区县", "恩施", "ESS"),
    Name("销售区域", "恩施", None),  # a part of the country, or a county
    Name("区县", "恩施州", None),  # the header says county, the name prefecture
    Name("区域", "郫县", "PD"),
    Name("区域", "襄樊市", "XY"),
    Name("区域", "襄樊", "XY"),
    Name("区域", "luohe", "LH"),
    Name("城市", "Luohe City", "LH"),
    Name("区域", "tahe", "LH"),
    Name("区域", "changzhi", "CZ"),
    Name("区域", "shanxian", "SX"),
    Name("区域", "lhs", "LH"),
)
