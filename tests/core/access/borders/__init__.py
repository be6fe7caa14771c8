"""Users of many roles and regions ask by chance: nothing comes back of what they may not see."""
