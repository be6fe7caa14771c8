"""Reports of the overview page: state, changes and next actions."""
