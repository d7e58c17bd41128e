"""The workers' edge: reads the clock, makes one call. Every task may run twice."""

from celery import shared_task

from ssi_dashboard import clock
from teams import name_order


@shared_task
def put_names_in_order() -> None:
    name_order.put_in_order(today=clock.today())
