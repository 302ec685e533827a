"""Two versions of an action plan beside each other: what is new, gone or worded differently."""

from __future__ import annotations

from typing import Any

from web.differences import Words, compare, words


def plan(*strategies: dict[str, Any], sub_projects: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"strategies": list(strategies), "subProjects": {"nodes": list(sub_projects)}}


def strategy(title: str, *programmes: str, description: str = "") -> dict[str, Any]:
    return {
        "id": title,
        "titleFa": title,
        "descriptionFa": description,
        "programmes": [{"id": name, "titleFa": name} for name in programmes],
    }


def test_a_strategy_is_new_gone_the_same_or_changed() -> None:
    found = compare(
        plan(strategy("بازار"), strategy("کیفیت"), strategy("آموزش", description="دو دوره")),
        plan(strategy("بازار"), strategy("آموزش", description="سه دوره"), strategy("رنگ")),
    )
    assert [(part.thing["titleFa"], part.standing) for part in found.strategies] == [
        ("بازار", "same"), ("آموزش", "changed"), ("رنگ", "new"), ("کیفیت", "gone"),
    ]  # fmt: skip
    assert found.strategies[1].fields == ("descriptionFa",)
    assert found.differing == 3


def test_letters_of_another_keyboard_are_the_same_title() -> None:
    found = compare(plan(strategy("شبكه‌سازي")), plan(strategy("شبکه سازی")))
    assert [part.former is not None for part in found.strategies] == [True]


def test_a_programme_is_compared_within_its_strategy() -> None:
    found = compare(plan(strategy("بازار", "فروش")), plan(strategy("بازار", "فروش", "نمایشگاه")))
    assert [part.standing for part in found.strategies[0].parts] == ["same", "new"]


def test_a_sub_project_that_was_carried_over_is_recognised_under_its_new_name() -> None:
    before = {"id": "SubProject_1", "nameFa": "نمایشگاه", "ledBy": "AGENT"}
    after = {
        "id": "SubProject_2",
        "nameFa": "نمایشگاه دوم",
        "ledBy": "NETWORK",
        "carriedFrom": {"id": "SubProject_1"},
    }
    (part,) = compare(plan(sub_projects=(before,)), plan(sub_projects=(after,))).sub_projects
    assert part.standing == "changed"
    assert set(part.fields) == {"nameFa", "ledBy"}


def test_with_nothing_before_everything_is_new() -> None:
    assert {part.standing for part in compare(None, plan(strategy("بازار"))).strategies} == {"new"}


def test_texts_are_compared_word_by_word() -> None:
    assert words("جاجیم به بازار می‌رسد", "جاجیم با نام خود به بازار می‌رسد") == [
        Words("same", "جاجیم"), Words("new", "با نام خود"), Words("same", "به بازار می‌رسد"),
    ]  # fmt: skip
    assert words(None, "تازه") == [Words("new", "تازه")]
    assert words("کهنه", "") == [Words("gone", "کهنه")]
