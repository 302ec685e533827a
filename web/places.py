"""Dotted places in an answer: read what stands there, fill the blanks of an address from it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote


def place_in(data: Any, place: str) -> Any:  # noqa: ANN401 - JSON is anything
    """Follow a dotted place into an answer; nothing on the way gives nothing.

    A number is a place in a list, `*` all of them; of places parted by `|` the first that holds something.
    """
    if "|" in place:
        found = (place_in(data, each) for each in place.split("|"))
        return next((value for value in found if value is not None), None)
    steps = place.split(".") if place else []
    for index, step in enumerate(steps):
        if isinstance(data, list) and step == "*":
            return [place_in(part, ".".join(steps[index + 1 :])) for part in data]
        if isinstance(data, list):
            data = data[int(step)] if step.isdigit() and int(step) < len(data) else None
        else:
            data = data.get(step) if isinstance(data, dict) else None
    return data if place else None


def fill(pattern: str, data: object) -> str:
    """Fill the blanks of an address, `/clusters/{cluster.slug}`, from an answer."""
    filled = pattern
    while "{" in filled:
        before, rest = filled.split("{", 1)
        place, after = rest.split("}", 1)
        filled = before + quote(str(place_in(data, place) or ""), safe="") + after
    return filled


def by_code(figures: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the figures of provinces by the code of each."""
    return {str(one["province"]["isoCode"]): one for one in figures}
