"""Plotly figures: functions that draw what they are given and compute nothing a table would want."""
