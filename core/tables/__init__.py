"""The tables files can be imported into: columns, types, keys, references, ranges, wording.

This is the one declaration behind the schema, the templates, the validation, the Chinese headers and
docs/data-model.md. Money is in yuan (or the one currency of the store), months are first days,
coordinates are degrees.
"""

from core.tables import activity, channel, market, money, plan
from core.tables.boundary import BOUNDARY
from core.tables.spec import SQL_TYPES, Column, Kind, Table

TABLES: tuple[Table, ...] = market.TABLES + channel.TABLES + activity.TABLES + plan.TABLES + money.TABLES
BY_NAME = {table.name: table for table in (*TABLES, BOUNDARY)}

__all__ = ["BY_NAME", "SQL_TYPES", "TABLES", "Column", "Kind", "Table"]
