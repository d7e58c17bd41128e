"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from ssi_dashboard.loaded import keep_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ssi_dashboard.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - loads all views, which else the first visitor would wait for
keep_what_is_loaded()
