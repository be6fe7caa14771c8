"""责任区域: territories designed, seen, edited, applied."""
