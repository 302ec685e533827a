"""What is said of the diagnostic study: Persian first, the rule and the remedy."""

from typing import Final

STUDY_EXISTS: Final = (
    "این پروژه مطالعهٔ شناختی دارد؛ همان را ویرایش کنید.",
    "The project has a diagnostic study already: edit that one.",
)
ANALYSIS_MISSING: Final = (
    "بخش «{section}» مطالعه خالی است؛ آن را بنویسید.",
    "The study lacks its section {section}: write it.",
)
SOURCE_MISSING: Final = (
    "مطالعه باید هم کتابخانه‌ای و هم میدانی باشد؛ منبعی از نوع «{kind}» بیفزایید.",
    "The study is both desk and field research: add a source of kind {kind}.",
)
PROBLEM_MISSING: Final = (
    "مطالعه صرفاً نظری نیست؛ دست‌کم یک مشکل خوشه را با راهکار آن بنویسید.",
    "The study is not merely theoretical: name at least one problem of the cluster with its solution.",
)
SOLUTION_MISSING: Final = (
    "مشکل شمارهٔ {ordinal} راهکاری ندارد؛ دست‌کم یک راهکار بنویسید.",
    "Problem number {ordinal} has no solution: offer at least one.",
)
TARGET_BELOW_BASELINE: Final = (
    "مطالعه برای ارتقای خوشه است؛ سطح هدفی بالاتر از سطح کنونی («{baseline}») برگزینید.",
    "The study aims at raising the cluster: choose a target above the baseline ({baseline}).",
)
NOT_THE_ASSIGNED_AGENT: Final = (
    "این کار عامل توسعهٔ همین پروژه یا مدیر به نمایندگی از اوست؛ از آنان بخواهید.",
    "This is for the agent of this project, or an administrator on the agent's behalf: ask one of them.",
)
STUDY_NOT_PRESENTED: Final = (
    "مطالعه هنوز ارائه نشده است؛ نخست گزارش پذیرفته‌شده را با شمارهٔ سند و تاریخ ارائه ثبت کنید.",
    "The study is not presented yet: record its accepted report with document number and date first.",
)
