"""A night of which one worker is cut off from the database, and another is killed, both inside a part."""

import socket
from contextlib import ExitStack
from urllib.parse import quote

import pytest
from django.db import connection
from django.utils.timezone import now

from scoring import night, tasks
from scoring.models import Run
from scoring.models.run import RunState, Step
from ssi_dashboard import clock
from ssi_dashboard.celery import app
from ssi_dashboard.hints import hint
from tests.faults import organisation, outcome, sessions, staff
from tests.faults.proxy import Proxy
from tests.processes import wait_until
from tests.workers import environment_of_processes

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]

CHUNK = 3


@pytest.fixture
def sellers(transactional_db):
    return organisation.make()


@pytest.fixture
def run(sellers):
    """Tonight's, cut into parts, and nobody told yet."""
    app.control.purge()
    (run,) = night.open_runs(today=clock.today())
    night.start(run, now=now(), chunk=CHUNK)
    yield run
    app.control.purge()


@pytest.fixture
def proxy(run):
    """It reaches the server where the test's own connection does."""
    info = connection.connection.info
    with Proxy(lambda: connect(info.host, info.port)) as proxy:
        yield proxy


def connect(host, port):
    if not host.startswith("/"):
        return socket.create_connection((host, port))
    there = socket.socket(socket.AF_UNIX)
    there.connect(f"{host}/.s.PGSQL.{port}")
    return there


@pytest.fixture
def start():
    """Start a worker by its name, straight to the database or by the proxy."""
    with ExitStack() as stack:

        def start(name, *, by=None, **options):
            environment = environment_of_processes()
            address = environment["DATABASE_URL"] if by is None else through(by)
            environment["DATABASE_URL"] = staff.with_options(address, application_name=name, **options)
            return stack.enter_context(staff.worker(name, environment))

        yield start


def through(proxy):
    found = connection.settings_dict
    who = f"{quote(found['USER'], safe='')}:{quote(found['PASSWORD'], safe='')}"
    return f"postgresql://{who}@127.0.0.1:{proxy.port}/{found['NAME']}"


def test_who_was_cut_off_while_scoring_and_comes_back_late_changes_nothing(sellers, run, proxy, start):
    with sessions.holding(sessions.READING):
        start("cut", by=proxy)
        tasks.hint_run(run.pk)
        wait_until(lambda: sessions.is_held_up("cut"), what="The work on a part")
        (lost,) = run.chunks.filter(state=RunState.RUNNING)
        killed = start("killed")
        wait_until(lambda: sessions.is_held_up("killed"), what="The work on another part")
        proxy.cut()
        staff.kill(killed)
        app.control.purge()
    wait_until(lambda: sessions.is_answered("cut"), what="The answer that does not arrive")
    assert not sessions.is_in_transaction("cut")  # who scores holds nothing that others wait for
    assert run.chunks.filter(state=RunState.RUNNING).count() == 2
    let_leases_be_over(run)
    heir = night.claim(lost.pk, now=now())
    before = outcome.everything()

    proxy.mend()

    wait_until(lambda: staff.is_free("cut"), what="The end of the late task")
    assert outcome.everything() == before
    assert night.published_day() is None
    assert night.do_claimed(heir, today=run.day)
    start("fresh")
    hint(tasks.tick)
    published(run)
    assert outcome.problems(run.day, sellers) == []
    assert Run.objects.count() == 1


def test_who_was_cut_off_while_writing_loses_its_hold_on_the_sellers(sellers, run, proxy, start):
    with sessions.holding(sessions.WRITING):
        start("cut", by=proxy, options="-c idle_in_transaction_session_timeout=2s")
        killed = start("killed")
        tasks.hint_run(run.pk)
        wait_until(lambda: sessions.is_held_up("cut"), what="The writing of a part")
        wait_until(lambda: sessions.is_held_up("killed"), what="The writing of another part")
        assert set(run.chunks.values_list("step", flat=True)) == {Step.WRITE}
        proxy.cut()
        staff.kill(killed)
    let_leases_be_over(run)
    start("fresh")
    hint(tasks.tick)

    published(run)
    assert outcome.problems(run.day, sellers) == []
    before = outcome.everything()
    proxy.mend()
    wait_until(lambda: staff.is_free("cut"), what="The end of the late task")
    assert outcome.everything() == before


def let_leases_be_over(run):
    """What the leases say is over, as it would be ten minutes later."""
    run.chunks.filter(state=RunState.RUNNING).update(lease_until=now())


def published(run):
    wait_until(
        lambda: Run.objects.get(pk=run.pk).state == RunState.COMPLETE, seconds=60, what="The publishing"
    )
