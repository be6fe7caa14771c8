"""The invented companies, six categories of drinks and forty products."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

COMPANIES = (
    ("OWN", "沄谷饮品", "Yungu Beverages"),
    ("R1", "栎森饮料", "Lisen Drinks"),
    ("R2", "黛峰食品", "Daifeng Foods"),
    ("R3", "槿禾乳饮", "Jinhe Dairy Drinks"),
    ("R4", "珩泉水业", "Hengquan Waters"),
    ("R5", "苒果饮业", "Ranguo Juices"),
    ("OTHER", "其他", "Others"),
)


@dataclass(frozen=True)
class Category:
    """One category of drinks.

    Parameters
    ----------
    mix
        Share of the market, 0 to 1.
    season
        Height of the yearly wave: above 0 it peaks in July, below 0 in January.
    festival
        Extra sales of the four stocking weeks, as a share of an average month.
    strength
        Relative strength of us, the five rivals and others in it.
    """

    key: str
    name: str
    mix: float
    season: float
    festival: float
    strength: tuple[float, ...]


CATEGORIES = (
    Category("water", "饮用水", 0.26, 0.38, 0.05, (0.8, 1.1, 0.9, 0.4, 3.0, 0.5, 1.2)),
    Category("tea", "茶饮料", 0.22, 0.30, 0.15, (1.6, 1.3, 1.0, 0.5, 0.6, 0.7, 0.8)),
    Category("juice", "果汁", 0.16, 0.15, 0.45, (1.1, 0.8, 0.9, 0.7, 0.3, 3.0, 1.0)),
    Category("soda", "碳酸饮料", 0.14, 0.25, 0.30, (0.5, 2.0, 1.3, 0.3, 0.3, 0.9, 0.9)),
    Category("protein", "植物蛋白饮料", 0.14, -0.18, 0.90, (1.3, 0.5, 1.2, 2.6, 0.2, 0.6, 1.1)),
    Category("energy", "功能饮料", 0.08, 0.18, 0.10, (0.7, 1.0, 2.2, 0.4, 0.5, 0.4, 0.9)),
)

_OURS = {
    "water": ("谷泉纯净水550ml 21", "谷泉天然水1.5L 24", "谷泉矿泉水350ml 32"),
    "tea": ("沄叶绿茶500ml 42", "沄叶乌龙500ml 44", "沄叶茉莉500ml 42", "沄叶无糖茶500ml 55"),
    "juice": ("谷橙汁1L 62", "谷桃汁450ml 48", "谷葡萄汁450ml 48"),
    "soda": ("沄气白桃330ml 38", "沄气柠檬500ml 40"),
    "protein": ("谷仁核桃露240ml 66", "谷仁杏仁露240ml 64", "谷仁燕麦奶1L 88"),
    "energy": ("沄能250ml 96", "沄能电解质水500ml 58"),
}
_THEIRS = (
    ("R1", "water", "栎森纯净水550ml 20"),
    ("R1", "tea", "栎森冰茶500ml 40"),
    ("R1", "juice", "栎森橙汁1L 60"),
    ("R1", "soda", "栎森可乐500ml 39"),
    ("R1", "soda", "栎森橘味汽水500ml 38"),
    ("R1", "energy", "栎森动力250ml 92"),
    ("R2", "tea", "黛峰红茶500ml 41"),
    ("R2", "juice", "黛峰山楂汁350ml 46"),
    ("R2", "soda", "黛峰汽水330ml 36"),
    ("R2", "protein", "黛峰花生露240ml 58"),
    ("R2", "energy", "黛峰能量330ml 98"),
    ("R3", "protein", "槿禾豆奶250ml 52"),
    ("R3", "protein", "槿禾椰汁245ml 70"),
    ("R3", "protein", "槿禾燕麦奶1L 86"),
    ("R3", "juice", "槿禾果粒300ml 50"),
    ("R4", "water", "珩泉矿泉水500ml 30"),
    ("R4", "water", "珩泉天然水4L 34"),
    ("R4", "water", "珩泉苏打水410ml 45"),
    ("R4", "tea", "珩泉淡茶500ml 46"),
    ("R5", "juice", "苒果鲜橙1L 68"),
    ("R5", "juice", "苒果苹果汁450ml 50"),
    ("R5", "juice", "苒果复合汁250ml 42"),
    ("R5", "tea", "苒果果茶500ml 45"),
)


@dataclass(frozen=True)
class OwnProducts:
    """What the sales generator needs of our products; arrays have one entry per product.

    Parameters
    ----------
    category
        Index of the category.
    price
        Yuan per case.
    popularity
        Weight within the category, sums to 1 there.
    """

    ids: tuple[str, ...]
    category: np.ndarray
    price: np.ndarray
    popularity: np.ndarray


def own_products() -> OwnProducts:
    """Return our products."""
    category, price, popularity = [], [], []
    for index, items in enumerate(_OURS.values()):
        weights = 0.6 ** np.arange(len(items))
        for item, weight in zip(items, weights / weights.sum(), strict=True):
            category.append(index)
            price.append(float(item.rsplit(" ", 1)[1]))
            popularity.append(float(weight))
    ids = tuple(f"P{number:03d}" for number in range(1, len(category) + 1))
    return OwnProducts(ids, np.array(category), np.array(price), np.array(popularity))


def product_table(random: np.random.Generator) -> pa.Table:
    """Return the table of all forty products."""
    names = {category.key: category.name for category in CATEGORIES}
    rows = [("OWN", key, item) for key, items in _OURS.items() for item in items] + list(_THEIRS)
    price = np.array([float(item.rsplit(" ", 1)[1]) for _company, _key, item in rows])
    margin = np.round(random.uniform(0.06, 0.42, len(rows)), 3)
    return pa.table(
        {
            "product_id": [f"P{number:03d}" for number in range(1, len(rows) + 1)],
            "name": [item.rsplit(" ", 1)[0] for _company, _key, item in rows],
            "category": [names[key] for _company, key, _item in rows],
            "company_id": [company for company, _key, _item in rows],
            "uom": ["箱"] * len(rows),
            "units_per_case": np.where(price > 60, 12.0, 24.0),
            "unit_margin_rate": margin,
            "price_tier": np.where(price >= 46, "H", "L").tolist(),
            "feature_tier": np.where(random.random(len(rows)) < 0.45, "H", "L").tolist(),
        }
    )


def company_table() -> pa.Table:
    """Return the table of companies."""
    ids, names, english = zip(*COMPANIES, strict=True)
    return pa.table(
        {
            "company_id": list(ids),
            "name": list(names),
            "name_en": list(english),
            "is_self": [company == "OWN" for company in ids],
            "is_aggregate": [company == "OTHER" for company in ids],
        }
    )


def market_table() -> pa.Table:
    """Return one market per category; the market of everything is part of every store."""
    return pa.table(
        {
            "market_id": [category.key for category in CATEGORIES],
            "name": [f"{category.name}市场" for category in CATEGORIES],
            "definition": [f"{category.name}，全部渠道，按出厂价的金额" for category in CATEGORIES],
            "category": [category.name for category in CATEGORIES],
            "channel_scope": ["全部渠道"] * len(CATEGORIES),
            "basis": ["value"] * len(CATEGORIES),
        }
    )
