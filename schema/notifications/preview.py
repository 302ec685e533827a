"""The sentence people are told of an event, as SQL over the event `{t}`: the preview is what will be sent."""

from typing import Final

from schema.events import EventType
from schema.letters import LATIN_DIGITS, PERSIAN_DIGITS
from schema.notifications.texts import ANYTHING, TEXTS
from schema.vocabulary import InterfaceLanguage, PhaseCode
from schema.wordings.statements import in_force

_UNKNOWN: Final = "'—'"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def sentence(language: str) -> str:
    """Return the expression for Persian (`fa`) or English (`en`); what is not known stays a dash."""
    place = int(language == "en")
    texts = " ".join(f"when {_quoted(kind.value)} then {_quoted(TEXTS[kind][place])}" for kind in EventType)
    phases = " ".join(
        f"when '{code.value}' then {_quoted(code.label_en if place else code.label_fa)}" for code in PhaseCode
    )
    names = ", ".join(
        f"(select home.name_{language} from {table} home where home.id = <t>.{table}_id)"  # noqa: S608 - names of ours
        for table in ("cluster", "province")
    )
    days = "<t>.payload ->> 'daysLeft'"
    blanks = {
        "cluster": names,
        "phase": f"case <t>.phase_code {phases} else <t>.phase_code end",
        "due": f"<t>.payload -> 'due' ->> '{'date' if place else 'jalali'}'",
        "days": days if place else f"translate({days}, '{LATIN_DIGITS}', '{PERSIAN_DIGITS}')",
    }
    worded = in_force("<t>", InterfaceLanguage.EN if place else InterfaceLanguage.FA)
    told = f"coalesce({worded}, case <t>.type {texts} else {_quoted(ANYTHING[place])} end)"
    for blank, value in blanks.items():
        told = f"replace({told}, '{{{blank}}}', coalesce({value}, {_UNKNOWN}))"
    return told.replace("{", "{{").replace("}", "}}").replace("<t>", "{t}")
