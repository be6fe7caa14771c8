"""The page of the monthly meeting: controls, numbers, bridge, plan and do, regions, actions."""
