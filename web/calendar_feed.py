"""Writes what comes due as an iCalendar: whole days, stable names, the Jalali day in the description."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from schema.calendar import both_dates
from schema.vocabulary import PhaseCode

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping

_NAMES: Final = {
    "PHASE": ("پایان مهلت «{what}»: {cluster}", "{what} is due: {cluster}"),
    "EXIT": ("گشوده شدن بازهٔ خروج: {cluster}", "The exit window opens: {cluster}"),
    "FIRST_PLAN": ("موعد نخستین برنامه عمل: {cluster}", "The first action plan is due: {cluster}"),
    "PLAN": ("موعد بازنگری برنامه عمل: {cluster}", "The action plan is to be renewed: {cluster}"),
    "VISIT": ("موعد بازدید نظارتی: {cluster}", "A supervision visit is due: {cluster}"),
    "MILESTONE": ("موعد گام «{what}»: {cluster}", "Milestone {what} is due: {cluster}"),
    "STEP": ("موعد تحویل «{what}»: {cluster}", "To be handed over, {what}: {cluster}"),
    "MEETING": ("جلسهٔ شورای راهبری: {cluster}", "Steering council: {cluster}"),
}
LISTS: Final = (
    "phases",
    "firstPlans",
    "actionPlans",
    "clusterProjects",
    "subProjects",
    "handoverSteps",
    "councilMeetings",
)
PAST: Final = datetime.timedelta(days=366)
COMING: Final = datetime.timedelta(days=731)
"""What was due longer ago or is due later is not in the calendar; within that everything is."""

_TITLE: Final = ("خوشه: موعدها", "Khoosheh: what comes due")


@dataclass(frozen=True, slots=True)
class _Day:
    kind: str
    id: str
    day: str
    cluster: Mapping[str, Any]
    what: str = ""


async def gather(
    ask: Callable[[Mapping[str, object]], Awaitable[Mapping[str, Any]]], today: datetime.date
) -> dict[str, Any]:
    """Ask for all that comes due around a day, page by page until every list is at its end."""
    found: dict[str, list[Any]] = {name: [] for name in LISTS}
    between = {"from": (today - PAST).isoformat(), "until": (today + COMING).isoformat()}
    open_lists: dict[str, str | None] = dict.fromkeys(LISTS)
    while open_lists:
        wanted = {name: name in open_lists for name in LISTS}
        cursors = {f"{name}After": cursor for name, cursor in open_lists.items()}
        data = await ask({**between, **wanted, **cursors})
        for name in tuple(open_lists):
            found[name] += data[name]["nodes"]
            page = data[name]["pageInfo"]
            if page["hasNextPage"]:
                open_lists[name] = page["endCursor"]
            else:
                del open_lists[name]
    return {name: {"nodes": nodes} for name, nodes in found.items()}


def write_calendar(data: Mapping[str, Any], language: str) -> bytes:
    """Write the calendar; the same data give the same bytes, so that its tag says whether anything changed."""
    from icalendar import Calendar, Event  # noqa: PLC0415 - reads every time zone; only calendars need it

    place = int(language == "en")
    calendar = Calendar()
    calendar.add("prodid", "-//Khoosheh//Deadlines//FA")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _TITLE[place])
    calendar.add("x-wr-timezone", "Asia/Tehran")
    calendar.add("refresh-interval;value=duration", "PT1H")
    for one in sorted(_days(data, place), key=lambda one: (one.day, one.kind, one.id)):
        day = datetime.date.fromisoformat(one.day)
        name = one.cluster["nameEn" if place else "nameFa"]
        event = Event()
        event.add("uid", f"{one.kind.lower()}-{one.id}@khoosheh")
        event.add("summary", _NAMES[one.kind][place].format(cluster=name, what=one.what))
        event.add("description", both_dates(day))
        event.add("dtstart", day)
        event.add("dtend", day + datetime.timedelta(days=1))
        # A moment of writing would change the calendar with every reading.
        event.add("dtstamp", datetime.datetime.combine(day, datetime.time(), datetime.UTC))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _days(data: Mapping[str, Any], place: int) -> Iterator[_Day]:
    for phase in data["phases"]["nodes"]:
        code = PhaseCode(phase["code"])
        what = code.label_en if place else code.label_fa
        if phase["windowEnd"]:
            yield _Day("PHASE", phase["id"], phase["windowEnd"], phase["cluster"], what)
        if phase["windowStart"] and code is PhaseCode.AGENT_EXIT:
            yield _Day("EXIT", phase["id"], phase["windowStart"], phase["cluster"])
    for phase in data["firstPlans"]["nodes"]:
        if not phase["cluster"]["actionPlans"]["nodes"]:
            yield _Day("FIRST_PLAN", phase["id"], phase["dueOn"], phase["cluster"])
    for plan in data["actionPlans"]["nodes"]:
        yield _Day("PLAN", plan["id"], plan["nextDueOn"], plan["cluster"])
    for project in data["clusterProjects"]["nodes"]:
        if project["nextVisitDueOn"]:
            yield _Day("VISIT", project["id"], project["nextVisitDueOn"], project["cluster"])
    yield from _steps(data, "En" if place else "Fa")
    for meeting in data["councilMeetings"]["nodes"]:
        yield _Day("MEETING", meeting["id"], meeting["scheduledOn"], meeting["cluster"])


def _steps(data: Mapping[str, Any], language: str) -> Iterator[_Day]:
    """Yield what is still to be done of running sub-projects and of announced exits."""
    for sub_project in data["subProjects"]["nodes"]:
        for step in sub_project["milestones"]:
            if step["dueOn"] and not step["doneOn"]:
                yield _Day(
                    "MILESTONE", step["id"], step["dueOn"], sub_project["cluster"], step[f"name{language}"]
                )
    for step in data["handoverSteps"]["nodes"]:
        yield _Day("STEP", step["id"], step["dueOn"], step["cluster"], step[f"what{language}"])
