from django.urls import path

from teams.views import board, follows, people

urlpatterns = [
    path("teams/<slug:slug>/", board.leaderboard_page, name="leaderboard"),
    path("teams/<slug:slug>/file/", board.leaderboard_file, name="leaderboard-file"),
    path("teams/<slug:slug>/coaching/", people.team_coaching, name="team-coaching"),
    path("organisation/", board.organisation_page, name="organisation"),
    path("organisation/file/", board.organisation_file, name="organisation-file"),
    path("index/", people.my_index, name="my-index"),
    path("sellers/<int:pk>/", people.seller, name="seller"),
    path("sellers/<int:pk>/follow/", follows.follow, name="follow"),
    path("preferences/", people.preferences, name="preferences"),
]
