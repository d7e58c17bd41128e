"""My index: one's own numbers, each explained, and who else may see them."""

import pytest
import time_machine
from django.urls import reverse

from scoring import recompute
from scoring.models import Formula, Kind, OfficialScore, Restatement, Score
from teams import access
from teams.models import Follow, Team, User
from tests.cast import manager
from tests.moments import NOON, TODAY, days_ago
from tests.teams.acts import hold, log, some_weeks
from tests.teams.costs import queries_of, reads_of
from tests.teams.crowd import crowd, hide, publish

PAGE = "/index/"
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "index"}


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def signed_in(client, ana):
    client.force_login(ana)
    return client


def test_who_is_not_scored_finds_no_such_page(client, bruno):
    client.force_login(bruno)

    assert client.get(PAGE).status_code == 404


def test_the_score_of_today_is_the_headline(signed_in, ana):
    log(ana, "comment_posted", quantity=3)

    headline = signed_in.get(PAGE).context["page"].headline

    assert headline.day == TODAY
    assert headline.ssi == Score.objects.get(seller=ana.seller, day=TODAY).ssi


def test_without_a_score_of_today_the_newest_is_shown(signed_in, ana):
    log(ana, "comment_posted", days_ago(3))
    Score.objects.filter(seller=ana.seller, day__gt=days_ago(2)).delete()

    assert signed_in.get(PAGE).context["page"].headline.day == days_ago(2)


def test_the_pillars_out_of_25_add_up_to_the_index_and_their_changes_to_its_change(signed_in, ana):
    some_weeks(ana)
    log(ana, "comment_posted", quantity=5)

    headline = signed_in.get(PAGE).context["page"].headline

    assert sum(pillar.of25 for pillar in headline.pillars) == headline.ssi
    assert headline.change == headline.ssi - Score.objects.get(seller=ana.seller, day=days_ago(7)).ssi
    assert sum(pillar.delta for pillar in headline.pillars) == headline.change


def test_no_change_is_told_without_a_score_a_week_earlier(signed_in, ana):
    log(ana, "comment_posted")
    Score.objects.filter(seller=ana.seller, day=days_ago(7)).delete()

    response = signed_in.get(PAGE)

    assert response.context["page"].headline.change is None
    assert "No score a week earlier" in response.text


def test_what_the_kinds_contribute_adds_up_to_the_index(signed_in, ana):
    some_weeks(ana)

    page = signed_in.get(PAGE).context["page"]

    assert sum(part.hundredths for group in page.parts for part in group.parts) == page.headline.ssi
    assert [group.key for group in page.parts] == ["brand", "find", "engage", "relate"]


def test_parts_that_would_not_add_up_are_not_shown(signed_in, ana):
    """An import has counted already, and its task has not scored yet."""
    log(ana, "comment_posted")
    Score.objects.filter(seller=ana.seller).update(ssi=1234)
    recompute.ask(ana.seller.pk, first=TODAY)

    response = signed_in.get(PAGE)

    assert Restatement.objects.exists()
    assert response.context["page"].parts == []
    assert "being computed anew" in response.text


def test_official_figures_stand_beside_ours_and_are_labelled(signed_in, ana):
    log(ana, "comment_posted", days_ago(20))
    figures = {"brand": "10.10", "find": "11", "engage": "12.05", "relate": "13", "total": "46.15"}
    OfficialScore.objects.create(seller=ana.seller, day=days_ago(4), industry_top=12, **figures)

    response = signed_in.get(PAGE)

    official = response.context["page"].official
    assert (official.total, official.industry_top, official.network_top) == (4615, 12, None)
    assert [theirs for *_names, theirs in official.rows] == [1010, 1100, 1205, 1300]
    assert ["46.15" in row for row in response.context["page"].trend.rows].count(True) == 1
    assert "Self-reported" in response.text


def test_a_new_formula_is_marked_in_the_trend(signed_in, ana):
    log(ana, "comment_posted", days_ago(20))
    second = Formula.objects.get().copy(name="Second version", by=None)
    second.put_in_force(days_ago(5), today=days_ago(6))
    recompute.restate(ana.seller.pk, first=days_ago(20), today=TODAY)

    page = signed_in.get(PAGE).context["page"]

    assert "Second version" in str(page.trend.figure["layout"])
    assert page.rules.name == "Second version"


def test_the_trend_covers_90_days(signed_in, ana):
    log(ana, "comment_posted", days_ago(200))

    assert len(signed_in.get(PAGE).context["page"].trend.rows) == 90


def test_ranks_say_of_how_many_and_carry_the_averages(signed_in, ana, north, retail):
    crowd(north, [9000, 8000, 7000, 6000], industry=retail)
    log(ana, "comment_posted")
    publish()

    response = signed_in.get(PAGE)

    standing = response.context["ranks"].standing
    assert (standing.industry.rank, standing.industry.n, standing.industry.top_percent) == (5, 5, 100)
    assert (standing.network.rank, standing.network.n) == (5, 5)
    assert "Top 100%" in response.text
    assert response.text.count("Average 60.0") == 2


def test_fewer_than_five_get_neither_percentage_nor_average_but_the_reason(signed_in, ana, north):
    crowd(north, [9000, 8000])
    log(ana, "comment_posted")
    publish()

    text = signed_in.get(PAGE).text

    assert text.count("No percentage among fewer than 5 people") == 2
    assert text.count("No average of fewer than 5 people") == 2


def test_before_the_first_complete_night_ranks_are_said_to_be_computed(signed_in, ana):
    log(ana, "comment_posted")

    response = signed_in.get(PAGE)

    assert response.context["ranks"] is None
    assert "Ranks and averages are being computed" in response.text


def test_who_is_not_shown_on_boards_reads_the_place_they_would_have(signed_in, ana, north):
    crowd(north, [9000, 8000, 7000, 6000])
    log(ana, "comment_posted")
    publish()
    hide(ana)

    response = signed_in.get(PAGE)

    assert response.context["ranks"].standing.network.rank == 5
    assert "You are not shown on boards" in response.text


def test_an_unticked_item_says_what_it_would_bring_and_ticking_brings_it(signed_in, ana):
    some_weeks(ana)
    before = signed_in.get(PAGE).context
    item = next(item for item in before["checklist"] if item.code == "profile_headline")
    form = {"held": "on", "next": reverse("my-index")}

    signed_in.post(reverse("checklist-item", args=[item.code]), form, **HTMX)

    after = signed_in.get(PAGE).context
    assert not item.held
    assert after["page"].headline.ssi - before["page"].headline.ssi == item.hundredths > 0
    assert next(row.held for row in after["checklist"] if row.code == item.code)


def test_a_tick_by_htmx_is_answered_with_the_region(signed_in, ana):
    form = {"held": "on", "next": reverse("my-index")}

    response = signed_in.post(reverse("checklist-item", args=["profile_photo"]), form, follow=True, **HTMX)

    assert '<section id="index"' in response.text
    assert "<html" not in response.text
    assert 'id="check-profile_photo" aria-pressed="true"' in response.text
    assert "<html" not in response.text


def test_the_checklist_lists_every_standing_kind(signed_in):
    codes = [item.code for item in signed_in.get(PAGE).context["checklist"]]

    assert codes == list(Kind.objects.filter(nature="standing").order_by("pk").values_list("code", flat=True))


def test_a_few_tips_lead_to_the_whole_plan(signed_in, ana):
    log(ana, "comment_posted")

    response = signed_in.get(PAGE)

    assert 1 <= len(response.context["page"].tips) <= 3
    assert f'href="{reverse("plan")}"' in response.text
    assert f'href="{reverse("official-scores")}"' in response.text


def test_somebody_without_a_score_learns_what_to_do(signed_in, ana):
    Score.objects.all().delete()

    response = signed_in.get(PAGE)

    assert "No index yet" in response.text
    assert len(response.context["checklist"]) > 0


def test_the_managers_who_are_named_may_open_the_page_and_nobody_else(
    signed_in, ana, north, bruno, chiara, root
):
    region = Team.objects.create(name="Region", slug="region")
    north.parent = region
    north.save()
    manager("wanda", "Wanda", "Wysoka", team=region)
    gone = manager("gone", "Gone", "Away", team=north)
    gone.is_active = False
    gone.save()

    audience = signed_in.get(PAGE).context["page"].audience

    able = [
        user.name
        for user in User.objects.filter(is_active=True).exclude(pk=ana.pk)
        if access.visible_sellers(user, today=TODAY).filter(pk=ana.seller.pk).exists()
        and not access.is_administrator(user)
    ]
    assert sorted(audience.managers) == sorted(able) == ["Bruno Lis", "Wanda Wysoka"]
    assert audience.boards == ["North", "Region"]


def test_the_page_says_who_sees_it_how_it_is_computed_and_what_it_is_not_for(signed_in, ana, bruno):
    log(ana, "comment_posted")

    text = signed_in.get(PAGE).text

    assert "Who can see this?" in text
    assert "Bruno Lis" in text
    assert "worth half as much after 30 days" in text
    assert "must not be the sole or decisive basis of" in text


def test_off_the_boards_the_page_says_so(signed_in, ana):
    hide(ana)

    assert "you are in no board, rank or average" in signed_in.get(PAGE).text


def test_htmx_gets_the_region_alone(signed_in, ana):
    log(ana, "comment_posted")

    text = signed_in.get(PAGE, **HTMX).text

    assert '<section id="index"' in text
    assert "<html" not in text
    assert "<html" not in text


def test_twice_the_rows_cost_the_same_queries(
    signed_in, ana, bruno, north, retail, django_assert_num_queries
):
    crowd(north, [5000, 4000], industry=retail)
    some_weeks(ana)
    publish()
    OfficialScore.objects.create(
        seller=ana.seller, day=days_ago(9), brand=1, find=1, engage=1, relate=1, total=4
    )
    signed_in.get(PAGE)
    first = queries_of(lambda: signed_in.get(PAGE))

    for n, followed in enumerate(crowd(Team.objects.create(name="Far", slug="far"), [6000, 3000, 2000])):
        Follow.objects.create(follower=ana.seller, followed=followed)
        OfficialScore.objects.create(
            seller=ana.seller, day=days_ago(n), brand=1, find=1, engage=1, relate=1, total=4
        )
        manager(f"more{n}", "More", str(n), team=north)
        hold(ana, ["profile_about", "profile_skills", "profile_headline"][n])
    for back in range(60, 80):
        log(ana, "group_joined", days_ago(back))

    with django_assert_num_queries(first):
        signed_in.get(PAGE)


def test_the_past_is_read_once_for_parts_tips_and_checklist(signed_in, ana):
    some_weeks(ana)
    signed_in.get(PAGE)

    reads = reads_of(lambda: signed_in.get(PAGE))

    # Items and leave come with the tallies.
    once = ("tally", "formula", "score", "officialscore", "unwantedkind")
    assert {table: reads[f"scoring_{table}"] for table in once} == dict.fromkeys(once, 1)
    assert reads.total() <= 11
