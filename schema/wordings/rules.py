"""What may happen to a wording of the office: written, changed, given up for the shipped sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from schema.decision import (
    Accepted,
    Create,
    Decision,
    Permission,
    Problem,
    Refused,
    Remove,
    Update,
    permission,
)
from schema.entries import emptied
from schema.problems import ProblemCode
from schema.unusable import Unusable
from schema.vocabulary import InterfaceLanguage
from schema.wordings.blanks import blanks_of, fill, listed, needed, stray_brace

TITLE_LENGTH: Final = 120
TEXT_LENGTH: Final = 400
SAMPLE: Final = {
    "cluster": "خوشه کسب‌وکار گلیم، جاجیم و ماشته لرستان",
    "phase": "تدوین سند برنامه عمل",
    "due": "۳۰ شهریور ۱۴۰۵",
    "days": "۹۰",
}
"""A long event of each kind, with which a sentence is told once before it is kept."""
TOLD_LENGTH: Final = 600


@dataclass(frozen=True, slots=True)
class WordingFacts:
    """A wording of the office: for which type of event, in which language, and what it says."""

    id: UUID
    event_type: str
    language: InterfaceLanguage
    title: str
    text: str


def write(
    event_type: str, language: InterfaceLanguage, values: Mapping[str, object], *, new_id: Callable[[], UUID]
) -> Decision:
    """Word what is told of a type of event in one language; the database keeps one wording of each."""
    if needed(event_type, language) is None:
        reason = Unusable(
            f"{event_type[:60]!a} نوع رویداد نیست؛ نمونه: phase.completed",
            f"{event_type[:60]!a} is no type of event: write it as in phase.completed.",
        )
        return Refused((Problem(ProblemCode.INVALID, ("eventType",), {"reason": reason}),))
    if problems := _unusable(event_type, language, values):
        return Refused(problems)
    wording_id = new_id()
    row = {**values, "event_type": event_type, "language": language}
    return Accepted(("NotificationText", wording_id), (Create("NotificationText", wording_id, row),))


def edit(wording: WordingFacts, values: Mapping[str, object]) -> Decision:
    """Change a wording; it is checked anew against what this release fills."""
    after = {"title": wording.title, "text": wording.text, **values}
    if problems := _unusable(wording.event_type, wording.language, after):
        return Refused(problems)
    return Accepted(("NotificationText", wording.id), (Update("NotificationText", wording.id, values),))


def give_up(wording: WordingFacts) -> Decision:
    """Go back to the shipped sentence; what the office had written stays in the history."""
    return Accepted(("NotificationText", wording.id), (Remove("NotificationText", wording.id),))


def permitted(wording: WordingFacts, *, today: object) -> tuple[Permission, ...]:
    """Say what is open on a wording; also one that fits no longer may be mended or given up."""
    del today
    open_to_all = Accepted(("NotificationText", wording.id), ())
    return (
        permission("editNotificationText", open_to_all),
        permission("useShippedNotificationText", give_up(wording)),
    )


def _unusable(
    event_type: str, language: InterfaceLanguage, values: Mapping[str, object]
) -> tuple[Problem, ...]:
    problems = [*emptied(values, "title", "text")]
    title, text = str(values.get("title") or ""), str(values.get("text") or "")
    wanted, found = needed(event_type, language) or frozenset(), blanks_of(text)
    for name, given in (("title", title), ("text", text)):
        if "\n" in given:
            problems.append(Problem(ProblemCode.INVALID, (name,), {"reason": _ONE_LINE}))
    if blanks_of(title) or stray_brace(title):
        problems.append(Problem(ProblemCode.BLANK_UNKNOWN, ("title",), {"blanks": _NONE}))
    if stray_brace(text) or found - wanted:
        blanks = listed(wanted) or _NONE
        problems.append(Problem(ProblemCode.BLANK_UNKNOWN, ("text",), {"blanks": blanks}))
    if text and wanted - found:
        problems.append(Problem(ProblemCode.BLANK_MISSING, ("text",), {"blanks": listed(wanted - found)}))
    if not problems and len(fill(text, SAMPLE)) > TOLD_LENGTH:
        problems.append(Problem(ProblemCode.TOO_LONG, ("text",), {"limit": TEXT_LENGTH}))
    return tuple(problems)


_ONE_LINE: Final = Unusable(
    "پیام یک سطر است؛ سطرها را به هم بپیوندید.", "A message is one line: join the lines."
)
_NONE: Final = Unusable("هیچ", "none")
