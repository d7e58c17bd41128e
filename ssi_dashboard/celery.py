"""The Celery app and the timetable, in UTC.

A tick an hour, since the ledger of runs knows what is due. Every five minutes a look at uploads and trials,
since somebody waits for them, and at a night under way, of which a dead worker may hold a part. And one an
hour at the order of names, which is made once a day after the night.
"""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, worker_process_init

from ssi_dashboard.loaded import keep_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ssi_dashboard.settings")

app = Celery("ssi_dashboard")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["scoring", "teams"])
app.conf.beat_schedule = {
    "tick": {"task": "scoring.tasks.tick", "schedule": crontab(minute="0")},
    "uploads": {"task": "scoring.tasks.mind_uploads", "schedule": crontab(minute="*/5")},
    "trials": {"task": "scoring.tasks.mind_trials", "schedule": crontab(minute="*/5")},
    "nights": {"task": "scoring.tasks.mind_nights", "schedule": crontab(minute="*/5")},
    "names": {"task": "teams.tasks.put_names_in_order", "schedule": crontab(minute="30")},
}


@beat_init.connect
def tick_at_start(**_signal: object) -> None:
    """After a downtime nobody should have to wait for the next full hour."""
    app.send_task("scoring.tasks.tick")


@worker_process_init.connect
def begin_to_work(**_signal: object) -> None:
    keep_what_is_loaded()
