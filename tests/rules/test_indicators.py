"""The rules of indicators: periods, entries, every arrow of a value's review, the catalogue, targets, what is taken."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from schema.decision import Accepted, Create, Decision, Refused, Remove, Update
from schema.events import EventType
from schema.indicators import rules, taking, targets
from schema.indicators.entries import Entry, Part
from schema.indicators.periods import UnusablePeriod, day_period, read_period
from schema.problems import ProblemCode
from schema.vocabulary import (
    Currency,
    CurrencyUnit,
    IndicatorOrigin,
    IndicatorStatus,
    IndicatorUnit,
    ProjectStatus,
)

if TYPE_CHECKING:
    from collections.abc import Callable


TODAY = datetime.date(2026, 11, 23)
COUNTED = rules.Defined(UUID(int=9), IndicatorOrigin.ENTERED, IndicatorUnit.COUNT, 3, None)
HOME = rules.ValueHome(UUID(int=2), UUID(int=3))
ENTRY = Entry(Decimal(12), evidence="فهرست بیمه")
VALUE = rules.ValueFacts(
    id=UUID(int=1),
    cluster_id=UUID(int=2),
    project_id=UUID(int=3),
    corrects_id=None,
    status=IndicatorStatus.DRAFT,
    period="1404",
    period_end=datetime.date(2026, 3, 20),
    value=Decimal(12),
    currency=None,
    evidence="فهرست بیمه",
    submitted_on=None,
    submitted_by="User_1",
    corrected=False,
    indicator=COUNTED,
)


@pytest.fixture
def new_id() -> Callable[[], UUID]:
    numbers = count(100)
    return lambda: UUID(int=next(numbers))


def accepted(decision: Decision) -> Accepted:
    assert isinstance(decision, Accepted), decision
    return decision


def told(decision: Decision) -> list[tuple[ProblemCode, tuple[str, ...]]]:
    assert isinstance(decision, Refused), decision
    return [(problem.code, problem.path) for problem in decision.problems]


@pytest.mark.requirement("I19")
@pytest.mark.parametrize(
    ("typed", "name", "start", "end"),
    [
        ("1404", "1404", "2025-03-21", "2026-03-20"),
        ("۱۴۰۴", "1404", "2025-03-21", "2026-03-20"),
        ("1404-s2", "1404-S2", "2025-06-22", "2025-09-22"),
        ("۱۴۰۴-S4", "1404-S4", "2025-12-22", "2026-03-20"),
        ("1403-12", "1403-12", "2025-02-19", "2025-03-20"),
        ("١٤٠٤-٠٦-٣١", "1404-06-31", "2025-09-22", "2025-09-22"),
    ],
)
def test_a_period_is_a_jalali_year_season_month_or_day(typed: str, name: str, start: str, end: str) -> None:
    period = read_period(typed)
    assert (period.name, period.start.isoformat(), period.end.isoformat()) == (name, start, end)
    assert len(period.name) <= 10


@pytest.mark.parametrize(
    "typed", ["", "2025", "1404-S5", "1404-13", "1404-07-31", "1404-6", "سال ۱۴۰۴", "1404-S2-01"]
)
def test_what_is_no_period_is_refused_in_both_languages(typed: str) -> None:
    with pytest.raises(UnusablePeriod) as caught:
        read_period(typed)
    assert caught.value.reason_fa
    assert caught.value.reason_en


def test_a_day_is_a_period_of_its_own() -> None:
    assert day_period(TODAY) == read_period("1405-09-02")


def test_a_value_is_entered_as_a_draft_under_the_version_of_its_definition(
    new_id: Callable[[], UUID],
) -> None:
    entry = replace(ENTRY, parts=(Part("زنان", "Women", Decimal(9)), Part("مردان", "Men", Decimal(3))))
    decision = accepted(
        rules.enter(HOME, COUNTED, entry, period="۱۴۰۴", corrects=None, today=TODAY, new_id=new_id)
    )
    value, *parts = decision.changes
    assert isinstance(value, Create)
    assert value.values["status"] is IndicatorStatus.DRAFT
    assert (value.values["period"], value.values["formula_version"]) == ("1404", 3)
    assert value.values["project_id"] == HOME.project_id
    assert [part.values["ordinal"] for part in parts if isinstance(part, Create)] == [1, 2]
    assert decision.events == ()


def _entered(entry: Entry, indicator: rules.Defined, new_id: Callable[[], UUID], **changed: Any) -> Decision:
    given = {"period": "1404", "corrects": None, "today": TODAY, "new_id": new_id, **changed}
    return rules.enter(given.pop("home", HOME), indicator, entry, **given)


def test_everything_wrong_with_an_entry_is_told_at_once(new_id: Callable[[], UUID]) -> None:
    money = replace(COUNTED, unit=IndicatorUnit.MONEY)
    percent = replace(COUNTED, unit=IndicatorUnit.PERCENT)
    rial = replace(ENTRY, currency=Currency.IRR, currency_unit=CurrencyUnit.OLD_RIAL)
    assert told(_entered(rial, COUNTED, new_id, period="1405")) == [
        (ProblemCode.PERIOD_NOT_OVER, ("period",)),
        (ProblemCode.CURRENCY_ONLY_FOR_MONEY, ("currency",)),
        (ProblemCode.CURRENCY_ONLY_FOR_MONEY, ("currencyUnit",)),
    ]
    assert told(_entered(ENTRY, money, new_id)) == [(ProblemCode.CURRENCY_ONLY_FOR_MONEY, ("currency",))]
    mixed = replace(rial, currency_unit=CurrencyUnit.MAIN)
    assert told(_entered(mixed, money, new_id)) == [(ProblemCode.UNIT_OF_ANOTHER_CURRENCY, ("currencyUnit",))]
    accepted(_entered(rial, money, new_id))
    for wrong, indicator, code in (
        ("-1", COUNTED, ProblemCode.OUT_OF_RANGE),
        ("1.5", COUNTED, ProblemCode.WHOLE_NUMBER),
        ("100.5", percent, ProblemCode.OUT_OF_RANGE),
        ("NaN", percent, ProblemCode.NUMBER_TOO_PRECISE),
        ("1e20", percent, ProblemCode.NUMBER_TOO_PRECISE),
        ("0.00001", percent, ProblemCode.NUMBER_TOO_PRECISE),
    ):
        assert told(_entered(Entry(Decimal(wrong)), indicator, new_id)) == [(code, ("value",))], wrong
    parts = replace(ENTRY, parts=(Part("", "Women", Decimal(9)), Part("مردان", "Men", Decimal(-3))))
    assert told(_entered(parts, COUNTED, new_id)) == [
        (ProblemCode.REQUIRED, ("parts", "0", "nameFa")),
        (ProblemCode.OUT_OF_RANGE, ("parts", "1", "value")),
    ]
    many = replace(ENTRY, parts=(Part("زنان", "Women", Decimal(9)), Part("مردان", "Men", Decimal(4))))
    assert told(_entered(many, COUNTED, new_id)) == [(ProblemCode.PARTS_EXCEED_WHOLE, ("parts",))]
    assert told(_entered(ENTRY, COUNTED, new_id, period="soon")) == [
        (ProblemCode.UNUSABLE_PERIOD, ("period",))
    ]


def test_computed_and_retired_indicators_take_no_entries(new_id: Callable[[], UUID]) -> None:
    computed = replace(COUNTED, origin=IndicatorOrigin.COMPUTED)
    assert told(_entered(ENTRY, computed, new_id)) == [(ProblemCode.INDICATOR_COMPUTED, ("indicatorId",))]
    retired = replace(COUNTED, retired_on=TODAY)
    assert told(_entered(ENTRY, retired, new_id)) == [(ProblemCode.INDICATOR_RETIRED, ("indicatorId",))]
    drafted = replace(VALUE, status=IndicatorStatus.DRAFT, indicator=retired)
    assert told(rules.edit(drafted, ENTRY, new_id=new_id)) == [(ProblemCode.INDICATOR_RETIRED, ("id",))]
    edit = next(one for one in rules.permitted(drafted, today=TODAY) if one.action == "editIndicatorValue")
    assert not edit.allowed, "what will be refused is not offered"


def test_a_period_has_one_value_and_only_an_approved_one_is_corrected(new_id: Callable[[], UUID]) -> None:
    kept = rules.KeptValue(VALUE.id, COUNTED.id, "1404", None, IndicatorStatus.APPROVED)
    home = replace(HOME, kept=(kept,))
    assert told(_entered(ENTRY, COUNTED, new_id, home=home)) == [
        (ProblemCode.VALUE_OF_PERIOD_EXISTS, ("period",))
    ]
    accepted(_entered(ENTRY, COUNTED, new_id, home=home, period="1403"))
    approved = replace(VALUE, status=IndicatorStatus.APPROVED)
    correction = accepted(_entered(ENTRY, COUNTED, new_id, home=home, corrects=approved))
    assert isinstance(correction.changes[0], Create)
    assert correction.changes[0].values["corrects_id"] == VALUE.id
    draft = replace(home, kept=(replace(kept, status=IndicatorStatus.DRAFT),))
    assert told(_entered(ENTRY, COUNTED, new_id, home=draft, corrects=VALUE)) == [
        (ProblemCode.ONLY_APPROVED_CORRECTED, ("correctsId",))
    ]
    another = rules.KeptValue(UUID(int=77), COUNTED.id, "1404", None, IndicatorStatus.DRAFT)
    twice = replace(home, kept=(kept, another))
    assert told(_entered(ENTRY, COUNTED, new_id, home=twice, corrects=approved)) == [
        (ProblemCode.VALUE_OF_PERIOD_EXISTS, ("period",))
    ]


ARROWS = {
    "submit": lambda value: rules.submit(value, by="User_2", today=TODAY),
    "return": lambda value: rules.return_(value, reason="رقم", by="User_2", today=TODAY),
    "approve": lambda value: rules.approve(value, by="User_2", today=TODAY),
    "edit": lambda value: rules.edit(value, ENTRY, new_id=lambda: UUID(int=5)),
    "remove": rules.remove,
}
OPEN = {
    ("submit", IndicatorStatus.DRAFT): IndicatorStatus.SUBMITTED,
    ("return", IndicatorStatus.SUBMITTED): IndicatorStatus.RETURNED,
    ("approve", IndicatorStatus.SUBMITTED): IndicatorStatus.APPROVED,
    ("edit", IndicatorStatus.DRAFT): IndicatorStatus.DRAFT,
    ("edit", IndicatorStatus.RETURNED): IndicatorStatus.DRAFT,
    ("remove", IndicatorStatus.DRAFT): None,
    ("remove", IndicatorStatus.RETURNED): None,
}


@pytest.mark.parametrize("status", list(IndicatorStatus))
@pytest.mark.parametrize("arrow", list(ARROWS))
def test_every_arrow_of_a_value_and_every_arrow_that_must_not_exist(
    arrow: str, status: IndicatorStatus
) -> None:
    decision = ARROWS[arrow](replace(VALUE, status=status))
    if (arrow, status) not in OPEN:
        assert told(decision) == [(ProblemCode.WRONG_STATUS, ())]
        return
    change = accepted(decision).changes[0]
    to = OPEN[arrow, status]
    if to is None:
        assert isinstance(change, Remove)
    else:
        assert isinstance(change, Update)
        assert change.values["status"] is to


def test_each_step_of_the_review_is_told_without_a_person() -> None:
    submitted = replace(VALUE, status=IndicatorStatus.SUBMITTED)
    for decision, kind in (
        (rules.submit(VALUE, by="User_1", today=TODAY), EventType.INDICATOR_SUBMITTED),
        (rules.return_(submitted, reason="x", by="User_2", today=TODAY), EventType.INDICATOR_RETURNED),
        (rules.approve(submitted, by="User_2", today=TODAY), EventType.INDICATOR_APPROVED),
    ):
        (event,) = accepted(decision).events
        assert event.type is kind
        assert event.subject == ("IndicatorValue", VALUE.id)
        assert set(event.payload) == {"before", "after", "period", "periodEnd", "indicator"}


def test_nobody_reviews_what_they_submitted_and_nothing_is_submitted_without_evidence() -> None:
    submitted = replace(VALUE, status=IndicatorStatus.SUBMITTED)
    assert told(rules.approve(submitted, by="User_1", today=TODAY)) == [(ProblemCode.REVIEWS_OWN_WORK, ())]
    assert told(rules.return_(submitted, reason="", by="User_1", today=TODAY)) == [
        (ProblemCode.REVIEWS_OWN_WORK, ()),
        (ProblemCode.REASON_REQUIRED, ("reason",)),
    ]
    bare = replace(VALUE, evidence=None)
    assert told(rules.submit(bare, by="User_1", today=TODAY)) == [
        (ProblemCode.EVIDENCE_MISSING, ("evidence",))
    ]


@pytest.mark.requirement("R55")
def test_approving_a_correction_marks_the_value_it_corrects_and_changes_nothing_else_of_it() -> None:
    correction = replace(VALUE, status=IndicatorStatus.SUBMITTED, corrects_id=UUID(int=8))
    decision = accepted(rules.approve(correction, by="User_2", today=TODAY))
    assert decision.changes[1] == Update("IndicatorValue", UUID(int=8), {"corrected": True})


def test_a_removed_value_comes_back_only_where_no_other_was_entered() -> None:
    accepted(rules.restore(VALUE))
    other = rules.KeptValue(UUID(int=8), COUNTED.id, "1404", None, IndicatorStatus.DRAFT)
    assert told(rules.restore(replace(VALUE, others=(other,)))) == [(ProblemCode.VALUE_OF_PERIOD_EXISTS, ())]
    accepted(rules.restore(replace(VALUE, others=(other,), corrects_id=other.id)))


def test_editing_replaces_the_parts_and_a_correction_keeps_its_currency(new_id: Callable[[], UUID]) -> None:
    parted = replace(VALUE, parts=(UUID(int=50), UUID(int=51)))
    decision = accepted(
        rules.edit(parted, replace(ENTRY, parts=(Part("زنان", "Women", Decimal(9)),)), new_id=new_id)
    )
    assert [type(change) for change in decision.changes] == [Update, Update, Remove, Remove, Create]
    money = replace(COUNTED, unit=IndicatorUnit.MONEY)
    euro = replace(ENTRY, currency=Currency.EUR, currency_unit=CurrencyUnit.MAIN)
    correction = replace(VALUE, indicator=money, currency=Currency.IRR, corrects_id=UUID(int=8))
    assert told(rules.edit(correction, euro, new_id=new_id)) == [
        (ProblemCode.ONLY_APPROVED_CORRECTED, ("currency",))
    ]
    in_euro = rules.KeptValue(UUID(int=8), COUNTED.id, "1404", Currency.EUR, IndicatorStatus.DRAFT)
    plain = replace(correction, corrects_id=None, others=(in_euro,))
    assert told(rules.edit(plain, euro, new_id=new_id)) == [
        (ProblemCode.VALUE_OF_PERIOD_EXISTS, ("currency",))
    ]


@pytest.mark.requirement("R55")
def test_what_is_taken_keeps_its_formula_and_its_thresholds(new_id: Callable[[], UUID]) -> None:
    reading = taking.Reading(UUID(int=9), 4, Decimal("71.5"), None, {"exit_score": 70})
    home = taking.SnapshotHome(
        UUID(int=3), UUID(int=2), ProjectStatus.ACTIVE, taken_today=False, readings=(reading,)
    )
    (change,) = accepted(taking.take(home, by="User_1", today=TODAY, new_id=new_id)).changes
    assert isinstance(change, Create)
    kept = {
        name: change.values[name] for name in ("status", "period", "value", "formula_version", "thresholds")
    }
    assert kept == {
        "status": IndicatorStatus.APPROVED,
        "period": "1405-09-02",
        "value": Decimal("71.5"),
        "formula_version": 4,
        "thresholds": {"exit_score": 70},
    }
    again = replace(home, taken_today=True)
    assert told(taking.take(again, by="User_1", today=TODAY, new_id=new_id)) == [
        (ProblemCode.TAKEN_TODAY, ())
    ]
    for status in set(ProjectStatus) - taking.TAKERS:
        over = replace(home, status=status)
        assert told(taking.take(over, by="User_1", today=TODAY, new_id=new_id)) == [
            (ProblemCode.PROJECT_NOT_ACTIVE, ())
        ]


def test_a_target_differs_from_its_baseline_lies_ahead_and_is_changed_in_place(
    new_id: Callable[[], UUID],
) -> None:
    given: dict[str, Any] = {"due_on": datetime.date(2027, 3, 20), "today": TODAY, "new_id": new_id}
    decision = targets.set_target(HOME, COUNTED, baseline=Decimal(10), target=Decimal(40), **given)
    assert isinstance(accepted(decision).changes[0], Create)
    home = replace(HOME, targets=(rules.KeptTarget(UUID(int=60), COUNTED.id),))
    changed = accepted(targets.set_target(home, COUNTED, baseline=Decimal(10), target=Decimal(50), **given))
    assert isinstance(changed.changes[0], Update)
    state = replace(COUNTED, unit=IndicatorUnit.STATE, retired_on=TODAY)
    past = {**given, "due_on": datetime.date(2026, 1, 1)}
    assert told(targets.set_target(HOME, state, baseline=Decimal(1), target=Decimal(1), **past)) == [
        (ProblemCode.TARGET_IS_BASELINE, ("target",)),
        (ProblemCode.DATES_OUT_OF_ORDER, ("dueOn",)),
        (ProblemCode.INDICATOR_RETIRED, ("indicatorId",)),
        (ProblemCode.STATE_HAS_NO_TARGET, ("indicatorId",)),
    ]
