"""Every reason for a refusal says the rule and the remedy, in both languages, in the reader's dates and digits."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from string import Formatter
from typing import Final

import pytest

from schema.decision import Problem
from schema.events import EventType
from schema.indicators.periods import UnusablePeriod
from schema.problems import ProblemCode, message
from schema.problems.by_circumstance import (
    ASK_THE_CONTACT,
    ASK_THE_NATIONAL_OFFICE,
    BEFORE_WHAT_PRECEDES,
    KEPT_AT_ONCE,
    OVER,
    Wording,
)
from schema.vocabulary import ClusterStatus, PhaseKind, ProjectStatus, Term, UserRole

BLANKS: Final = Formatter()
# Their remedy is inside the reason that fills the blank.
EXPLAINED: Final = {ProblemCode.INVALID, ProblemCode.UNUSABLE_PERIOD}
ARABIC: Final = re.compile("[يكة٠-٩]")


def blanks(text: str) -> set[str]:
    return {re.sub("_(fa|en)$", "", name) for _, name, _, _ in BLANKS.parse(text) if name}


@pytest.mark.parametrize("code", list(ProblemCode))
def test_a_problem_names_the_rule_and_the_remedy_in_both_languages(code: ProblemCode) -> None:
    assert blanks(code.label_fa) == blanks(code.label_en)
    rule, _, remedy = code.label_en.replace("; ", ": ").partition(": ")
    assert rule, code.label_en
    assert remedy, f"say what to do: {code.label_en}"
    rule, _, remedy = code.label_fa.replace(": ", "؛ ").partition("؛ ")
    assert rule, code.label_fa
    assert remedy, f"say what to do: {code.label_fa}"
    assert not ARABIC.search(code.label_fa)
    assert not re.search(
        r"[A-Za-z]{4,}", re.sub(r"{\w+}|[A-Z_]{4,}|[\w@.-]+[@-][\w.-]+", "", code.label_fa)
    ), code
    assert code in EXPLAINED or code.label_en.rstrip()[-1] in ".ir", code.label_en


def test_no_two_problems_say_the_same() -> None:
    assert len({code.label_fa for code in ProblemCode}) == len(ProblemCode)
    assert len({code.label_en for code in ProblemCode}) == len(ProblemCode)


def test_days_numbers_terms_and_reasons_are_written_as_the_language_writes_them() -> None:
    def said(code: ProblemCode, **values: object) -> tuple[str, str]:
        problem = Problem(code, (), values)
        return message(problem, "fa"), message(problem, "en")

    fa, en = said(ProblemCode.IN_FUTURE, date=date(2026, 11, 24))
    assert "۳ آذر ۱۴۰۵" in fa
    assert "2026-11-24" in en
    fa, en = said(ProblemCode.SPENT_ABOVE_DISBURSED, spent=Decimal("1200.50"), disbursed=Decimal(3))
    assert "۱۲۰۰٫۵۰" in fa
    assert "1200.50" in en
    fa, en = said(ProblemCode.NOT_WINDOWED, kind=PhaseKind.CONTINUOUS)
    assert PhaseKind.CONTINUOUS.label_fa in fa
    assert PhaseKind.CONTINUOUS.label_en in en
    fa, en = said(ProblemCode.UNUSABLE_PERIOD, reason=UnusablePeriod("چنین دوره‌ای نیست", "no such period"))
    assert "چنین دوره‌ای نیست" in fa
    assert "no such period" in en


def test_who_asks_is_sent_to_whom_can_help() -> None:
    def said(role: UserRole) -> str:
        return message(Problem(ProblemCode.NOT_ALLOWED, (), {"role": role}), "en")

    assert "province administrator" in said(UserRole.DEVELOPMENT_AGENT)
    assert "national office" in said(UserRole.PROVINCE_ADMINISTRATOR)
    assert "your agency's contact" in said(UserRole.PARTNER_AGENCY)


def test_nothing_follows_on_what_is_over_and_what_is_not_over_names_a_step() -> None:
    def said(status: Term) -> str:
        return message(Problem(ProblemCode.WRONG_STATUS, (), {"status": status}), "en")

    assert "no step follows" in said(ProjectStatus.COMPLETED)
    assert "take a step that is open" in said(ProjectStatus.SUSPENDED)
    # A cluster that is completed may still become developed.
    assert "take a step that is open" in said(ClusterStatus.COMPLETED)


def test_a_day_before_an_earlier_event_names_that_event() -> None:
    days = {"start": date(2026, 10, 1), "end": date(2026, 9, 1)}
    told = message(
        Problem(ProblemCode.DATES_OUT_OF_ORDER, (), {**days, "event": EventType.STUDY_SUBMITTED}), "en"
    )
    assert told == (
        "This date (2026-09-01) comes before “Diagnostic study submitted” (2026-10-01): enter that day or a later one."
    )
    assert "The end (2026-09-01)" in message(Problem(ProblemCode.DATES_OUT_OF_ORDER, (), days), "en")


@pytest.mark.parametrize(
    "words", [OVER, BEFORE_WHAT_PRECEDES, KEPT_AT_ONCE, ASK_THE_NATIONAL_OFFICE, ASK_THE_CONTACT]
)
def test_every_other_wording_names_the_rule_and_the_remedy_too(words: Wording) -> None:
    fa, en = words
    assert blanks(fa) == blanks(en)
    assert all(en.partition(": "))
    assert all(fa.partition("؛ "))


def test_a_list_that_is_full_is_not_told_to_be_sent_in_parts() -> None:
    kept = message(Problem(ProblemCode.TOO_MANY, (), {"limit": 20, "kept": True}), "en")
    assert kept == "No more than 20 are kept at the same time: remove one first, or wait until one has ended."
    assert "in parts" in message(Problem(ProblemCode.TOO_MANY, (), {"limit": 20}), "en")


@pytest.mark.parametrize("code", list(ProblemCode))
def test_a_persian_sentence_is_spelt_as_persian_is(code: ProblemCode) -> None:
    said = code.label_fa
    assert not re.search(r" (ها|های|تر|ترین|ام|ای)\b", said), "a half-space before an ending"
    assert not re.search(r"(^| )ن?می(?!\u200c|ان\b|دانی|لادی)", said), (
        "a half-space after the prefix of a verb"
    )
    assert not re.search(r"\b(آنها|اینها|اینجا|آنجا)", said), "a half-space as everywhere else"
    assert not re.search(r"[,;?]|  ", said), "Persian punctuation and single spaces"
    assert said == said.strip()
