"""The guides that are written from the code: the catalogue of indicators and the catalogue of events."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from schema.event_payloads import KEYS, PAYLOADS
from schema.events import EVENT_VERSION
from schema.indicators.seed import DEFINITIONS
from schema.projects.thresholds import BY_KEY
from schema.vocabulary import IndicatorDimension
from services.database import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schema.indicators.definition import Definition

DOCS: Final = SCHEMA.parent / "docs"
NOTE: Final = "Written by `make guides` from the code; do not edit."
INTRODUCTION: Final = """\
Computed indicators are SQL over what is on record, so lists are filtered and ordered by them. Each has a formula
version; a formula never changes without a new one (a test compares). `takeIndicatorValues` keeps what they say of a
project on a day, with version and thresholds, and what is kept never changes. Entered indicators are reported for a
Jalali period (`1404`, `1404-S2` for a season, `1404-06`, `1404-06-31`) and reviewed: DRAFT → SUBMITTED → RETURNED or
APPROVED; a returned value is edited into a draft again; an approved one is corrected only by another approved value.
Nobody reviews what they submitted, and partners see approved values only. Thresholds belong to the version of the
programme that a project keeps (`programmeTemplates { thresholds }`).
"""

OF_EVENTS: Final = f"""\
Everything that happens within your scope, as `changes(after:)`, the subscription `events`, webhooks and messages tell
it. The version of every payload is {EVENT_VERSION}; within a version keys are only ever added. Beside the payload stand
the id, the type, the time, the subject as a global id, cluster, province, project, phase, who caused it (`actor`: a
global id or a process of ours) and `correlationId`, the request that did. Days are
`{{"date": "2026-11-23", "jalali": "۲ آذر ۱۴۰۵"}}`. There is no personal data in any of them: ids, wire names, days and
numbers only.
"""


def indicators() -> str:
    """Write the catalogue of indicators, dimension by dimension."""
    return "\n".join(_of_indicators()) + "\n"


def _of_indicators() -> Iterator[str]:
    yield from ("# Indicators", "", NOTE, "")
    yield INTRODUCTION
    for dimension in IndicatorDimension:
        found = [each for each in DEFINITIONS if each.dimension is dimension]
        if found:
            yield from (f"## {dimension.label_en} · {dimension.label_fa}", "")
            for definition in found:
                yield from _definition(definition)


def _definition(definition: Definition) -> Iterator[str]:
    yield from (f"### `{definition.code}` {definition.name_en} · {definition.name_fa}", "")
    yield from (definition.definition_en, "", definition.definition_fa, "")
    facts = [
        f"of: {definition.subject.label_en.lower()}",
        f"unit: {definition.unit.label_en.lower()}",
        f"version: {definition.version}",
        f"shown by: `{definition.field}`" if definition.field else "entered and reviewed",
    ]
    if definition.level:
        facts.append(f"level: {definition.level.label_en.lower()}")
    facts.append(f"basis: {definition.basis}")
    yield from (f"- {'; '.join(facts)}",)
    yield from (
        f"- threshold `{key}`, {BY_KEY[key].default:g} unless the programme says otherwise: {BY_KEY[key].label_en}"
        for key in definition.thresholds
    )
    yield ""


def events() -> str:
    """Write the catalogue of events."""
    return "\n".join(_of_events()) + "\n"


def _of_events() -> Iterator[str]:
    yield from ("# Events", "", NOTE, "", OF_EVENTS)
    yield from ("| type | said as | happens to | payload |", "|---|---|---|---|")
    for kind, told in PAYLOADS.items():
        cause = "the day" if told.by_the_day else "a change"
        keys = ", ".join(f"`{key}`" for key in told.keys)
        subjects = ", ".join(told.subjects)
        yield f"| `{kind.wire_type}` | {kind.label_en} · {kind.label_fa} | {subjects}; told by {cause} | {keys} |"
    yield from ("", "## Keys of payloads", "")
    yield from (f"- `{key}`: {meaning}" for key, meaning in KEYS.items())


GUIDES: Final = {"indicators.md": indicators, "events.md": events}


def stale() -> list[str]:
    """Return the guides whose files are not what the code says."""
    return [name for name, write in GUIDES.items() if (DOCS / name).read_text(encoding="utf-8") != write()]


def main(*, checked: bool) -> int:
    """Write the guides or, when they are only checked, return 1 and name those that have to be written."""
    if checked:
        for name in (found := stale()):
            sys.stderr.write(f"docs/{name} is not what the code says; run `make guides`.\n")
        return 1 if found else 0
    for name, write in GUIDES.items():
        (DOCS / name).write_text(write(), encoding="utf-8")
        sys.stdout.write(f"docs/{name} is written.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(checked="--check" in sys.argv[1:]))
