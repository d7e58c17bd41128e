"""The Celery app and the timetable, in UTC.

A tick an hour, since the ledger of runs knows what is due. Every five minutes a look at uploads and trials,
since somebody waits for them, and at a night under way, of which a dead worker may hold a part. And one an
hour at the order of names, which is made once a day after the night.
"""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, task_postrun, worker_process_init
from celery.states import SUCCESS
from django.db import close_old_connections, connections

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


@task_postrun.connect
def keep_connections(state: str | None = None, **_signal: object) -> None:
    """Keep them for the next task, which would wait for a new one to read what tables there are.

    As Django does after a request: what is too old goes, and what stays is asked before it is used again
    whether it lives. After a task that failed none stays: one whose time ran out may have left a statement
    half way.
    """
    if state == SUCCESS:
        close_old_connections()
    else:
        connections.close_all()
