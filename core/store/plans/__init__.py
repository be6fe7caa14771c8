"""Target plans: versions, cells and workflow."""
