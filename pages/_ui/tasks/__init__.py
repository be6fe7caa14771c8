"""Tasks on the screen: the button that makes one from a finding, and the parts of the page 任务."""
