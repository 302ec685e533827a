"""The side navigation and the command palette: where one can go, in groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from web.localisation import mark


@dataclass(frozen=True)
class Place:
    """A destination: its section, address, label and icon; `key` is pressed after g to go there."""

    section: str
    path: str
    label: str
    icon: str
    key: str = ""


@dataclass(frozen=True)
class Section:
    """A group of places under a heading."""

    heading: str
    places: tuple[Place, ...]


NAVIGATION: Final = (
    Section(
        "",
        (
            Place("home", "/", mark("Today"), "home", "h"),
            Place("clusters", "/clusters", mark("Clusters"), "weave", "c"),
            Place("support", "/support", mark("Support institutions"), "institution", "s"),
            Place("provinces", "/provinces", mark("Provinces"), "map", "p"),
        ),
    ),
)
