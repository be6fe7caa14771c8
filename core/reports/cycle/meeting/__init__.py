"""The monthly meeting of a region: plan, what was done, what explains the result, what is done about it.

For pages and for the monthly report: :func:`month_review` answers a :class:`MeetingRequest` with a
:class:`MonthReview`; their fields stay what they are.
"""

from core.reports.cycle.meeting.request import MeetingRequest
from core.reports.cycle.meeting.review import MonthReview, month_review

__all__ = ["MeetingRequest", "MonthReview", "month_review"]
