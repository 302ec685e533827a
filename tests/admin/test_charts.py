"""Charts are laid out in the direction of reading, on the months of the reader's calendar."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from typing import Any

import pytest

from schema.provinces.reference import PROVINCES
from web.address import Address
from web.charts import figures, network, tile_map
from web.charts.timeline import LABELS, WIDTH, timeline
from web.preferences import read_preferences
from web.rendering import ROOT, environment

TODAY = dt.date(2026, 11, 23)
STUDY = {
    "code": "DIAGNOSTIC_STUDY", "actualStart": "2026-08-23", "actualEnd": None,
    "windowStart": "2026-11-22", "windowEnd": "2026-12-22", "health": "AT_RISK",
}  # fmt: skip


def test_time_runs_from_right_to_left_in_persian_and_from_left_to_right_in_english() -> None:
    persian, english = (timeline([STUDY], TODAY, "jalali", direction) for direction in ("rtl", "ltr"))
    assert persian and english and persian.lanes[0].actual and english.lanes[0].actual  # noqa: PT018
    assert [tick.x for tick in persian.ticks] == sorted((tick.x for tick in persian.ticks), reverse=True)
    assert [tick.x for tick in english.ticks] == sorted(tick.x for tick in english.ticks)
    mirrored = WIDTH - persian.lanes[0].actual.x - persian.lanes[0].actual.width
    assert mirrored == pytest.approx(english.lanes[0].actual.x, abs=0.2)


def test_the_window_shows_both_bounds_and_today_stands_between_them() -> None:
    plan = timeline([STUDY], TODAY, "jalali", "ltr")
    assert plan
    window = plan.lanes[0].window
    assert window
    assert plan.today_x
    assert window.x < plan.today_x < window.x + window.width


def test_a_phase_that_goes_on_reaches_today_and_no_further() -> None:
    plan = timeline([STUDY], TODAY, "jalali", "ltr")
    assert plan
    bar = plan.lanes[0].actual
    assert bar
    assert bar.open
    assert bar.ends == TODAY
    assert bar.x + bar.width == pytest.approx(plan.today_x, abs=0.2)


def test_months_are_those_of_the_reader() -> None:
    jalali, gregorian = (timeline([STUDY], TODAY, calendar, "ltr") for calendar in ("jalali", "gregorian"))
    assert jalali
    assert gregorian
    assert [tick.month for tick in jalali.ticks] == [5, 6, 7, 8, 9, 10]
    assert [tick.month for tick in gregorian.ticks] == [8, 9, 10, 11, 12]
    assert all(LABELS <= tick.x <= WIDTH for tick in jalali.ticks)


@pytest.mark.parametrize(
    ("starts", "names"),
    [
        ("2026-08-23", "months"),
        ("2025-03-01", "numbers"),
        ("2024-01-01", "quarters"),
        ("2015-06-06", "years"),
    ],
)
def test_the_longer_a_project_the_coarser_are_the_names_of_its_months(starts: str, names: str) -> None:
    plan = timeline([{**STUDY, "actualStart": starts}], TODAY)
    assert plan
    assert plan.names == names


def test_a_project_of_many_years_still_marks_its_months_and_lets_only_years_cross_the_lanes() -> None:
    plan = timeline([{**STUDY, "actualStart": "2015-06-06"}], TODAY)
    assert plan
    assert {tick.month for tick in plan.ticks} == set(range(1, 13))
    assert all(tick.crosses == tick.opens_year for tick in plan.ticks)
    apart = [tick.x for tick in plan.ticks if tick.writes_year]
    assert min(abs(one - other) for one, other in itertools.pairwise(apart)) >= 36


def test_quarters_of_some_years_cross_the_lanes() -> None:
    plan = timeline([{**STUDY, "actualStart": "2022-04-01"}], TODAY)
    assert plan
    assert {tick.month for tick in plan.ticks[1:] if tick.crosses} == {1, 4, 7, 10}


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        ({"kind": "WINDOWED", "health": "OVERDUE", "windowEnd": "2026-10-01"}, "window ended on 1405/07/09"),
        ({"kind": "RECURRING", "health": "OVERDUE", "windowEnd": None}, "next version due on 1405/06/29"),
        ({"kind": "CONTINUOUS", "health": "OVERDUE", "windowEnd": None}, "no trust activity for too long"),
        ({"kind": "RECURRING", "health": "ON_TRACK", "windowEnd": None}, ""),
    ],
)
def test_a_phase_that_is_late_says_why_in_words(phase: dict[str, object], words: str) -> None:
    reading = read_preferences({"language": "en", "calendar": "jalali", "digits": "latin"})
    charts: Any = environment(reading).globals["charts"]
    plans = [{"version": 1, "approvedOn": "2025-09-20", "nextDueOn": "2026-09-20"}]
    assert str(charts.why(phase, plans)).strip() == words
    drawn = str(charts.gantt([{**STUDY, **phase, "windowStart": phase["windowEnd"]}], TODAY, plans=plans))
    assert words in drawn


def test_the_versions_of_the_plan_follow_one_another_until_the_next_one_is_due() -> None:
    plans: list[dict[str, object]] = [
        {"version": 2, "approvedOn": "2026-10-01", "nextDueOn": "2027-10-01"},
        {"version": 3, "approvedOn": None, "nextDueOn": None},
        {"version": 1, "approvedOn": "2025-09-20", "nextDueOn": "2026-09-20"},
    ]
    plan = timeline([STUDY], TODAY, "jalali", "ltr", plans=plans)
    assert plan
    assert [(one.number, one.in_force) for one in plan.versions] == [(1, False), (2, True)]
    first, second = (one.bar for one in plan.versions)
    assert (first.ends, second.ends) == (dt.date(2026, 10, 1), dt.date(2027, 10, 1))
    assert first.x + first.width == pytest.approx(second.x, abs=0.2)
    assert plan.versions_y > plan.lanes[-1].y


def test_a_project_without_dates_has_no_timeline() -> None:
    assert timeline([{"code": "AGENT_EXIT", "actualStart": None}], TODAY) is None


def test_every_province_has_one_tile_and_no_two_share_a_place() -> None:
    codes = {province.iso_code for province in PROVINCES}
    assert set(tile_map.PLACES) == codes
    assert len(set(tile_map.PLACES.values())) == len(codes) == 31


def test_a_long_name_breaks_near_its_middle() -> None:
    assert tile_map.two_lines("سیستان و بلوچستان") == ["سیستان و", "بلوچستان"]
    assert tile_map.two_lines("لرستان") == ["لرستان"]


def test_a_gauge_starts_where_reading_starts() -> None:
    assert figures.gauge_point(0, 100, "rtl").x == 100
    assert figures.gauge_point(0, 100, "ltr").x == -100
    assert figures.gauge_point(50, 100, "ltr").y == -100


def test_budget_bars_grow_with_their_amounts_from_the_start_of_reading() -> None:
    bars = figures.budget_bars({"planned": "100", "committed": "50", "spent": None}, 100.0, "rtl")
    assert [bar.width for bar in bars] == [420, 210, 0, 0]
    assert bars[1].x == 210


def test_lines_of_one_plot_share_their_days_and_skip_what_is_hidden() -> None:
    first, second = dt.date(2026, 1, 1), dt.date(2026, 7, 1)
    points = figures.series([(first, None), (second, 80.0)], [first, second], "ltr")
    assert [point.value for point in points] == [80.0]
    assert points[0].x > 500
    assert figures.series_y(100) < figures.series_y(0)


def test_a_circle_stands_for_its_amount_by_area() -> None:
    assert figures.cell_radius(25, 100, 16) == 8
    assert figures.cell_radius(0, 100, 16) == 0


def test_the_stages_of_a_pipeline_follow_the_direction_of_reading() -> None:
    first = figures.pipeline_stage(0, 5, 900, 96, "rtl")
    assert first.startswith("900.0,0")


def test_members_stand_by_their_networks_and_every_membership_is_a_line() -> None:
    hubs = [("a", "شبکه الف"), ("b", "شبکه ب")]
    nodes, ties = network.network_graph(hubs, {"کارگاه ۱": ["a"], "کارگاه ۲": ["a", "b"], "بیگانه": ["c"]})
    assert [node.label for node in nodes] == ["شبکه الف", "شبکه ب", "کارگاه ۱", "کارگاه ۲"]
    assert len(ties) == 3
    assert network.network_graph(hubs, {"کارگاه ۱": ["a"]}) == network.network_graph(
        hubs, {"کارگاه ۱": ["a"]}
    )


def test_an_address_changes_one_thing_and_starts_again_at_the_first_page() -> None:
    address = Address("/clusters", {"search": ["گلیم"], "after": ["cursor"], "status": ["A", "B"]})
    assert "after" not in str(address.with_(sort="name"))
    assert address.without("status", "A").all("status") == ("B",)
    assert address.sorted_by("name").sorted_by("name").get("sort") == "-name"
    assert str(Address("/clusters", {"search": ["گلیم"]})) == "/clusters?search=%DA%AF%D9%84%DB%8C%D9%85"


def test_a_bar_of_money_says_in_words_what_is_spent_of_what_is_planned() -> None:
    charts: Any = environment(read_preferences({"language": "en", "digits": "latin"})).globals["charts"]
    line = {"source": "SUPPORT_INSTITUTION", "currency": "IRR", "planned": "100", "spent": "40"}
    shown = str(charts.money_line({**line, "committed": "60", "disbursed": "50"}))
    assert "40 spent of 100" in shown.partition("<svg")[0]


@pytest.mark.parametrize(
    ("name", "drawn_at", "smallest"),
    [("timeline", WIDTH, 11), ("series", figures.SERIES_WIDTH, 15), ("network", network.WIDTH, 13)],
)
def test_what_is_written_on_a_drawing_is_legible_on_a_phone(
    name: str, drawn_at: float, smallest: int
) -> None:
    look = (ROOT / "static" / "khoosheh.css").read_text(encoding="utf-8")
    (least,) = re.findall(rf"\.chart-scroll \.{name} {{ min-inline-size: ([\d.]+)rem; }}", look)
    assert f"font-size: {smallest}px" in look
    assert smallest * float(least) * 16 / drawn_at >= 11
