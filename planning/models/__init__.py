"""The record of a service, one noun a module."""

from planning.models.acceptance import Acceptance
from planning.models.action import Action, Behaviour, LeaderAct
from planning.models.adaptation import Adaptation
from planning.models.allocation import Allocation, Clearance, Work
from planning.models.backing import Confirmation, Funding, Support
from planning.models.calendar_feed import CalendarFeed
from planning.models.caseload import CapacityParameter, CaseloadMonth
from planning.models.confirmed import ConfirmedEmpty
from planning.models.conflict import ConflictAnswer, LoggingAgreement, PriorityConflict
from planning.models.decision import Decision, DecisionWanted
from planning.models.document import Document, DocumentFile
from planning.models.effort import EffortOfDay
from planning.models.expectation import Acknowledgement, Expectation
from planning.models.first_plan import FirstPlanPutAway
from planning.models.goal import Goal, GoalCheckIn
from planning.models.heartbeat import Heartbeat
from planning.models.message import LinkOnly, MailTrouble, Message, OptIn, OptOut
from planning.models.observation import Observation
from planning.models.pause import Pause
from planning.models.readiness import ReadinessCheck
from planning.models.review import AgendaItem, Review, ReviewSeries
from planning.models.supervision import Supervision
from planning.models.vision import Vision, VisionAcknowledgement
from planning.models.week import ConflictsOfWeek, HoursOfWeek, HoursShown, WeekCheckIn

__all__ = [
    "Acceptance",
    "Acknowledgement",
    "Action",
    "Adaptation",
    "AgendaItem",
    "Allocation",
    "Behaviour",
    "CalendarFeed",
    "CapacityParameter",
    "CaseloadMonth",
    "Clearance",
    "Confirmation",
    "ConfirmedEmpty",
    "ConflictAnswer",
    "ConflictsOfWeek",
    "Decision",
    "DecisionWanted",
    "Document",
    "DocumentFile",
    "EffortOfDay",
    "Expectation",
    "FirstPlanPutAway",
    "Funding",
    "Goal",
    "GoalCheckIn",
    "Heartbeat",
    "HoursOfWeek",
    "HoursShown",
    "LeaderAct",
    "LinkOnly",
    "LoggingAgreement",
    "MailTrouble",
    "Message",
    "Observation",
    "OptIn",
    "OptOut",
    "Pause",
    "PriorityConflict",
    "ReadinessCheck",
    "Review",
    "ReviewSeries",
    "Supervision",
    "Support",
    "Vision",
    "VisionAcknowledgement",
    "WeekCheckIn",
    "Work",
]
