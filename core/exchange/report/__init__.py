"""The monthly report as a presentation, on paper and as a workbook."""
