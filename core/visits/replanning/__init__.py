"""Changing a plan that runs: what is left of it planned again, one visit moved by hand."""

from core.visits.replanning.moving import Moved, detours, move
from core.visits.replanning.remaining import Event
from core.visits.replanning.replan import Replan, changed_promises, replan

__all__ = ["Event", "Moved", "Replan", "changed_promises", "detours", "move", "replan"]
