"""A representative's day: visits entered by hand, time, the report, the manager's board [3-26 to 3-28]."""
