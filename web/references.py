"""Choices for inputs that refer to other things: searched by name, never all of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from web.documents import Document
    from web.forms import Field, Submission
    from web.handlers import House
    from web.session import SignedIn

SEARCH: Final = ".search"
AT_MOST: Final = 40


async def choices_for(
    house: House,
    fields: Sequence[Field],
    initial: Mapping[str, Any],
    submission: Submission,
    person: SignedIn,
) -> dict[str, list[Mapping[str, Any]]]:
    """Return, for each referring field, the things that match its search box and the present one."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for field in fields:
        if not field.reference:
            continue
        searched = "".join(submission.texts.get(field.name + SEARCH, ()))
        nodes = await options(house, field.reference, searched, person)
        present = initial.get(field.name.removesuffix("Id").removesuffix("Ids"))
        if isinstance(present, dict) and all(node["id"] != present.get("id") for node in nodes):
            nodes.insert(0, present)
        found[field.name] = nodes
    return found


async def options(house: House, noun: str, searched: str, person: SignedIn) -> list[Mapping[str, Any]]:
    """Execute the options document of a noun for a search text."""
    document = house.documents[f"{noun}/options"]
    data = await house.door.query(document, option_variables(document, searched), person)
    root = data[document.query.root_field] if document.query else {"nodes": []}
    nodes: list[Mapping[str, Any]] = root["nodes"]
    return nodes


def option_variables(document: Document, searched: str) -> dict[str, object]:
    """Search both names, or list the first ones when nothing is searched for."""
    variables: dict[str, object] = {"first": AT_MOST}
    if searched.strip() and document.query and "filter" in document.query.variables:
        text = {"contains": searched.strip()}
        variables["filter"] = {"or": [{"nameFa": text}, {"nameEn": text}]}
    return variables
