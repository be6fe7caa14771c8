"""The monthly report (经营分析报告): what the pages say of a month, answer first, as slides."""
