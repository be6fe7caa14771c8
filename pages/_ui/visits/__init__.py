"""Parts of the page 拜访计划."""
