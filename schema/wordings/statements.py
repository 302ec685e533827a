"""Whether a wording of the office still fits, and what is told then, as SQL: the same answer as `blanks.fits`."""

from schema.events import EventType
from schema.vocabulary import InterfaceLanguage
from schema.wordings.blanks import needed


def fitting(row: str) -> str:
    """Return the condition that the wording in `row` fits this release; braces stand for themselves."""
    of_blanks: dict[str, list[str]] = {}
    for kind in EventType:
        for language in InterfaceLanguage:
            blanks = needed(kind, language) or frozenset()
            of_blanks.setdefault(" ".join(sorted(blanks)), []).append(f"'{kind.value} {language.value}'")
    cases = " ".join(
        f"when {row}.event_type || ' ' || {row}.language in ({', '.join(keys)}) then '{blanks}'"
        for blanks, keys in of_blanks.items()
    )
    pattern = r"'\{([a-z]+)\}'"
    return (
        "(select coalesce(string_agg(distinct found.blank[1], ' ' order by found.blank[1]), '')"  # noqa: S608 - texts of ours
        f" from regexp_matches({row}.text, {pattern}, 'g') found(blank))"
        f" is not distinct from case {cases} end"
    )


def in_force(event: str, language: InterfaceLanguage) -> str:
    """Return the text the office has for the event in the row `event`, when it fits; otherwise null."""
    return (
        f"(select w.text from notification_text w where w.event_type = {event}.type"  # noqa: S608 - names of ours
        f" and w.language = '{language.value}' and w.deleted_at is null and {fitting('w')})"
    )
