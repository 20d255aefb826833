"""Addresses of the record, the standing, documents and messages of a service."""

from django.urls import include, path, register_converter

from accounts.record_pages import record_urls
from accounts.sheet_pages import sheet_of
from planning.capacity import PARAMETERS
from planning.models import Action, ConfirmedEmpty, Document, Goal
from planning.quick_page import LANGUAGES
from planning.sheets.writing import FORMATS
from planning.views import (
    acceptances,
    actions,
    assessed,
    calendars,
    caseload,
    catalogue,
    conflicts,
    data_said,
    document_issuing,
    documents,
    dossier,
    effort,
    first_plan,
    home,
    leader_month,
    meetings,
    need,
    operator_messages,
    outbox,
    outcome_uploads,
    overview,
    own_mail,
    plan,
    quick,
    reviews,
    sheets,
    standing,
    time,
    visions,
    visits,
    waves,
    weeks,
    what_if,
)
from planning.views.record import (
    adaptations,
    backing,
    clearances,
    decisions,
    decisions_wanted,
    expectations,
    hub,
    observations,
    pauses,
    readiness,
    supervisions,
)


def choice_converter(*codes: str) -> type:
    """A converter that takes one of these words, so that an address cannot hold any other."""

    class Converter:
        regex = "|".join(codes)

        def to_python(self, value: str) -> str:
            return value

        def to_url(self, value: str) -> str:
            return value

    return Converter


register_converter(choice_converter(Goal.State.REACHED, Goal.State.DROPPED), "goal_end")
register_converter(choice_converter(*Action.State.values), "action_state")
register_converter(choice_converter(*Document.Kind.values), "document_kind")
# About the service as a whole, and issued without being checked part by part as a plan is.
register_converter(choice_converter(Document.Kind.MEMO, Document.Kind.HANDOVER), "service_document")
register_converter(choice_converter(*ConfirmedEmpty.List.values), "record_list")
register_converter(choice_converter(*PARAMETERS), "parameter")
register_converter(choice_converter(*FORMATS), "sheet_format")
register_converter(choice_converter(*LANGUAGES), "language")
register_converter(choice_converter(weeks.ON, weeks.OFF), "switch")

service_urls = [
    path("", standing.ServiceHome.as_view(), name="service_home"),
    path("first-plan/", first_plan.FirstPlan.as_view(), name="first_plan"),
    path("first-plan/put-away/", first_plan.PutAway.as_view(), name="first_plan_put_away"),
    path("standing/", standing.HowItStands.as_view(), name="standing"),
    path("standing/themes/<int:number>/", standing.Theme.as_view(), name="theme"),
    path("standing/<slug:entry_key>/", standing.Entry.as_view(), name="entry"),
    path("standing/<slug:entry_key>/accept/", acceptances.Accept.as_view(), name="acceptance_add"),
    path("standing/<slug:entry_key>/take-up/<int:number>/", actions.TakeUpAct.as_view(), name="action_take_up"),
    path("acceptances/<int:record_pk>/end/", acceptances.TakeBackAcceptance.as_view(), name="acceptance_end"),
    path("catalogue/", catalogue.Catalogue.as_view(), name="catalogue"),
    path("observations/", observations.Observations.as_view(), name="observations"),
    path("observations/csv/", sheet_of(observations.Observations), name="observations_csv"),
    path("observations/new/", actions.AddObservation.as_view(), name="observation_add"),
    path("plan/", plan.PlanPage.as_view(), name="plan"),
    path("plan/goals/csv/", sheet_of(plan.PlanPage), name="goals_csv"),
    path("plan/vision/", visions.PublishVision.as_view(), name="vision_publish"),
    path("plan/vision/versions/", visions.Visions.as_view(), name="visions"),
    path("plan/vision/read/", visions.ReadVision.as_view(), name="vision_acknowledge"),
    path("plan/vision/confirm/", visions.ConfirmVision.as_view(), name="vision_confirm"),
    path("plan/expectations/", expectations.Expectations.as_view(), name="expectations"),
    path("plan/expectations/new/", expectations.PublishExpectation.as_view(), name="expectation_publish"),
    path("plan/expectations/read/", expectations.Acknowledge.as_view(), name="expectation_acknowledge"),
    path("plan/expectations/told/", expectations.RecordTold.as_view(), name="acknowledgement_add"),
    path("plan/goals/new/", plan.AddGoal.as_view(), name="goal_add"),
    path("plan/goals/<int:goal_pk>/", plan.GoalPage.as_view(), name="goal"),
    path("plan/goals/<int:goal_pk>/change/", plan.ChangeGoal.as_view(), name="goal_change"),
    path("plan/goals/<int:goal_pk>/check-in/", plan.CheckIn.as_view(), name="goal_check_in"),
    path("plan/goals/<int:goal_pk>/end/<goal_end:state>/", plan.EndGoal.as_view(), name="goal_end"),
    path("time/", time.Time.as_view(), name="time"),
    path("weeks/", weeks.OwnWeeks.as_view(), name="week_check_in"),
    path("weeks/csv/", sheet_of(weeks.OwnWeeks), name="week_check_in_csv"),
    path("weeks/reminder/<switch:switch>/", weeks.WeekReminder.as_view(), name="week_reminder"),
    path("weeks/new/", weeks.CheckInWeek.as_view(), name="week_check_in_add"),
    path("weeks/shown/<switch:switch>/", weeks.ShowHours.as_view(), name="hours_shown"),
    path("time/what-if/", what_if.WhatIf.as_view(), name="what_if"),
    *record_urls(
        "cleared",
        "clearances",
        "clearance",
        (clearances.Clearances, clearances.AddClearance, clearances.ChangeClearance, clearances.RemoveClearance),
        below="time",
    ),
    path("time/csv/", sheet_of(time.Time), name="time_csv"),
    path("time/new/", time.SetTimeAside.as_view(), name="allocation_add"),
    path("time/<int:allocation_pk>/", time.ChangeTime.as_view(), name="allocation_change"),
    path("time/caseload/", caseload.Caseload.as_view(), name="caseload"),
    path("time/caseload/csv/", sheet_of(caseload.Caseload), name="caseload_csv"),
    path("time/caseload/new/", caseload.AddCaseload.as_view(), name="caseload_add"),
    path("time/caseload/<int:record_pk>/", caseload.ChangeCaseload.as_view(), name="caseload_change"),
    path("time/caseload/<int:record_pk>/remove/", caseload.RemoveCaseload.as_view(), name="caseload_remove"),
    path("time/caseload/import/", sheets.ImportCaseload.as_view(), name="caseload_import"),
    path("time/caseload/sheet/<sheet_format:format>/", sheets.CaseloadTemplate.as_view(), name="caseload_template"),
    path("time/import/", sheets.ImportAllocations.as_view(), name="allocation_import"),
    path("time/sheet/<sheet_format:format>/", sheets.AllocationTemplate.as_view(), name="allocation_template"),
    path("time/need/", need.Need.as_view(), name="need"),
    path("time/need/<parameter:name>/", need.ChangeCapacity.as_view(), name="capacity_change"),
    path("record/", hub.RecordPage.as_view(), name="record"),
    path("data/", data_said.DataSaid.as_view(), name="data_said"),
    path("fidelity/", assessed.Fidelity.as_view(), name="fidelity"),
    path("fidelity/csv/", sheet_of(assessed.Fidelity), name="fidelity_csv"),
    path("fidelity/<int:rating_pk>/", assessed.FidelityRating.as_view(), name="fidelity_rating"),
    path(
        "fidelity/recommendations/<int:record_pk>/take-up/",
        actions.TakeUpRecommendation.as_view(),
        name="recommendation_take_up",
    ),
    path("fidelity/visits/<int:visit_pk>/", visits.VisitPage.as_view(), name="visit"),
    path("fidelity/visits/<int:visit_pk>/rate/<int:part>/", visits.RateVisit.as_view(), name="visit_rate"),
    path("fidelity/visits/<int:visit_pk>/rate/item/", visits.RateItem.as_view(), name="visit_item"),
    path("assessments/waves/<int:wave_pk>/", waves.WavePage.as_view(), name="wave"),
    path(
        "assessments/waves/<int:wave_pk>/invitations/<int:invitation_pk>/again/",
        waves.SendInvitationAgain.as_view(),
        name="wave_invite_again",
    ),
    path("assessments/outcomes/", assessed.OutcomeRounds.as_view(), name="outcome_rounds"),
    path("assessments/outcomes/csv/", sheet_of(assessed.OutcomeRounds), name="outcome_rounds_csv"),
    path("assessments/outcomes/import/", outcome_uploads.ImportOutcomes.as_view(), name="outcome_import"),
    path("assessments/outcomes/sheet/", outcome_uploads.OutcomeSheet.as_view(), name="outcome_sheet"),
    path("record/nothing/<record_list:list>/", hub.ConfirmNothing.as_view(), name="record_nothing"),
    *record_urls(
        "decisions",
        "decisions",
        "decision",
        (decisions.Decisions, decisions.AddDecision, decisions.ChangeDecision, decisions.RemoveDecision),
    ),
    path("record/decisions-wanted/", decisions_wanted.DecisionsWanted.as_view(), name="decisions_wanted"),
    path("record/decisions-wanted/csv/", sheet_of(decisions_wanted.DecisionsWanted), name="decisions_wanted_csv"),
    path("record/decisions-wanted/new/", decisions_wanted.AskForDecision.as_view(), name="decision_wanted_add"),
    *(
        path(f"record/decisions-wanted/<int:record_pk>/{page}/", view.as_view(), name=name)
        for page, name, view in (
            ("answer", "decision_wanted_answer", decisions_wanted.AnswerQuestion),
            ("answered", "decision_wanted_record", decisions_wanted.RecordAnswer),
            ("take-back", "decision_wanted_take_back", decisions_wanted.TakeBackQuestion),
            ("stop", "decision_wanted_stop", decisions_wanted.RecordStop),
        )
    ),
    *record_urls(
        "support",
        "supports",
        "support",
        (backing.Supports, backing.AddSupport, backing.ChangeSupport, backing.RemoveSupport),
    ),
    *record_urls(
        "next-level",
        "confirmations",
        "confirmation",
        (backing.Confirmations, backing.AddConfirmation, backing.ChangeConfirmation, backing.RemoveConfirmation),
    ),
    *record_urls(
        "money-and-posts",
        "fundings",
        "funding",
        (backing.Fundings, backing.AddFunding, backing.ChangeFunding, backing.RemoveFunding),
    ),
    *record_urls(
        "adaptations",
        "adaptations",
        "adaptation",
        (
            adaptations.Adaptations,
            adaptations.AddAdaptation,
            adaptations.ChangeAdaptation,
            adaptations.RemoveAdaptation,
        ),
    ),
    *record_urls(
        "supervision",
        "supervisions",
        "supervision",
        (
            supervisions.Supervisions,
            supervisions.AddSupervision,
            supervisions.ChangeSupervision,
            supervisions.RemoveSupervision,
        ),
    ),
    *record_urls(
        "pauses",
        "pauses",
        "pause",
        (pauses.Pauses, pauses.AddPause, pauses.ChangePause, pauses.RemovePause),
    ),
    path("record/pauses/<int:record_pk>/restart/", pauses.EndPause.as_view(), name="pause_end"),
    path("record/preparation/", readiness.Readiness.as_view(), name="readiness"),
    path("record/preparation/new/", readiness.AnswerReadiness.as_view(), name="readiness_add"),
    path("conflicts/", conflicts.Conflicts.as_view(), name="conflicts"),
    path("conflicts/csv/", sheet_of(conflicts.Conflicts), name="conflicts_csv"),
    path("conflicts/patterns/", conflicts.Patterns.as_view(), name="conflict_patterns"),
    path("conflicts/agreement/", conflicts.Agreement.as_view(), name="agreement"),
    path("conflicts/new/", conflicts.LogConflict.as_view(), name="conflict_log"),
    path("conflicts/<uuid:conflict_pk>/", conflicts.ConflictSaved.as_view(), name="conflict_saved"),
    path("conflicts/<uuid:conflict_pk>/detail/", conflicts.ConflictDetail.as_view(), name="conflict_detail"),
    path("conflicts/<uuid:conflict_pk>/withdraw/", conflicts.WithdrawConflict.as_view(), name="conflict_withdraw"),
    path("conflicts/<uuid:conflict_pk>/answer/", conflicts.AnswerConflict.as_view(), name="conflict_answer"),
    path("reviews/", reviews.Reviews.as_view(), name="reviews"),
    path("reviews/csv/", sheet_of(reviews.Reviews), name="reviews_csv"),
    path("reviews/rhythm/", reviews.SetRhythm.as_view(), name="review_rhythm"),
    path("reviews/new/", reviews.PlanExtra.as_view(), name="review_add"),
    path("reviews/<int:review_pk>/", reviews.ReviewPage.as_view(), name="review"),
    path("reviews/<int:review_pk>/calendar/", calendars.ReviewCalendar.as_view(), name="review_calendar"),
    path("reviews/<int:review_pk>/move/", reviews.MoveReview.as_view(), name="review_move"),
    path("reviews/<int:review_pk>/observe/", reviews.ObserveInReview.as_view(), name="review_observe"),
    path("reviews/<int:review_pk>/skip/", reviews.SkipReview.as_view(), name="review_skip"),
    path("reviews/<int:review_pk>/again/", reviews.PlanAgain.as_view(), name="review_again"),
    path("reviews/<int:review_pk>/topics/new/", reviews.AddTopic.as_view(), name="topic_add"),
    path("reviews/<int:review_pk>/topics/<int:item_pk>/remove/", reviews.RemoveTopic.as_view(), name="topic_remove"),
    path("reviews/<int:review_pk>/hold/", meetings.HoldReview.as_view(), name="review_hold"),
    path("actions/", actions.Actions.as_view(), name="actions"),
    path("actions/csv/", sheet_of(actions.Actions), name="actions_csv"),
    path("actions/new/", actions.AddAction.as_view(), name="action_add"),
    path("actions/<int:action_pk>/", actions.ChangeAction.as_view(), name="action_change"),
    path("actions/<int:action_pk>/<action_state:state>/", actions.SetActionState.as_view(), name="action_state"),
    path("leader/", leader_month.LeaderMonth.as_view(), name="leader_month"),
    path("leader/choose/<slug:code>/", leader_month.ChooseAct.as_view(), name="leader_act_choose"),
    path("leader/<int:record_pk>/looking-back/", leader_month.LookBack.as_view(), name="leader_act_look_back"),
    path("leader/effort/", effort.Effort.as_view(), name="effort"),
    path("documents/", documents.Documents.as_view(), name="documents"),
    path("documents/new/", document_issuing.CheckPlan.as_view(), name="plan_check"),
    path("documents/plan/draft/", document_issuing.PlanDraft.as_view(), name="plan_draft"),
    path("documents/<service_document:kind>/new/", document_issuing.IssueDocument.as_view(), name="document_new"),
    path("documents/fidelity/new/<int:visit_pk>/", document_issuing.IssueFidelityReport.as_view(), name="report_new"),
    path("documents/dossier/", dossier.TakeOut.as_view(), name="dossier"),
    path("documents/dossier/file/", dossier.DossierFile.as_view(), name="dossier_file"),
    path("documents/<document_kind:kind>/<int:number>/", documents.ShowDocument.as_view(), name="document"),
    path("documents/<document_kind:kind>/<int:number>/text/", documents.DocumentText.as_view(), name="document_text"),
    path("documents/<document_kind:kind>/<int:number>/pdf/", documents.DocumentPdf.as_view(), name="document_pdf"),
    path("documents/<document_kind:kind>/<int:number>/again/", documents.TryAgain.as_view(), name="document_retry"),
    path("documents/<document_kind:kind>/<int:number>/cancel/", documents.Cancel.as_view(), name="document_cancel"),
    # As printed on plans before there were other documents.
    path("verify/<int:number>/", documents.VerifyPlan.as_view(), {"kind": Document.Kind.ACTION_PLAN}, "plan_verify"),
    path("verify/<document_kind:kind>/<int:number>/", documents.Verify.as_view(), name="document_verify"),
    path("outbox/", outbox.Outbox.as_view(), name="outbox"),
    path("outbox/ahead/", outbox.MailAhead.as_view(), name="mail_ahead"),
    path("outbox/attached/<switch:switch>/", outbox.AttachPlan.as_view(), name="attach_plan"),
    path("outbox/reached/<int:member_pk>/", outbox.AddressWorks.as_view(), name="address_works"),
    path("outbox/<int:message_pk>/", outbox.OutboxMessage.as_view(), name="outbox_message"),
    path("outbox/<int:message_pk>/again/", outbox.SendAgain.as_view(), name="outbox_send_again"),
    path("outbox/<int:message_pk>/<int:position>/", outbox.OutboxAttachment.as_view(), name="outbox_attachment"),
]

urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("overview/", overview.Overview.as_view(), name="overview"),
    path("overview/documents/", overview.OverviewDocuments.as_view(), name="overview_documents"),
    path("overview/csv/", overview.OverviewSheet.as_view(), name="overview_csv"),
    path("services/<slug:service_key>/", include(service_urls)),
    path("log/", quick.QuickLog.as_view(), name="quick_log"),
    path("log/offline/<language:language>/", quick.Shell.as_view(), name="quick_shell"),
    path("log/worker/<language:language>.js", quick.Worker.as_view(), name="quick_worker"),
    path("log/<language:language>.webmanifest", quick.Manifest.as_view(), name="quick_manifest"),
    path("settings/mail/", own_mail.OwnMail.as_view(), name="own_mail"),
    path("operator/messages/", operator_messages.OperatorMessages.as_view(), name="operator_messages"),
    path("calendar/<str:token>.ics", calendars.Feed.as_view(), name="calendar_feed"),
    path("settings/calendar/", calendars.OwnCalendar.as_view(), name="own_calendar"),
    path("mail/stop/<str:token>/", outbox.Unsubscribe.as_view(), name="unsubscribe"),
]
