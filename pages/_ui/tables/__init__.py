"""Tables of KPIs: one way to head, scale, show and export the columns that ``core.metrics`` declares."""
