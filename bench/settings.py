"""The product's settings with one more address, that of the view that answers "ok"."""

from ssi_dashboard.settings import *  # noqa: F403

LOGGING = {**LOGGING, "root": {"handlers": ["console"], "level": "ERROR"}, "loggers": {}}  # noqa: F405
ROOT_URLCONF = "bench.urls"
