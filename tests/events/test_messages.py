"""Every event has its words in both languages, its readers, and a place in the rules of retrying."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from schema.events import EventType
from schema.notifications.texts import TEXTS
from schema.vocabulary import UserRole
from services.notifications.backoff import LONGEST_WAIT, asked_wait, wait_after
from services.notifications.messages import Facts, TextsIncomplete, require_texts, write_message
from services.notifications.routing import Happened, Wish, audience, wants

OF_NO_CLUSTER = {EventType.WEBHOOK_PAUSED}
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WHOLE = Facts(
    "گلیم",
    "لرستان",
    "DIAGNOSTIC_STUDY",
    {"due": {"date": "2026-12-21", "jalali": "۱۴۰۵/۰۹/۳۰"}, "daysLeft": 7},
)


@pytest.mark.parametrize("kind", list(EventType), ids=lambda kind: kind.value)
@pytest.mark.parametrize("language", ["FA", "EN"])
def test_every_event_is_told_in_both_languages_also_when_little_is_known_of_it(
    kind: EventType, language: str
) -> None:
    message = write_message(kind.value, language, WHOLE)
    assert ("گلیم" in message.body) == (kind not in OF_NO_CLUSTER)
    assert "{" not in message.body
    assert message.title == (kind.label_en if language == "EN" else kind.label_fa)
    assert ("—" in write_message(kind.value, language, Facts()).body) == (kind not in OF_NO_CLUSTER)


def test_a_reminder_names_the_day_and_the_days_that_are_left() -> None:
    assert write_message("phase.window_opening", "FA", WHOLE).body == (
        "مهلت فاز «مطالعه شناختی» خوشهٔ «گلیم» در ۱۴۰۵/۰۹/۳۰ به پایان می‌رسد؛ ۷ روز مانده است."
    )
    assert write_message("phase.overdue", "EN", WHOLE).body == (
        "The phase Diagnostic study of the cluster گلیم was due by 2026-12-21 and is not completed."
    )


def test_a_type_of_a_later_release_is_told_too() -> None:
    assert write_message("phase.celebrated", "EN", WHOLE).title == "phase.celebrated"
    assert audience("phase.celebrated") == {UserRole.DEVELOPMENT_AGENT, UserRole.PROVINCE_ADMINISTRATOR}


def test_the_service_does_not_start_without_a_text() -> None:
    require_texts()
    with pytest.raises(TextsIncomplete, match=r"phase\.overdue"):
        require_texts({kind: text for kind, text in TEXTS.items() if kind is not EventType.PHASE_OVERDUE})
    with pytest.raises(TextsIncomplete, match=r"phase\.overdue: nothing fills colour"):
        require_texts({**TEXTS, EventType.PHASE_OVERDUE: ("{colour}", "late")})
    with pytest.raises(TextsIncomplete, match=r"phase\.overdue has no text"):
        require_texts({**TEXTS, EventType.PHASE_OVERDUE: ("", "late")})


@pytest.mark.parametrize(
    ("kind", "others"),
    [
        ("phase.completed", set()),
        ("action_plan.submitted", {UserRole.COUNCIL_MEMBER}),
        ("action_plan.approved", {UserRole.COUNCIL_MEMBER, UserRole.NETWORK_REPRESENTATIVE}),
        ("action_plan.overdue", {UserRole.NETWORK_REPRESENTATIVE}),
        ("exit.announced", {UserRole.COUNCIL_MEMBER, UserRole.NETWORK_REPRESENTATIVE}),
        ("overdue.escalated", {UserRole.NATIONAL_ADMINISTRATOR}),
        ("diagnostic_study.submitted", {UserRole.COUNCIL_MEMBER, UserRole.TECHNICAL_ADVISOR}),
        ("supervision.visit_due", {UserRole.TECHNICAL_ADVISOR}),
    ],
)
def test_agent_and_province_hear_everything_council_and_advisor_what_concerns_them(
    kind: str, others: set[UserRole]
) -> None:
    assert audience(kind) == {UserRole.DEVELOPMENT_AGENT, UserRole.PROVINCE_ADMINISTRATOR} | others


def test_an_endpoint_gets_what_it_asked_for() -> None:
    province, cluster, other = (UUID(int=number) for number in (1, 2, 3))
    event = Happened("phase.completed", province, cluster)
    assert wants(Wish(), event)
    assert wants(Wish(event_types=frozenset({"phase.completed"})), event)
    assert not wants(Wish(event_types=frozenset({"phase.started"})), event)
    assert wants(Wish(provinces=frozenset({province})), event)
    assert wants(Wish(clusters=frozenset({cluster}), provinces=frozenset({other})), event)
    assert not wants(Wish(clusters=frozenset({other})), event)


def test_phases_and_conditions_narrow_what_is_asked_for() -> None:
    near = Happened("phase.window_opening", None, None, "IMPLEMENTATION", {"daysLeft": 7})
    far = Happened("phase.window_opening", None, None, "IMPLEMENTATION", {"daysLeft": 30})
    over = Happened("phase.overdue", None, None, "IMPLEMENTATION", {"daysLeft": -3})
    half = Happened("sub_project.budget_threshold", None, None, None, {"percent": 80})
    full = Happened("sub_project.budget_threshold", None, None, None, {"percent": 100})
    assert wants(Wish(phases=frozenset({"IMPLEMENTATION"})), near)
    assert not wants(Wish(phases=frozenset({"AGENT_EXIT"})), near)
    assert not wants(Wish(phases=frozenset({"AGENT_EXIT"})), full)
    assert [wants(Wish(most_days_left=7), event) for event in (near, far, over, full)] == [
        True,
        False,
        True,
        True,
    ]
    assert [wants(Wish(least_percent=100), event) for event in (half, full, far)] == [False, True, True]


def test_waits_grow_fourfold_up_to_half_a_day_and_never_fall_into_step() -> None:
    middle = [wait_after(attempt, first=5.0, draw=0.5) for attempt in range(1, 13)]
    assert middle[:4] == [5.0, 20.0, 80.0, 320.0]
    assert middle[-1] == LONGEST_WAIT
    assert sum(middle) > 2 * 24 * 3600
    assert wait_after(1, first=5.0, draw=0.0) == 4.0
    assert wait_after(1, first=5.0, draw=1.0) == pytest.approx(6.0)
    assert len({wait_after(3, first=5.0) for _ in range(20)}) > 10


def test_retry_after_is_honoured_in_both_forms_and_within_reason() -> None:
    assert asked_wait("120", NOW) == 120
    assert asked_wait("Mon, 23 Nov 2026 09:10:00 GMT", NOW) == 600
    assert asked_wait("Mon, 23 Nov 2026 08:00:00 GMT", NOW) == 0
    assert [asked_wait(text, NOW) for text in (None, "", "soon", "-5", "1.5", "٣")] == [None] * 6
    assert wait_after(1, first=5.0, asked=100.0) == 100.0
    assert wait_after(1, first=5.0, asked=10.0**9) == 24 * 3600
