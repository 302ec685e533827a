"""Choices for inputs that refer to other things: searched by name, never all of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphql import GraphQLInputObjectType, get_named_type

from schema.identity import global_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from web.documents import Document
    from web.forms import Field
    from web.house import House
    from web.session import SignedIn
    from web.submissions import Submission

SEARCH: Final = ".search"
AT_MOST: Final = 40
NAMES: Final = ("nameFa", "nameEn", "name", "titleFa", "titleEn")


def present_things(field: Field, initial: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return what a referring field refers to now: `countyIds` are the `counties`, `parentId` the `parent`.

    What is known by its id alone, as the clusters an endpoint wants, has no name yet.
    """
    word = field.name.removesuffix("Ids").removesuffix("Id")
    for key in (field.name, word, f"{word}s", f"{word.removesuffix('y')}ies"):
        found = initial.get(key)
        if isinstance(found, dict):
            return list(found["nodes"]) if "nodes" in found else [found]
        if isinstance(found, list):
            return [thing if isinstance(thing, dict) else {"id": thing} for thing in found]
    return []


async def choices_for(
    house: House,
    fields: Sequence[Field],
    initial: Mapping[str, Any],
    submission: Submission,
    person: SignedIn,
    within: Mapping[str, str],
) -> dict[str, list[Mapping[str, Any]]]:
    """Return, for each referring field, the things that match its search box and those chosen already."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    # Two fields that ask for the same list, as who answers and about whom, ask once.
    asked: dict[tuple[object, ...], list[Mapping[str, Any]]] = {}
    for field in fields:
        if not field.reference:
            continue
        searched = "".join(submission.texts.get(field.name + SEARCH, ()))
        chosen = [text for text in submission.texts.get(field.name, ()) if text]
        present = present_things(field, initial)
        chosen = chosen or [str(thing["id"]) for thing in present if len(thing) == 1]
        home = within.get(field.name, "")
        question = (field.reference, searched, home, *chosen)
        if question not in asked:
            asked[question] = await options(house, field.reference, searched, person, home, chosen)
        nodes = asked[question]
        known = {node["id"] for node in nodes}
        named = (thing for thing in present if len(thing) > 1 and thing.get("id") not in known)
        found[field.name] = [*named, *nodes]
    return found


async def options(
    house: House,
    noun: str,
    searched: str,
    person: SignedIn,
    within: str = "",
    chosen: Sequence[str] = (),
) -> list[Mapping[str, Any]]:
    """Execute the options document of a noun for a search text; what is chosen already stands first."""
    document = house.documents[f"{noun}/options"]
    data = await house.door.query(document, option_variables(document, searched, within, chosen), person)
    nodes: list[Mapping[str, Any]] = data[document.query.root_field]["nodes"] if document.query else []
    nodes = _within_reach(noun, nodes, person)
    known = {node["id"] for node in nodes}
    kept = [node for node in data.get("chosen") or () if node and node["id"] not in known]
    return [*kept, *nodes]


def _within_reach(noun: str, nodes: list[Mapping[str, Any]], person: SignedIn) -> list[Mapping[str, Any]]:
    """Leave out provinces that everybody may read of, but where this person can enter nothing."""
    own = {global_id("Province", province) for province in person.viewer.provinces}
    return [node for node in nodes if node["id"] in own] if noun == "provinces" and own else nodes


def option_variables(
    document: Document, searched: str, within: str = "", chosen: Sequence[str] = ()
) -> dict[str, object]:
    """Search both names, or list the first ones when nothing is searched for; all of one cluster if asked."""
    variables: dict[str, object] = {"first": AT_MOST}
    types = document.query.variables if document.query else {}
    conditions: list[dict[str, object]] = []
    declared = get_named_type(types["filter"]) if "filter" in types else None
    if searched.strip() and isinstance(declared, GraphQLInputObjectType):
        text = {"contains": searched.strip()}
        conditions.append({"or": [{name: text} for name in NAMES if name in declared.fields]})
    if within:
        conditions.append({"cluster": {"slug": {"eq": within}}})
    if conditions and "filter" in types:
        variables["filter"] = conditions[0] if len(conditions) == 1 else {"and": conditions}
    if "chosen" in types:
        variables["chosen"] = list(chosen)
    return variables
