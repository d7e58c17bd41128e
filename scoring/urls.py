"""The seller's own pages."""

from django.urls import path

from scoring.views import activities, checklist, day, official, plan, seats, tips, uploads, what_if

urlpatterns = [
    path("day/", day.my_day, name="my-day"),
    path("day/log/", day.quick_log, name="quick-log"),
    path("activities/", activities.activities, name="activities"),
    path("activities/deleted/", activities.activities_deleted, name="activities-deleted"),
    path("activities/<int:pk>/", activities.activity, name="activity"),
    path("activities/<int:pk>/deletion/", activities.activity_deletion, name="activity-deletion"),
    path("activities/<int:pk>/restoration/", activities.activity_restoration, name="activity-restoration"),
    path("checklist/<slug:code>/", checklist.checklist_item, name="checklist-item"),
    path("tips/", tips.tips, name="tips"),
    path("plan/", plan.plan, name="plan"),
    path("plan/acceptance/", plan.plan_acceptance, name="plan-acceptance"),
    path("plan/what-if/", what_if.what_if, name="what-if"),
    path("plan/acts/<int:pk>/", plan.planned_act, name="planned-act"),
    path("plan/<int:pk>/withdrawal/", plan.plan_withdrawal, name="plan-withdrawal"),
    path("plan/<int:pk>/return/", plan.plan_return, name="plan-return"),
    path("tips/<slug:code>/hiding/", tips.tip_hiding, name="tip-hiding"),
    path("tips/<slug:code>/return/", tips.tip_return, name="tip-return"),
    path("official/", official.official_scores, name="official-scores"),
    path("official/text/", official.official_text, name="official-text"),
    path("official/upload/", official.official_upload, name="official-upload"),
    path("official/figures.csv", official.official_download, name="official-download"),
    path("uploads/", uploads.uploads, name="uploads"),
    path("uploads/seats/", seats.seats, name="seats"),
    path("uploads/seats/assignment/", seats.seat_assignment, name="seat-assignment"),
    path("uploads/<int:pk>/", uploads.upload, name="upload"),
    path("uploads/<int:pk>/confirmation/", uploads.upload_confirmation, name="upload-confirmation"),
    path("uploads/<int:pk>/cancellation/", uploads.upload_cancellation, name="upload-cancellation"),
    path("uploads/<int:pk>/undo/", uploads.upload_undo, name="upload-undo"),
    path("uploads/<int:pk>/faults/", uploads.upload_faults, name="upload-faults"),
]
