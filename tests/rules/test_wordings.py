"""The office words what people are told: with the blanks we fill, in one line, and nothing that could run."""

from __future__ import annotations

from uuid import UUID

import pytest

from schema.decision import Accepted, Create, Decision, Refused, Remove, Update
from schema.events import EventType
from schema.notifications.texts import TEXTS
from schema.problems import ProblemCode
from schema.vocabulary import InterfaceLanguage
from schema.wordings import rules
from schema.wordings.blanks import fill, fits, shipped

FA, EN = InterfaceLanguage
SAID = {"title": "Soon due", "text": "{phase} of {cluster}: {days} days, until {due}."}
WORDING = rules.WordingFacts(UUID(int=1), "phase.window_opening", EN, SAID["title"], SAID["text"])


def written(text: str, title: str = "Soon due", kind: str = "phase.window_opening") -> Decision:
    return rules.write(kind, EN, {"title": title, "text": text}, new_id=lambda: WORDING.id)


def problems(decision: Decision) -> list[tuple[ProblemCode, tuple[str, ...]]]:
    assert isinstance(decision, Refused), decision
    return [(problem.code, problem.path) for problem in decision.problems]


def test_a_wording_with_the_blanks_of_the_shipped_sentence_is_kept() -> None:
    decision = written(SAID["text"])
    assert isinstance(decision, Accepted)
    row = {**SAID, "event_type": "phase.window_opening", "language": EN}
    assert decision.changes == (Create("NotificationText", WORDING.id, row),)


@pytest.mark.parametrize("kind", list(EventType), ids=lambda kind: kind.value)
@pytest.mark.parametrize("language", list(InterfaceLanguage))
def test_the_shipped_sentence_of_every_type_could_be_a_wording(
    kind: EventType, language: InterfaceLanguage
) -> None:
    text = shipped(kind, language)
    assert text == TEXTS[kind][language is EN]
    decision = rules.write(kind, language, {"title": "t", "text": text}, new_id=lambda: WORDING.id)
    assert isinstance(decision, Accepted), decision


@pytest.mark.parametrize(
    "text",
    [
        "{phase} of {cluster}: {days} days, until {due}, {colour}.",
        "{phase} of {cluster}: {days} days, until {due}, {cluster.__class__}.",
        "{phase} of {cluster}: {days:>999999999} days, until {due}, {days}.",
        "{phase} of {cluster}: {days} days, until {due}, {{ 7 * 7 }}.",
        "{phase} of {cluster}: {days} days, until {due}, {% for a in b %}.",
        "{phase} of {cluster}: {days} days, until {due}}.",
    ],
)
def test_nothing_but_the_known_blanks_stands_in_braces(text: str) -> None:
    assert problems(written(text)) == [(ProblemCode.BLANK_UNKNOWN, ("text",))]


def test_a_blank_that_is_needed_cannot_be_left_out_and_one_nobody_fills_cannot_be_added() -> None:
    assert problems(written("{phase} of {cluster} until {due}.")) == [(ProblemCode.BLANK_MISSING, ("text",))]
    assert problems(written("{cluster}: {due}", kind="phase.completed")) == [
        (ProblemCode.BLANK_UNKNOWN, ("text",)),
        (ProblemCode.BLANK_MISSING, ("text",)),
    ]


def test_a_title_has_no_blank_and_neither_may_be_empty_or_have_lines() -> None:
    assert problems(written(SAID["text"], title="{cluster}")) == [(ProblemCode.BLANK_UNKNOWN, ("title",))]
    assert problems(written(SAID["text"], title="")) == [(ProblemCode.REQUIRED, ("title",))]
    assert problems(written(SAID["text"], title="a\nBcc: b")) == [(ProblemCode.INVALID, ("title",))]
    assert problems(written("", kind="phase.celebrated")) == [(ProblemCode.INVALID, ("eventType",))]


def test_a_sentence_that_grows_beyond_measure_when_it_is_told_is_refused() -> None:
    assert problems(written(SAID["text"] + "{cluster}" * 40)) == [(ProblemCode.TOO_LONG, ("text",))]


def test_a_wording_is_changed_checked_anew_and_given_up() -> None:
    changed = rules.edit(WORDING, {"title": "Due before long"})
    assert isinstance(changed, Accepted)
    assert changed.changes == (Update("NotificationText", WORDING.id, {"title": "Due before long"}),)
    assert problems(rules.edit(WORDING, {"text": "Soon."})) == [(ProblemCode.BLANK_MISSING, ("text",))]
    given_up = rules.give_up(WORDING)
    assert isinstance(given_up, Accepted)
    assert given_up.changes == (Remove("NotificationText", WORDING.id),)
    allowed = {each.action for each in rules.permitted(WORDING, today=None) if each.allowed}
    assert allowed == {"editNotificationText", "useShippedNotificationText"}


def test_a_wording_fits_while_its_type_and_blanks_are_those_of_this_release() -> None:
    assert fits("phase.window_opening", "EN", SAID["text"])
    assert not fits("phase.window_opening", "EN", "Soon, {cluster}.")
    assert not fits("phase.celebrated", "EN", "Soon, {cluster}.")


def test_what_is_not_known_is_a_dash_and_what_is_filled_in_is_not_read_again() -> None:
    assert fill("{cluster}, {due}", {"cluster": "{due}"}) == "{due}, —"
