"""The side navigation and the command palette: where one can go, in groups."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from schema.viewers import ADMINISTRATORS, STAFF
from schema.vocabulary import UserRole
from web.localisation import mark

OPERATORS: Final = frozenset({UserRole.NATIONAL_ADMINISTRATOR})


@dataclass(frozen=True)
class Place:
    """A destination: its section, address, label and icon; `key` is pressed after g to go there.

    `roles` are those who find something there; the door decides for everybody what it is.
    """

    section: str
    path: str
    label: str
    icon: str
    key: str = ""
    roles: frozenset[UserRole] = STAFF


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
            Place("inbox", "/inbox", mark("Messages"), "bell", "m"),
            Place("clusters", "/clusters", mark("Clusters"), "weave", "c"),
            Place("support", "/support", mark("Support institutions"), "institution", "s"),
            Place("provinces", "/provinces", mark("Provinces"), "map", "p"),
            Place("indicators", "/indicators", mark("Indicators"), "scale", "i"),
            Place("events", "/events", mark("Events"), "clock", "e"),
            Place("removed", "/removed", mark("Removed things"), "undo"),
        ),
    ),
    Section(
        mark("In all clusters"),
        (
            Place("feasibility", "/feasibility", mark("Feasibility studies"), "search"),
            Place("projects", "/projects", mark("Development projects"), "project"),
            Place("phases", "/phases", mark("Phases"), "clock"),
            Place("plans", "/plans", mark("Action plans"), "document"),
            Place("sub_projects", "/sub-projects", mark("Sub-projects"), "branch"),
            Place("trust_activities", "/trust-activities", mark("Trust-building activities"), "people"),
            Place("networks", "/networks", mark("Networks"), "network", "n"),
            Place("councils", "/councils", mark("Steering councils"), "people"),
            Place("national_council", "/national-council", mark("National policy council"), "institution"),
            Place("stakeholders", "/stakeholders", mark("Stakeholders"), "person"),
            Place("risks", "/risks", mark("Risks and issues"), "warning"),
        ),
    ),
    Section(
        mark("People"),
        (
            Place("users", "/users", mark("Users"), "people", "u", ADMINISTRATORS),
            Place("roles", "/roles", mark("Roles"), "scale", "r"),
            Place("templates", "/templates", mark("Programme versions"), "document", "v"),
            Place("sub_project_types", "/sub-project-types", mark("Types of sub-projects"), "branch"),
            Place(
                "trust_activity_types", "/trust-activity-types", mark("Types of trust activities"), "people"
            ),
        ),
    ),
    Section(
        mark("Programmes of others"),
        (
            Place("agencies", "/agencies", mark("Partner agencies"), "exit", "a", OPERATORS),
            Place("webhooks", "/webhooks", mark("Webhooks"), "network", "w", OPERATORS),
            Place("deliveries", "/deliveries", mark("Deliveries"), "bell", "d"),
            Place("notification_texts", "/notification-texts", mark("What people are told"), "bell"),
            Place("set_aside", "/set-aside-events", mark("Events set aside"), "warning", "", OPERATORS),
        ),
    ),
)


def places_for(navigation: tuple[Section, ...], role: str) -> list[Section]:
    """Return the sections with the places where this role finds something."""
    sections = (
        replace(section, places=tuple(place for place in section.places if role in place.roles))
        for section in navigation
    )
    return [section for section in sections if section.places]
