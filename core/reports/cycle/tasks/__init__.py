"""Tasks with what the data say about them: the list, the board, what became of a month's tasks."""
