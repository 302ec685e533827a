"""Which thing an event or a change is about, by its name and its sub-project: SQL over `{t}` and what is in scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from schema.vocabulary import PhaseCode

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Name(NamedTuple):
    """Where the names of a type stand: its rows `s`, joined to what names them, and what they are part of."""

    fa: str = "s.name_fa"
    en: str = "s.name_en"
    joined: str = ""
    part: str = "null::uuid"


def _code(place: int) -> str:
    labels = ((code.value, (code.label_fa, code.label_en)[place]) for code in PhaseCode)
    cases = " ".join(f"when '{value}' then '{words}'" for value, words in labels)
    return f"case s.code {cases} end"


_PART: Final = "s.sub_project_id"
_OF_PART: Final = _Name("p.name_fa", "p.name_en", "join {SubProject} p on p.id = s.sub_project_id", _PART)
_TITLE: Final = _Name("s.title_fa", "s.title_en")
_NAMES: Final = {
    "ClusterProject": _Name(),
    "Document": _TITLE,
    "HandoverStep": _Name("s.what_fa", "s.what_en"),
    "IndicatorValue": _Name("i.name_fa", "i.name_en", "join {Indicator} i on i.id = s.indicator_id"),
    "BudgetLine": _OF_PART,
    "Milestone": _Name(part=_PART),
    "Network": _Name(),
    "NetworkMember": _Name("n.name_fa", "n.name_en", "join {Network} n on n.id = s.network_id"),
    "OperationalProgramme": _TITLE,
    "Phase": _Name(_code(0), _code(1)),
    "PhaseGate": _Name("s.label_fa", "s.label_en"),
    "Product": _Name(),
    "ProgressReport": _OF_PART,
    "Risk": _TITLE,
    "Stakeholder": _Name(),
    "Strategy": _TITLE,
    "SubProject": _Name(),
    "SubProjectOutput": _Name(part=_PART),
    "SupportCommitment": _Name(
        "i.name_fa", "i.name_en", "join {SupportInstitution} i on i.id = s.institution_id"
    ),
    "TrustActivity": _Name(),
}
_PERSON: Final = _Name("s.name", "s.name")
REFERRED: Final = _NAMES | {
    "ActionPlan": _Name(
        "'سند برنامه عمل – نسخهٔ ' || s.version", "'Action-plan document, version ' || s.version"
    ),
    "AdditionalSubProjectType": _Name(),
    "AdditionalTrustActivityType": _Name(),
    "AgentAssignment": _TITLE,
    "ApiToken": _PERSON,
    "Cluster": _Name(),
    "CommitteeSeat": _TITLE,
    "NationalCouncilSeat": _TITLE,
    "CouncilSeat": _TITLE,
    "County": _Name(),
    "Indicator": _Name(),
    "PartnerAgency": _Name(),
    "Place": _Name(),
    "ProgrammeTemplate": _Name(),
    "Province": _Name(),
    "SupportInstitution": _Name(),
    "User": _PERSON,
    "WebhookEndpoint": _PERSON,
}
"""Everything with a name: what a change is about and what a field refers to; events are never about some."""


def about(kind: str, subject: str, names: Mapping[str, _Name] = _NAMES) -> str:
    """Return the query of the name of a row's subject; one row, empty for what is gone or has no name."""
    named = " union all ".join(
        f"select {name.fa}, {name.en}, {name.part}"  # noqa: S608 - names of ours
        f" from {{{noun}}} s {name.joined} where {{t}}.{kind} = '{noun}' and s.id = {{t}}.{subject}"
        for noun, name in names.items()
    )
    found = f"from (select 1) one left join lateral ({named}) thing(name_fa, name_en, part) on true"
    return (
        "select thing.name_fa, thing.name_en, 'SubProject_' || thing.part as part_of,"
        " whole.name_fa as whole_fa, whole.name_en as whole_en"
        f" {found} left join {{SubProject}} whole on whole.id = thing.part"
    )


DOER: Final = (
    "select u.name from (select 1) one left join {User} u on u.id ="
    " case when starts_with({t}.actor, 'User_') then substr({t}.actor, 6)::uuid end"
)
"""The query of the name of who did it, where the reader may see that person."""
