"""The map of the house, and behind the same door a view that does nothing: the floor of every page."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from ssi_dashboard.urls import urlpatterns as of_the_house


def ok(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [*of_the_house, path("bench/ok", ok, name="bench-ok")]
