"""Reports of the management cycle: tasks, the day, the monthly meeting, expenses."""
