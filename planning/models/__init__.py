"""The record of a service, one noun a module."""

from planning.models.action import Action, Behaviour
from planning.models.allocation import Allocation, Work
from planning.models.conflict import ConflictAnswer, LoggingAgreement, PriorityConflict
from planning.models.document import Plan, PlanFile
from planning.models.goal import Goal, GoalCheckIn
from planning.models.message import Message, OptOut
from planning.models.observation import Observation
from planning.models.review import Review, ReviewSeries
from planning.models.vision import Vision

__all__ = [
    "Action",
    "Allocation",
    "Behaviour",
    "ConflictAnswer",
    "Goal",
    "GoalCheckIn",
    "LoggingAgreement",
    "Message",
    "Observation",
    "OptOut",
    "Plan",
    "PlanFile",
    "PriorityConflict",
    "Review",
    "ReviewSeries",
    "Vision",
    "Work",
]
