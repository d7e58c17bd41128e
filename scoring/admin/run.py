"""The ledger of nights: read, and run once more."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from scoring import night, tasks
from scoring.admin.confirmation import Question, confirmation_page
from scoring.admin.read_only import ReadOnly
from scoring.models import Run, RunChunk
from scoring.models.run import RunState
from ssi_dashboard import clock

MOST_RUNS_AT_ONCE = 31
RUNNING = Question(
    title=gettext_lazy("Run now"),
    consequence=gettext_lazy(
        "Everybody is scored for this day once more. "
        "Until that is done, boards show the newest other day that is."
    ),
    button=gettext_lazy("Run now"),
)


class ChunkInline(ReadOnly, admin.TabularInline):
    model = RunChunk
    verbose_name_plural = gettext_lazy("parts")
    fields = ["first_seller", "last_seller", "state", "attempt", "lease_until", "scored"]
    extra = 0


@admin.register(Run)
class RunAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["day", "state_now", "duration", "parts", "scored", "problem"]
    list_filter = ["state"]
    ordering = ["-day"]
    date_hierarchy = "day"
    list_per_page = 50
    fields = [
        *("day", "state_now", "started_at", "finished_at", "duration", "scored", "problem"),
        *("replayed_at", "replayed", "replay_differences", "replay_problem"),
    ]
    inlines = [ChunkInline]
    actions = ["run_again"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Run]:
        touched = RunChunk.objects.filter(run=OuterRef("pk")).exclude(state=RunState.DUE)
        return (
            super()
            .get_queryset(request)
            .annotate(
                is_touched=Exists(touched),
                chunks_done=Count("chunks", filter=Q(chunks__state=RunState.COMPLETE)),
                chunks_all=Count("chunks"),
            )
        )

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_now(self, run: Run) -> str:
        """A run that nobody has begun to work on says that it waits, which a missing worker looks like."""
        waiting = run.state == RunState.RUNNING and not run.is_touched  # type: ignore[attr-defined]
        return _("waiting for a worker") if waiting else run.get_state_display()

    @admin.display(description=gettext_lazy("duration"))
    def duration(self, run: Run) -> str | None:
        if run.started_at is None or run.finished_at is None:
            return None
        seconds = round((run.finished_at - run.started_at).total_seconds(), 1)
        if seconds < 1:
            return _("under a second")
        return _("%(minutes)d min %(seconds).1f s") % {"minutes": seconds // 60, "seconds": seconds % 60}

    @admin.display(description=gettext_lazy("parts done"))
    def parts(self, run: Any) -> str:
        return _("%(done)d of %(all)d") % {"done": run.chunks_done, "all": run.chunks_all}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        may = {"may_run": self.has_run_permission(request)}
        return super().changelist_view(request, {**may, **(extra_context or {})})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        may = {"may_run": self.has_run_permission(request)}
        return super().change_view(request, object_id, form_url, {**may, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        return [
            path("now/", guard(self.run_now), name="scoring_run_now"),
            path("<int:pk>/again/", guard(self.run_once_more), name="scoring_run_again"),
            *super().get_urls(),
        ]

    def has_run_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("scoring.change_run"))

    def run_now(self, request: HttpRequest) -> HttpResponse:
        return self._asked(request, clock.today())

    def run_once_more(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._asked(request, get_object_or_404(Run, pk=pk).day)

    def _asked(self, request: HttpRequest, day: date) -> HttpResponse:
        """Run the day once the person has confirmed."""
        if not self.has_run_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return confirmation_page(self, request, [date_format(day)], form=forms.Form(), question=RUNNING)
        self._start(request, day)
        self.message_user(
            request,
            _("The run of %(day)s is started. It waits for a worker; boards show it once it is complete.")
            % {"day": date_format(day)},
        )
        return redirect(reverse("admin:scoring_run_changelist"))

    @admin.action(description=gettext_lazy("Run the selected days again"), permissions=["run"])
    def run_again(self, request: HttpRequest, runs: QuerySet[Run]) -> None:
        days = sorted(runs.values_list("day", flat=True))
        if len(days) > MOST_RUNS_AT_ONCE:
            sentence = _("Choose at most %(most)s at a time.") % {"most": MOST_RUNS_AT_ONCE}
            self.message_user(request, sentence, messages.ERROR)
            return
        for day in days:
            self._start(request, day)
        sentence = ngettext(
            "%(count)d run is started. It waits until a worker takes it.",
            "%(count)d runs are started. They wait until a worker takes them.",
            len(days),
        )
        self.message_user(request, sentence % {"count": len(days)})

    def _start(self, request: HttpRequest, day: date) -> None:
        with transaction.atomic():
            run = night.run_again(day)
            night.start(run, now=timezone.now())
            tasks.hint_run(run.pk)
        self.log_change(request, run, _("Run again."))
