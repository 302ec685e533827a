"""Every reason for a refusal or a warning: its code and what it says to the user in two languages.

A message names the rule and the remedy. Blanks in braces are filled from `Problem.values`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schema.vocabulary import Term

if TYPE_CHECKING:
    from schema.decision import Problem


class ProblemCode(Term):
    """A reason the user can act on; the labels are the messages, Persian first."""

    # Any input
    REQUIRED = "REQUIRED", "این فیلد لازم است؛ آن را پر کنید.", "This field is required: fill it in."
    INVALID = "INVALID", "این مقدار پذیرفته نیست: {reason}", "This value cannot be used: {reason}"
    TOO_LONG = (
        "TOO_LONG",
        "متن از {limit} نویسه بلندتر است؛ کوتاهش کنید.",
        "The text is longer than {limit} characters: shorten it.",
    )
    NOT_FOUND = (
        "NOT_FOUND",
        "چنین موردی یافت نشد؛ شناسه را بررسی کنید.",
        "There is no such thing: check the id.",
    )
    NOT_ALLOWED = (
        "NOT_ALLOWED",
        "نقش شما اجازهٔ این کار را ندارد؛ از مدیر استان بخواهید.",
        "Your role may not do this: ask the province administrator.",
    )
    STALE = (
        "STALE",
        "در این میان کس دیگری این مورد را تغییر داده است (نسخهٔ {current})؛ مقدار کنونی را ببینید و دوباره تصمیم بگیرید.",
        "Somebody else changed this in the meantime (revision {current}): look at the current value and decide again.",
    )
    NOT_UNIQUE = (
        "NOT_UNIQUE",
        "مورد دیگری با همین مقدار ثبت شده است؛ مقدار دیگری برگزینید.",
        "Another one with this value exists: choose a different value.",
    )
    IN_FUTURE = (
        "IN_FUTURE",
        "این تاریخ ({date}) در آینده است؛ تاریخ امروز یا پیش از آن را وارد کنید.",
        "This date ({date}) lies in the future: enter today or an earlier date.",
    )
    DATES_OUT_OF_ORDER = (
        "DATES_OUT_OF_ORDER",
        "پایان ({end}) پیش از آغاز ({start}) است؛ تاریخ‌ها را درست کنید.",
        "The end ({end}) comes before the start ({start}): correct the dates.",
    )
    REASON_REQUIRED = (
        "REASON_REQUIRED",
        "برای این کار باید دلیل بنویسید.",
        "This needs a reason: enter one.",
    )
    WRONG_STATUS = (
        "WRONG_STATUS",
        "وضعیت کنونی «{status}» این کار را نمی‌پذیرد.",
        "The present status ({status}) does not permit this.",
    )

    # Clusters and projects
    PROVINCE_MISMATCH = (
        "PROVINCE_MISMATCH",
        "شهرستان «{county}» در این استان نیست؛ شهرستانی از همین استان برگزینید.",
        "The county {county} is not in this province: choose one of this province.",
    )
    CLUSTER_DORMANT = (
        "CLUSTER_DORMANT",
        "خوشه غیرفعال است؛ نخست آن را دوباره فعال کنید.",
        "The cluster is dormant: reactivate it first.",
    )
    PROJECT_ALREADY_ACTIVE = (
        "PROJECT_ALREADY_ACTIVE",
        "این خوشه پروژهٔ در جریان دیگری دارد؛ نخست آن را به پایان برسانید.",
        "This cluster has another running project: finish that one first (one at a time).",
    )
    AGENT_REQUIRED = (
        "AGENT_REQUIRED",
        "پروژه بدون عامل توسعه فعال نمی‌شود؛ نخست عامل توسعهٔ خوشه را تعیین کنید.",
        "A project cannot start without a development agent: assign the cluster development agent first.",
    )
    PROJECT_NOT_ACTIVE = (
        "PROJECT_NOT_ACTIVE",
        "پروژه در جریان نیست (وضعیت: {status})؛ نخست پروژه را فعال کنید.",
        "The project is not running (status: {status}): activate it first.",
    )

    # Phases
    STUDY_NOT_COMPLETED = (
        "STUDY_NOT_COMPLETED",
        "پیاده‌سازی پس از پایان مطالعهٔ شناختی آغاز می‌شود؛ مطالعه را به پایان برسانید یا تاریخ پایان آن را وارد کنید.",
        "The study must be completed before this phase starts: complete it or enter its date.",
    )
    STARTS_BEFORE_STUDY_ENDS = (
        "STARTS_BEFORE_STUDY_ENDS",
        "پیاده‌سازی نمی‌تواند پیش از پایان مطالعه ({end}) آغاز شود؛ تاریخی پس از آن وارد کنید.",
        "Implementation cannot start before the study has ended ({end}): enter a later date.",
    )
    BEFORE_PROJECT_START = (
        "BEFORE_PROJECT_START",
        "این تاریخ پیش از آغاز پروژه ({start}) است.",
        "This date comes before the start of the project ({start}).",
    )
    TRUST_LASTS_AS_LONG_AS_THE_PROJECT = (
        "TRUST_LASTS_AS_LONG_AS_THE_PROJECT",
        "اعتمادسازی با پروژه آغاز می‌شود و تا پایان آن ادامه دارد؛ جداگانه آغاز یا پایان نمی‌یابد.",
        "Trust building starts with the project and lasts until its end: it is not started or completed by itself.",
    )
    EXIT_NOT_ANNOUNCED = (
        "EXIT_NOT_ANNOUNCED",
        "فاز خروج تنها با اعلام خروج آغاز می‌شود؛ گذشت زمان کافی نیست.",
        "The exit phase starts only with the exit announcement: time alone never starts it.",
    )
    PHASE_ENDS_BY_ITSELF = (
        "PHASE_ENDS_BY_ITSELF",
        "این فاز با رویداد خودش پایان می‌یابد ({by})؛ آن را ثبت کنید.",
        "This phase ends through its own event ({by}): record that instead.",
    )
    EARLIER_THAN_EXPECTED = (
        "EARLIER_THAN_EXPECTED",
        "این فاز زودتر از بازهٔ معمول ({earliest}) پایان یافته است؛ دلیل آن ثبت شد.",
        "This phase ended earlier than expected ({earliest}): the reason is on record.",
    )
    LATER_THAN_ALLOWED = (
        "LATER_THAN_ALLOWED",
        "این فاز دیرتر از مهلت ({latest}) پایان یافته است.",
        "This phase ended later than its window ({latest}).",
    )
    OPEN_SUB_PROJECTS = (
        "OPEN_SUB_PROJECTS",
        "{count} ریزپروژه هنوز باز است؛ آن‌ها را به پایان برسانید، واگذار کنید یا با دلیل لغو کنید.",
        "{count} sub-projects are still open: complete, transfer or cancel them with a reason.",
    )


def message(problem: Problem, language: str) -> str:
    """Say the problem in the user's language, with its blanks filled."""
    template = problem.code.label_en if language == "en" else problem.code.label_fa
    return template.format_map({name: _shown(value, language) for name, value in problem.values.items()})


def _shown(value: object, language: str) -> object:
    """Show a term by its label and anything else as it is."""
    if isinstance(value, Term):
        return value.label_en if language == "en" else value.label_fa
    return value
