"""The Jalali calendar: conversion, months from an anchor, windows, dates as people write and type them."""

import re
from calendar import monthrange
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from persiantools import jdatetime

from schema.calendar import (
    Jalali,
    NoSuchDate,
    UnreadableDate,
    Window,
    add_months,
    both_dates,
    is_leap,
    month_length,
    months_window,
    parse_date,
    tehran_date,
    year_window,
)

# Start, +3, +4, +6 and +12 months: the vectors of section 7.3 of the domain, Jalali = Gregorian.
VECTORS = """
1404-01-01=2025-03-21 1404-04-01=2025-06-22 1404-05-01=2025-07-23 1404-07-01=2025-09-23 1405-01-01=2026-03-21
1404-01-31=2025-04-20 1404-04-31=2025-07-22 1404-05-31=2025-08-22 1404-07-30=2025-10-22 1405-01-31=2026-04-20
1404-06-31=2025-09-22 1404-09-30=2025-12-21 1404-10-30=2026-01-20 1404-12-29=2026-03-20 1405-06-31=2026-09-22
1404-07-30=2025-10-22 1404-10-30=2026-01-20 1404-11-30=2026-02-19 1405-01-30=2026-04-19 1405-07-30=2026-10-22
1404-11-30=2026-02-19 1405-02-30=2026-05-20 1405-03-30=2026-06-20 1405-05-30=2026-08-21 1405-11-30=2027-02-19
1404-12-29=2026-03-20 1405-03-29=2026-06-19 1405-04-29=2026-07-20 1405-06-29=2026-09-20 1405-12-29=2027-03-20
1403-12-30=2025-03-20 1404-03-30=2025-06-20 1404-04-30=2025-07-21 1404-06-30=2025-09-21 1404-12-29=2026-03-20
1408-12-30=2030-03-20 1409-03-30=2030-06-20 1409-04-30=2030-07-21 1409-06-30=2030-09-21 1409-12-29=2031-03-20
1405-09-02=2026-11-23 1405-12-02=2027-02-21 1406-01-02=2027-03-22 1406-03-02=2027-05-23 1406-09-02=2027-11-23
"""
CASES = [
    pytest.param(anchor, months, expected, id=f"{anchor.split('=')[0]}+{months}")
    for anchor, *targets in map(str.split, VECTORS.strip().splitlines())
    for months, expected in zip((3, 4, 6, 12), targets, strict=True)
]

# The second source of truth, whose own types are incomplete.
JalaliDate: Any = jdatetime.JalaliDate

FIRST_DAY, LAST_DAY = date(1921, 1, 1), date(2149, 12, 31)
days = st.dates(FIRST_DAY, LAST_DAY)


def jalali(year: int, month: int, day: int) -> date:
    return Jalali(year, month, day).gregorian()


def gregorian_add_months(anchor: date, months: int) -> date:
    years, month = divmod(anchor.month - 1 + months, 12)
    year, month = anchor.year + years, month + 1
    return date(year, month, min(anchor.day, monthrange(year, month)[1]))


@pytest.mark.parametrize(("anchor", "months", "expected"), CASES)
def test_months_are_counted_from_the_anchor_and_clamped_to_the_end_of_the_month(
    anchor: str, months: int, expected: str
) -> None:
    anchor_jalali, anchor_gregorian = anchor.split("=")
    expected_jalali, expected_gregorian = expected.split("=")
    start = date.fromisoformat(anchor_gregorian)
    assert str(Jalali.of(start)) == anchor_jalali
    assert add_months(start, months) == date.fromisoformat(expected_gregorian)
    assert str(Jalali.of(add_months(start, months))) == expected_jalali


def test_every_day_from_1921_to_2149_is_the_day_of_the_second_source_of_truth() -> None:
    for ordinal in range(FIRST_DAY.toordinal(), LAST_DAY.toordinal() + 1):
        day = date.fromordinal(ordinal)
        ours, theirs = Jalali.of(day), JalaliDate(day)
        assert (ours.year, ours.month, ours.day) == (theirs.year, theirs.month, theirs.day)
        assert ours.gregorian() == day


def test_leap_years_follow_the_sky_and_not_a_division_by_four() -> None:
    leap_years = [year for year in range(1395, 1421) if is_leap(year)]
    assert leap_years == [1395, 1399, 1403, 1408, 1412, 1416, 1420]
    assert not is_leap(1502)
    assert is_leap(1503)


def test_all_years_of_1300_to_1500_have_the_length_of_the_second_source_of_truth() -> None:
    assert [is_leap(year) for year in range(1300, 1501)] == [
        JalaliDate.is_leap(year) for year in range(1300, 1501)
    ]


def test_adding_one_month_twice_is_not_adding_two() -> None:
    anchor = jalali(1404, 11, 30)
    assert Jalali.of(add_months(add_months(anchor, 1), 1)) == Jalali(1405, 1, 29)
    assert Jalali.of(add_months(anchor, 2)) == Jalali(1405, 1, 30)


def test_subtracting_does_not_undo_adding() -> None:
    anchor = jalali(1404, 6, 31)
    assert Jalali.of(add_months(add_months(anchor, 1), -1)) == Jalali(1404, 6, 30)


@given(days, st.integers(-600, 600))
def test_the_target_lies_exactly_that_many_months_away_and_keeps_the_day_if_it_can(
    anchor: date, months: int
) -> None:
    start, target = JalaliDate(anchor), JalaliDate(add_months(anchor, months))
    assert (target.year * 12 + target.month) - (start.year * 12 + start.month) == months
    assert target.day == min(start.day, JalaliDate.days_in_month(target.month, target.year))


@given(days, st.integers(-600, 600))
def test_adding_nothing_changes_nothing_and_order_is_kept(anchor: date, months: int) -> None:
    assert add_months(anchor, 0) == anchor
    assert add_months(anchor, months) <= add_months(anchor + timedelta(days=1), months)
    assert add_months(anchor, months) < add_months(anchor, months + 1)


@given(days, days)
def test_jalali_days_have_the_order_of_gregorian_days(one: date, other: date) -> None:
    assert (Jalali.of(one) < Jalali.of(other)) == (one < other)


def test_jalali_windows_are_not_gregorian_windows() -> None:
    # Over every start day of the 33 years from 1393: the statistics of section 7.3 of the domain.
    starts = [
        date.fromordinal(ordinal)
        for ordinal in range(jalali(1393, 1, 1).toordinal(), jalali(1426, 1, 1).toordinal())
    ]
    same, furthest, lengths = {}, {}, {}
    for months in (3, 4, 6, 12):
        ends = [(add_months(start, months), gregorian_add_months(start, months)) for start in starts]
        same[months] = round(100 * sum(ours == theirs for ours, theirs in ends) / len(starts), 1)
        furthest[months] = max(abs((ours - theirs).days) for ours, theirs in ends)
        spans = [(end[0] - start).days for start, end in zip(starts, ends, strict=True)]
        lengths[months] = (min(spans), max(spans))
    assert same == {3: 24.8, 4: 26.2, 6: 20.8, 12: 51.4}
    assert furthest == {3: 3, 4: 3, 6: 4, 12: 1}
    assert lengths == {3: (89, 93), 4: (119, 124), 6: (179, 186), 12: (365, 366)}


def test_the_study_window_of_the_sample_lies_three_to_four_months_after_its_start() -> None:
    window = months_window(jalali(1394, 3, 16), 3, 4)
    assert window == Window(jalali(1394, 6, 16), jalali(1394, 7, 16))
    assert window.latest in window
    assert window.latest + timedelta(days=1) not in window
    assert window.earliest in window
    assert window.earliest - timedelta(days=1) not in window


def test_a_window_cannot_close_before_it_opens() -> None:
    with pytest.raises(ValueError, match="cannot open after 6 months and close after 4"):
        months_window(date(2026, 1, 1), 6, 4)


def test_reporting_years_follow_one_another_without_a_gap() -> None:
    years = [year_window(year) for year in range(1390, 1431)]
    assert years[13] == Window(date(2024, 3, 20), date(2025, 3, 20))
    assert all(after.earliest - before.latest == timedelta(days=1) for before, after in pairwise(years))


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 11, 23, 20, 45, tzinfo=UTC), "1405-09-03"),
        (datetime(2026, 11, 23, 20, 29, 59, tzinfo=UTC), "1405-09-02"),
        (datetime(2022, 7, 1, 19, 45, tzinfo=UTC), "1401-04-11"),
        (datetime(2023, 7, 1, 19, 45, tzinfo=UTC), "1402-04-10"),
    ],
)
def test_the_day_changes_at_midnight_in_tehran_which_gave_up_summer_time_in_2022(
    instant: datetime, day: str
) -> None:
    assert str(Jalali.of(tehran_date(instant))) == day


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        tehran_date(datetime(2026, 11, 23, 20, 45))  # noqa: DTZ001 — the missing zone is the point


def test_a_day_is_written_in_words_and_in_both_calendars() -> None:
    assert Jalali(1404, 6, 31).text_fa == "۳۱ شهریور ۱۴۰۴"
    assert Jalali(1404, 6, 31).text_en == "31 Shahrivar 1404"
    assert both_dates(date(2026, 1, 20)) == "۳۰ دی ۱۴۰۴ / 2026-01-20"


@pytest.mark.parametrize(
    "typed",
    [
        "1404-06-31",
        "1404/6/31",
        "1404.06.31",
        "۱۴۰۴/۶/۳۱",
        "١٤٠٤-٠٦-٣١",
        "\u200f۱۴۰۴/۰۶/۳۱\u00a0",
        "2025-09-22",
        "۲۰۲۵-۰۹-۲۲",
        "۳۱ شهریور ۱۴۰۴",
        "٣١ شهريور ١٤٠٤",
        "31 shahrivar 1404",
    ],
)
def test_one_day_is_read_however_it_is_typed(typed: str) -> None:
    assert parse_date(typed) == date(2025, 9, 22)


@given(days)
def test_what_is_written_is_read_back(day: date) -> None:
    written = Jalali.of(day)
    assert {parse_date(text) for text in (str(written), written.text_fa, written.text_en)} == {day}
    assert parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("1404-12-30", "no day 30"),
        ("1404-07-31", "no day 31"),
        ("1404-06-00", "no day 0"),
        ("1404-13-01", "no month 13"),
        ("1404-00-01", "no month 0"),
        ("۳۰ اسفند ۱۴۰۴", "no day 30"),
        ("2025-02-29", "no day 2025-02-29"),
        ("0000-01-01", "no day 0000-01-01"),
        ("1700-01-01", "outside the Jalali years 1200 to 1599"),
        ("9999-12-31", "outside the Jalali years 1200 to 1599"),
    ],
)
def test_a_date_that_does_not_exist_is_refused_with_its_reason(typed: str, reason: str) -> None:
    with pytest.raises(NoSuchDate, match=reason) as refusal:
        parse_date(typed)
    assert re.search(r"ندارد|نداریم|وجود ندارد|بیرون از", refusal.value.reason_fa)
    assert not re.search(r"[0-9]", refusal.value.reason_fa)


@pytest.mark.parametrize(
    "typed",
    ["", "yesterday", "14040631", "1404-06/31", "31/06/1404", "04-06-31", "1404-06-31T00:00", "1404-06-31\0"],
)
def test_what_is_no_date_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UnreadableDate, match=r"as in 1404-06-31 or 2025-09-22") as refusal:
        parse_date(typed)
    assert "مانند ۱۴۰۴-۰۶-۳۱ یا ۲۰۲۵-۰۹-۲۲" in refusal.value.reason_fa


@given(st.one_of(st.text(max_size=20), st.from_regex(r"[0-9۰-۹]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}")))
def test_no_text_makes_the_reader_fail_in_another_way(typed: str) -> None:
    read: date | None = None
    with suppress(NoSuchDate, UnreadableDate):
        read = parse_date(typed)
    assert read is None or Jalali.of(read).gregorian() == read


@pytest.mark.parametrize(
    "outside",
    [
        lambda: Jalali(1199, 1, 1),
        lambda: Jalali(1600, 1, 1),
        lambda: Jalali.of(date(1821, 3, 20)),
        lambda: Jalali.of(date(2221, 3, 21)),
        lambda: month_length(1404, 13),
        lambda: add_months(date(2221, 3, 20), 1),
    ],
)
def test_days_outside_the_years_the_calendar_is_right_for_are_refused(outside: Callable[[], object]) -> None:
    with pytest.raises(NoSuchDate):
        outside()
