"""What an event carried, in the reader's words: days, numbers and states instead of what travels on the wire."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from schema import vocabulary
from web.labels import LABELS
from web.localisation import as_day, mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from web.localisation import Localisation

WORDS: Final = {
    "after": mark("Afterwards"),
    "approvedOn": mark("Approved"),
    "before": mark("Before"),
    "by": mark("On behalf, by"),
    "byVersion": mark("Version that takes its place"),
    "changed": mark("Fields that changed"),
    "currency": mark("Currency"),
    "daysLeft": mark("Days left"),
    "decidedOn": mark("Decided on"),
    "decision": mark("Decision"),
    "doneOn": mark("Done on"),
    "due": mark("Due"),
    "dueOn": mark("Due"),
    "earliest": mark("First day the rule would have allowed"),
    "end": mark("Last day"),
    "failingSince": mark("Nothing arrives since"),
    "failures": mark("Failed attempts in a row"),
    "indicator": mark("Indicator"),
    "institution": mark("Support institution"),
    "invited": mark("Seats invited"),
    "kind": mark("Kind"),
    "late": mark("After its window"),
    "milestonesDone": mark("Steps reported done"),
    "notice": mark("Days between notice and due day"),
    "on": mark("Day"),
    "onBehalf": mark("On behalf of whose duty it is"),
    "owner": mark("Whose duty it is"),
    "participants": mark("Participants"),
    "percent": mark("Share of the budget spent"),
    "period": mark("Period"),
    "periodEnd": mark("Last day of the period"),
    "plannedEnd": mark("Planned end"),
    "plannedStart": mark("Planned start"),
    "presentedOn": mark("Presented on"),
    "problem": mark("What went wrong"),
    "role": mark("Role"),
    "round": mark("Round"),
    "rule": mark("Rule that was overridden"),
    "scheduledOn": mark("Day of the meeting"),
    "source": mark("Source"),
    "start": mark("First day"),
    "subject": mark("What was decided on"),
    "unit": mark("Unit"),
    "version": mark("Version"),
    "windowEnd": mark("Last day in time"),
    "windowStart": mark("First day of the window"),
}
# Where one word stands in several enumerations: by what its key or what the event happened to says.
_BY_KEY: Final = {
    "role": "AgentRole",
    "kind": "NetworkKind",
    "currency": "Currency",
    "unit": "CurrencyUnit",
    "subject": "DecisionSubject",
    "decision": "ReviewDecision",
    "source": "FundingSource",
    "owner": "PlanOwner",
    "by": "UserRole",
}
_BY_SUBJECT: Final = {
    "ActionPlan": "ActionPlanStatus",
    "Cluster": "ClusterStatus",
    "ClusterProject": "ProjectStatus",
    "CouncilMeeting": "MeetingStatus",
    "DiagnosticStudy": "StudyStatus",
    "ExitProcess": "ExitStatus",
    "IndicatorValue": "IndicatorStatus",
    "Network": "RegistrationStatus",
    "Phase": "PhaseStatus",
    "SubProject": "SubProjectStatus",
    "TrustSurvey": "SurveyStatus",
}
_ENUMERATIONS: Final = tuple(
    name
    for name, kind in sorted(vars(vocabulary).items())
    if isinstance(kind, type) and issubclass(kind, vocabulary.Term)
)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}(T|$)")


@dataclass(frozen=True)
class Carried:
    """A key of a payload and its value in words; what stays as it travels is read from the left."""

    label: str
    value: str
    as_sent: bool = False


def carried(payload: Mapping[str, Any], subject: str, reader: Localisation) -> list[Carried]:
    """Return everything an event about a thing, named by its global id, carried: in the order it was written."""
    kind = subject.partition("_")[0]
    return [
        Carried(reader.text(WORDS[key]) if key in WORDS else key, *_written(key, value, kind, reader))
        for key, value in payload.items()
    ]


def _written(key: str, value: object, kind: str, reader: Localisation) -> tuple[str, bool]:
    match value:
        case None | "" | []:
            return "–", False
        case {"date": day}:
            return reader.date(day), False
        case bool():
            return reader.text("yes" if value else "no"), False
        case int() | float():
            return (reader.percent(value) if key == "percent" else reader.number(value)), False
        case list():
            parts = [_written(key, one, kind, reader) for one in value]
            comma = "، " if reader.language == "fa" else ", "
            return comma.join(part for part, _ in parts), all(as_sent for _, as_sent in parts)
        case _:
            return _word(key, str(value), kind, reader)


def _word(key: str, value: str, kind: str, reader: Localisation) -> tuple[str, bool]:
    if key == "changed" and value in LABELS:
        return reader.text(LABELS[value]), False
    if key == "period":
        return reader.digits(value), False
    if _DAY.match(value):
        return reader.date(as_day(value)), False
    for name in (_BY_KEY.get(key), _BY_SUBJECT.get(kind), *_ENUMERATIONS):
        if name and any(member.value == value for member in getattr(vocabulary, name)):
            return reader.term(name, value), False
    return value, True
