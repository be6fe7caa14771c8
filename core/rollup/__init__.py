"""Roll-ups as batch: versions of what pages need, summed from sales lines too many for one file."""
