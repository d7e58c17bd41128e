"""The seller's own pages."""

from django.urls import path

from scoring.views import activities, checklist, day, official, tips

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
    path("official/", official.official_scores, name="official-scores"),
]
