"""The map of the house: includes only."""

from django.contrib import admin
from django.urls import include, path

from ssi_dashboard import views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("scoring.urls")),
    path("", include("teams.urls")),
    path("accounts/", include("teams.signin_urls")),
    path("admin/", admin.site.urls),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
