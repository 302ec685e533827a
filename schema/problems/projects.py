"""What is said of projects, their teams and the versions of the programme: Persian first, the rule and the remedy."""

from typing import Final

PROJECT_ALREADY_ACTIVE: Final = (
    "این خوشه پروژهٔ در جریان دیگری دارد؛ نخست آن را به پایان برسانید.",
    "This cluster has another running project: finish that one first (one at a time).",
)
NO_AGENT_YET: Final = (
    "پروژه هنوز عامل توسعه ندارد که جایش را به دیگری بدهد؛ عامل توسعهٔ خوشه را تعیین کنید.",
    "The project has no development agent to replace yet: assign the cluster development agent.",
)
AGENT_REQUIRED: Final = (
    "پروژه بدون عامل توسعه فعال نمی‌شود؛ نخست عامل توسعهٔ خوشه را تعیین کنید.",
    "A project cannot start without a development agent: assign the cluster development agent first.",
)
PROJECT_NOT_ACTIVE: Final = (
    "پروژه در جریان نیست (وضعیت: {status})؛ نخست آن را فعال کنید یا از سر بگیرید.",
    "The project is not running (status: {status}): activate or resume it first.",
)
PROJECT_OVER: Final = (
    "پروژه پایان یافته یا لغو شده است (وضعیت: {status}) و تغییر نمی‌کند؛ برای کار تازه پروژهٔ دیگری تعریف کنید.",
    "The project is over (status: {status}) and does not change any more: plan a new project for further work.",
)
NO_TEMPLATE: Final = (
    "هنوز هیچ نسخه‌ای از الگوی برنامه منتشر نشده است؛ نخست یکی را منتشر کنید.",
    "No version of the programme template is published yet: publish one first.",
)
IMPLEMENTATION_NOT_LONGEST: Final = (
    "پیاده‌سازی باید بیشترین زمان پروژه را بگیرد و این‌جا «{longer}» طولانی‌تر است؛ تاریخ‌ها را بازبینی کنید.",
    "Implementation should take most of the project's time, but here {longer} is longer: review the dates.",
)
AGENT_NOT_YET_ASSIGNED: Final = (
    "مأموریت عامل توسعه از {since} آغاز می‌شود؛ تاریخی از آن روز به بعد وارد کنید یا روز نخست مأموریت را درست کنید.",
    "The agent's assignment begins on {since}: enter that day or a later one, or correct the assignment.",
)
LEAD_EXISTS: Final = (
    "پروژه عامل توسعه دارد؛ برای تغییر، جانشین او را تعیین کنید.",
    "The project has a lead agent already: replace that agent instead.",
)
LEAD_NEEDED: Final = (
    "پروژهٔ در جریان همواره یک عامل توسعه دارد؛ به جای پایان مأموریت، جانشین او را تعیین کنید.",
    "A running project always has one lead agent: name the successor instead of ending the assignment.",
)
LEAD_STANDS: Final = (
    "پروژه از {since} با این عامل توسعه پیش می‌رود و روز نخست او می‌ماند؛ برای تغییر، جانشین او را تعیین کنید.",
    "The project runs under this lead agent since {since}, which stays: name a successor instead.",
)
ASSIGNMENT_BEGUN: Final = (
    "این مأموریت از {since} آغاز شده است و در پرونده می‌ماند؛ پایان آن را ثبت کنید.",
    "This assignment began on {since} and stays on record: end it instead.",
)
ASSIGNMENT_ENDED: Final = (
    "این مأموریت در {on} پایان یافته است و تغییر نمی‌کند؛ مأموریت تازه‌ای ثبت کنید.",
    "This assignment ended on {on} and does not change any more: record a new one.",
)
BEFORE_ASSIGNMENT: Final = (
    "این مأموریت از {since} آغاز می‌شود؛ روزی پس از آن وارد کنید یا اگر هنوز آغاز نشده است آن را حذف کنید.",
    "The assignment begins on {since}: enter a later day, or remove it if it has not begun.",
)
AFTER_FORMER_LEAD: Final = (
    "عامل توسعهٔ پیشین تا {until} بوده است؛ تاریخی پس از آن وارد کنید.",
    "The former lead agent was there until {until}: enter a later day.",
)
BEFORE_LEAD: Final = (
    "عامل توسعهٔ کنونی از {since} است؛ برای جانشین تاریخی پس از آن وارد کنید یا مأموریت کنونی را درست کنید.",
    "The present lead agent is there since {since}: enter a later day for the successor, or correct the assignment.",
)
VISITED_THAT_DAY: Final = (
    "بازدید {on} ثبت شده است؛ همان را ویرایش کنید یا روز دیگری وارد کنید.",
    "The visit of {on} is on record: edit that one or enter another day.",
)
NOT_OF_THE_TEAM: Final = (
    "بازدیدکننده از تیم همین پروژه است؛ کسی از این تیم برگزینید.",
    "Whoever visits is of the team of this project: choose somebody of it.",
)
TEAM_INCOMPLETE: Final = (
    "تیم عاملیت {count} نفر دارد و برنامه دست‌کم {least} نفر می‌خواهد؛ دستیار و دبیر را هم بگمارید.",
    "The agent team has {count} people and the programme expects {least}: assign an assistant and a secretary.",
)
PUBLISHED: Final = (
    "این نسخه منتشر شده است و تغییر نمی‌کند؛ نسخهٔ تازه‌ای بسازید.",
    "This version is published and does not change: make a new version.",
)
NOT_WINDOWED: Final = (
    "تنها فاز بازه‌ای ماه دارد و این فاز {kind} است؛ ماه‌های آن را بردارید.",
    "Only a windowed phase has months and this one is {kind}: leave its months out.",
)
UNKNOWN_THRESHOLD: Final = (
    "آستانه‌ای به نام «{key}» وجود ندارد؛ نام‌ها را در فهرست آستانه‌ها ببینید.",
    "There is no threshold named {key}: see the list of thresholds.",
)
