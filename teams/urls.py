from django.urls import path

from teams.views import board, explained, follows, goals, one_to_one, people, standing, workbench

urlpatterns = [
    path("teams/<slug:slug>/", board.leaderboard_page, name="leaderboard"),
    path("teams/<slug:slug>/file/", board.leaderboard_file, name="leaderboard-file"),
    path("teams/<slug:slug>/coaching/", people.team_coaching, name="team-coaching"),
    path("teams/<slug:slug>/standing/", standing.team_standing, name="team-standing"),
    path("teams/<slug:slug>/goals/", goals.team_goals, name="team-goals"),
    path("organisation/", board.organisation_page, name="organisation"),
    path("organisation/file/", board.organisation_file, name="organisation-file"),
    path("index/", people.my_index, name="my-index"),
    path("sellers/<int:pk>/", people.seller, name="seller"),
    path("sellers/<int:pk>/follow/", follows.follow, name="follow"),
    path("sellers/<int:pk>/statement/", explained.statement, name="statement"),
    path("sellers/<int:pk>/statement/file/", explained.statement_file, name="statement-file"),
    path("sellers/<int:pk>/contributions/<slug:code>/", explained.contribution, name="contribution"),
    path("sellers/<int:pk>/goals/", goals.seller_goals, name="seller-goals"),
    path("goals/<int:pk>/withdrawal/", goals.goal_withdrawal, name="goal-withdrawal"),
    path("goals/<int:pk>/return/", goals.goal_return, name="goal-return"),
    path("sellers/<int:pk>/one-to-one/", one_to_one.one_to_one, name="one-to-one"),
    path("sellers/<int:pk>/one-to-one/file/", one_to_one.one_to_one_file, name="one-to-one-file"),
    path("sellers/<int:pk>/one-to-one/notes/", one_to_one.new_note, name="one-to-one-notes"),
    path("sellers/<int:pk>/one-to-one/actions/", one_to_one.new_action, name="agreed-actions"),
    path("notes/<int:pk>/", one_to_one.note, name="note"),
    path("notes/<int:pk>/deletion/", one_to_one.note_deletion, name="note-deletion"),
    path("actions/<int:pk>/", one_to_one.action, name="agreed-action"),
    path("actions/<int:pk>/tick/", one_to_one.action_tick, name="agreed-action-tick"),
    path("actions/<int:pk>/deletion/", one_to_one.action_deletion, name="agreed-action-deletion"),
    path("formulas/", workbench.formulas, name="formulas"),
    path("formulas/<int:pk>/trial/", workbench.formula_trial, name="formula-trial"),
    path("preferences/", people.preferences, name="preferences"),
]
