"""The period as one problem: visit days and the order within each day, planned together."""
