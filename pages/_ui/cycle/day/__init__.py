"""日报 and 日常行动管理: the day in the browser, what saves it, the board."""
