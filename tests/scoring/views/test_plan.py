"""The page of the plan: planned, accepted, ticked off, told apart."""

import datetime
import uuid

import pytest
import time_machine
from django.urls import reverse

from scoring import intake
from scoring.models import AcceptedPlan, Activity, Kind, UnwantedKind
from scoring.plans import promises
from tests.moments import NOON, TODAY
from tests.scoring.plans import plan_of
from tests.teams.acts import hold, some_weeks
from tests.teams.costs import queries_of

PAGE = "/plan/"
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "plan"}
ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def traveller():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def signed_in(client, ana):
    client.force_login(ana)
    return client


def accept(client, page=PAGE, **said):
    shown = client.get(page).context
    return client.post(reverse("plan-acceptance"), {"mark": shown["mark"], **said})


def rows_of(weeks):
    return [row for week in weeks for day in week.days for row in day.rows]


def act_of(plan, *, standing=False):
    return next(act for act in plan.acts.all() if act.kind.is_standing == standing)


def tick(client, act, **said):
    return client.post(reverse("planned-act", args=[act.pk]), {"token": act.token, "state": "done", **said})


def test_the_days_add_up_to_what_is_promised(signed_in, ana):
    some_weeks(ana)

    shown = signed_in.get(PAGE).context

    plan, rows = shown["found"].plan, rows_of(shown["proposed"])
    assert sum(row.gain for row in rows) == plan.predicted - plan.idle == shown["more"]
    assert sum(row.minutes for row in rows) == plan.minutes <= 60


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_time_and_wishes_are_kept(signed_in, ana, headers):
    said = {"minutes_per_week": 120, "unwanted": ["profile_photo", "comment_posted"]}

    response = signed_in.post(PAGE, said, **headers)
    shown = signed_in.get(PAGE).context

    ana.seller.refresh_from_db()
    assert response.status_code == (200 if headers else 302)
    assert ana.seller.minutes_per_week == 120
    assert shown["form"].initial["unwanted"] == ["comment_posted", "profile_photo"]
    assert {"profile_photo", "comment_posted"}.isdisjoint(tip.kind for tip in shown["found"].plan.tips)
    signed_in.post(PAGE, {"minutes_per_week": 120, "unwanted": ["profile_photo"]})
    assert UnwantedKind.objects.get().kind.code == "profile_photo"


@pytest.mark.parametrize("minutes", ["-1", "2401", "an hour", ""])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_week_has_no_more_minutes(signed_in, ana, minutes, headers):
    response = signed_in.post(PAGE, {"minutes_per_week": minutes, "unwanted": ["profile_photo"]}, **headers)

    ana.seller.refresh_from_db()
    assert response.status_code == 422
    assert ana.seller.minutes_per_week == 60
    assert not UnwantedKind.objects.exists()
    assert "minutes_per_week" in response.context["form"].errors


@pytest.mark.parametrize("unwanted", ["nonsense", "message_reply_received"])
def test_only_what_can_be_planned_can_be_left_out(signed_in, unwanted):
    response = signed_in.post(PAGE, {"minutes_per_week": 60, "unwanted": [unwanted]})

    assert response.status_code == 422


def test_without_minutes_there_is_no_plan(signed_in):
    response = signed_in.post(PAGE, {"minutes_per_week": 0}, **HTMX)

    assert "No minutes, no plan" in response.text
    assert "<html" not in response.text


def test_the_cheapest_way_to_a_target_is_shown(signed_in, ana):
    response = signed_in.get(f"{PAGE}?target=20&by={TODAY + 14 * ONE_DAY}")

    found = response.context["found"]
    assert found.plan.predicted >= 2000
    assert "The cheapest way to 20.00" in response.text
    assert sum(row.gain for row in response.context["kinds"]) == found.plan.predicted - found.plan.idle


def test_what_the_caps_do_not_allow_is_said_plainly(signed_in):
    response = signed_in.get(f"{PAGE}?target=99&by={TODAY + 7 * ONE_DAY}")

    best = response.context["found"].plan.predicted
    assert f"The caps do not allow 99.00 by 27 November 2026; {best / 100:.2f} is the best" in response.text


@pytest.mark.parametrize(
    "asked",
    [
        f"target=70&by={TODAY}",
        f"target=70&by={TODAY + 185 * ONE_DAY}",
        f"target=101&by={TODAY + ONE_DAY}",
        "target=&by=",
        "target=seventy&by=soon",
    ],
)
def test_a_target_that_makes_no_sense_is_refused_and_the_week_is_shown(signed_in, asked):
    response = signed_in.get(f"{PAGE}?{asked}")

    assert response.status_code == 422
    assert response.context["target_form"].errors
    assert response.context["found"].target is None


def test_a_plan_is_accepted_as_it_was_shown_and_only_once(signed_in, ana):
    found = signed_in.get(PAGE).context["found"]

    responses = [accept_mark(signed_in, promises.plan_mark(found)) for _n in range(2)]

    plan = AcceptedPlan.objects.get()
    assert [response.status_code for response in responses] == [302, 302]
    assert (plan.predicted, plan.idle, plan.minutes) == (
        found.plan.predicted,
        found.plan.idle,
        found.plan.minutes,
    )
    assert (plan.first, plan.last) == (TODAY + ONE_DAY, TODAY + 7 * ONE_DAY)
    assert sum(act.gain for act in plan.acts.all()) == plan.predicted - plan.idle


def accept_mark(client, mark):
    return client.post(reverse("plan-acceptance"), {"mark": mark})


def test_what_was_logged_meanwhile_makes_it_another_plan(signed_in, ana):
    mark = signed_in.get(PAGE).context["mark"]
    hold(ana, "profile_photo")

    response = signed_in.post(reverse("plan-acceptance"), {"mark": mark}, follow=True)

    assert "Look at it once more" in response.text
    assert not AcceptedPlan.objects.exists()


def test_a_plan_for_a_target_is_accepted_with_it(signed_in):
    by = TODAY + 20 * ONE_DAY

    accept(signed_in, f"{PAGE}?target=15.5&by={by}", target="15.5", by=by.isoformat())

    plan = AcceptedPlan.objects.get()
    assert (plan.target, plan.last) == (1550, by)
    assert plan.predicted >= 1550


def test_a_running_plan_is_ticked_off_on_its_days(signed_in, ana, traveller):
    plan = plan_of(ana, today=TODAY)
    assert not any(day.has_come for week in signed_in.get(PAGE).context["weeks"] for day in week.days)
    traveller.shift(7 * ONE_DAY)

    for act in plan.acts.all():
        for _twice in range(2):
            assert tick(signed_in, act).status_code == 302

    response = signed_in.get(PAGE)
    assert response.context["done"] == response.context["count"] == plan.acts.count()
    assert response.context["now"] == plan.predicted
    times = {(act.kind_id, act.day): act.times for act in plan.acts.all() if not act.kind.is_standing}
    assert times == {(a.kind_id, a.day): a.quantity for a in Activity.objects.all()}


def test_a_tick_tells_the_index_and_htmx_gets_the_region(signed_in, ana, traveller):
    plan = plan_of(ana, today=TODAY)
    traveller.shift(7 * ONE_DAY)
    act = act_of(plan)

    response = signed_in.post(
        reverse("planned-act", args=[act.pk]), {"token": act.token, "state": "done"}, follow=True, **HTMX
    )

    assert f"Done: {act.kind.label}." in response.text
    assert '<section id="plan"' in response.text
    assert "<html" not in response.text


def test_a_day_that_has_not_come_says_so(signed_in, ana):
    act = act_of(plan_of(ana, today=TODAY))

    response = tick(signed_in, act, follow=True)
    page = signed_in.get(PAGE)

    assert response.status_code == 302
    assert "That day has not come yet." in page.text
    assert not Activity.objects.exists()


def test_a_tick_is_taken_back(signed_in, ana, traveller):
    plan = plan_of(ana, today=TODAY)
    traveller.shift(7 * ONE_DAY)
    for standing in (False, True):
        act = act_of(plan, standing=standing)
        tick(signed_in, act)

        tick(signed_in, act, state="open")

        assert signed_in.get(PAGE).context["done"] == 0
    assert not Activity.objects.live().exists()


def test_what_was_logged_elsewhere_is_ticked_by_itself(signed_in, ana, traveller):
    plan = plan_of(ana, today=TODAY)
    traveller.shift(7 * ONE_DAY)
    act = act_of(plan)
    entry = intake.Entry(act.kind, act.day, act.times)
    intake.record(ana.seller.pk, entry, token=uuid.uuid4(), today=TODAY + 7 * ONE_DAY)

    shown = signed_in.get(PAGE)

    row = next(row for row in rows_of(shown.context["weeks"]) if row.pk == act.pk)
    assert (row.done, row.may_undo) == (True, False)
    assert "logged already" in shown.text


@pytest.mark.parametrize("token", ["", "no token", "0f6b5d2e-6f0e-4f5c-9d55-2f1f2c9a7d31"])
def test_a_form_without_the_right_token_does_nothing(signed_in, ana, traveller, token):
    act = act_of(plan_of(ana, today=TODAY))
    traveller.shift(7 * ONE_DAY)

    assert tick(signed_in, act, token=token).status_code == 302

    assert not Activity.objects.exists()


def test_a_plan_is_given_up_and_taken_up_again(signed_in, ana):
    plan = plan_of(ana, today=TODAY)

    given_up = signed_in.post(reverse("plan-withdrawal", args=[plan.pk]), follow=True)
    assert "The plan is given up." in given_up.text
    assert "proposed" in given_up.context
    back = signed_in.post(reverse("plan-return", args=[plan.pk]), follow=True)

    assert back.context["accepted"] == plan


def test_when_the_days_are_over_the_page_tells_what_became_of_it(signed_in, ana, traveller):
    plan = plan_of(ana, today=TODAY)
    traveller.shift(7 * ONE_DAY)
    act = act_of(plan)
    tick(signed_in, act)
    entry = intake.Entry(Kind.objects.get(code="meeting_booked"), act.day)
    intake.record(ana.seller.pk, entry, token=uuid.uuid4(), today=TODAY + 7 * ONE_DAY)
    traveller.shift(ONE_DAY)

    response = signed_in.get(PAGE)

    parts = response.context["parts"]
    assert parts.predicted + sum(amount for _label, _note, amount in parts.rows) == parts.result
    assert f"Your plan promised {plan.predicted / 100:.2f}" in response.text
    assert response.context["proposed"]
    accept(signed_in)
    closed = AcceptedPlan.objects.closed().get()
    assert closed.result == parts.result
    assert [known for known, _parts in signed_in.get(PAGE).context["earlier"]] == [closed]


def test_done_in_time_and_logged_late_still_counts(signed_in, ana, traveller):
    plan = plan_of(ana, today=TODAY)
    traveller.shift(9 * ONE_DAY)

    for act in plan.acts.all():
        tick(signed_in, act)

    response = signed_in.get(PAGE)
    assert "The promise held" in response.text
    assert response.context["parts"].is_done
    assert abs(response.context["parts"].result - plan.predicted) <= 1


def test_others_plans_are_not_found(signed_in, ada):
    plan = plan_of(ada, today=TODAY)

    for name, pk in (
        ("plan-withdrawal", plan.pk),
        ("plan-return", plan.pk),
        ("planned-act", plan.acts.all()[0].pk),
    ):
        assert signed_in.post(reverse(name, args=[pk])).status_code == 404


def test_who_has_left_is_told_so(signed_in, ana):
    ana.seller.left_on = TODAY
    ana.seller.save()

    response = signed_in.get(PAGE)

    assert response.status_code == 200
    assert "The seller left on" in response.text


def test_twice_the_acts_and_promises_cost_the_same_queries(signed_in, ana, traveller):
    plan = plan_of(ana, today=TODAY)
    traveller.shift(7 * ONE_DAY)
    for act in list(plan.acts.all())[:3]:
        tick(signed_in, act)
    signed_in.get(PAGE)
    few = queries_of(lambda: signed_in.get(PAGE))
    for act in plan.acts.all():
        tick(signed_in, act)
    signed_in.get(PAGE)

    assert queries_of(lambda: signed_in.get(PAGE)) == few
    traveller.shift(ONE_DAY)
    accept(signed_in)
    signed_in.get(PAGE)
    one_promise = queries_of(lambda: signed_in.get(PAGE))
    traveller.shift(9 * ONE_DAY)
    accept(signed_in)
    signed_in.get(PAGE)
    assert queries_of(lambda: signed_in.get(PAGE)) == one_promise
