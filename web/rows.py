"""The rows a list of a form is opened with, found in the page's own data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from web.forms import Field


def rows_at(data: object, place: str, field: Field) -> list[Mapping[str, Any]]:
    """Return the things at a dotted place that have all a row of the field needs.

    Things within things, as the gates of phases, know what they stand in: `phases.gates` has the code of each
    gate's phase.
    """
    needed = [part.name for part in field.rows if part.required]
    found = _within(data, place.split("."), {})
    return [thing for thing in found if all(thing.get(name) is not None for name in needed)]


def _within(data: object, steps: list[str], around: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for one in data:
            yield from _within(one, steps, around)
    elif isinstance(data, dict) and steps:
        plain = {name: value for name, value in data.items() if not isinstance(value, dict | list)}
        yield from _within(data.get(steps[0]), steps[1:], {**around, **plain})
    elif isinstance(data, dict):
        yield {**around, **data}
