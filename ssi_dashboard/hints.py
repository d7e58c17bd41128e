"""Asks a worker after commit; a dead broker never breaks a form, because the need is a row."""

import logging
from typing import Any

from celery import Task
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def hint(task: Task, **arguments: Any) -> None:
    """Send the task once the transaction is committed; what a lost hint meant to do, the tick finds."""

    def send_hint() -> None:
        try:
            task.apply_async(kwargs=arguments)
        except (OperationalError, OSError) as error:
            logger.warning("%s could not be hinted: %s", task.name, type(error).__name__)

    transaction.on_commit(send_hint, robust=True)
