"""The pages of the types that the national office adds to the open lists of the source (R18, R44)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from web.localisation import mark
from web.page import Column, Listing, Page
from web.parameters import Filter, Order
from web.routes.asking import ADD, asks

NAMES: Final = ("nameFa", "nameEn")
CREATED: Final = Order("created", mark("Entered"), "createdAt")


@dataclass(frozen=True)
class Words:
    """What the pages of one list say, as its readers call the types and what has them."""

    title: str
    lead: str
    advice: str
    new: str
    one: str
    uses: str
    retiring: str


def pages_of(section: str, home: str, word: str, uses: str, words: Words) -> tuple[Page, ...]:
    """Return the pages of one list; `word` is in the names of its mutations, `uses` the field with what has a type."""
    added = f"additional{word}"
    one = f"{home}/{{{added}.id}}"
    return (
        Page(
            home,
            f"{section}/list",
            words.title,
            section=section,
            filters=(
                Filter(
                    "search",
                    mark("Search"),
                    ("nameFa.contains", "nameEn.contains"),
                    hint=mark("Name of a type"),
                ),
                Filter("retired", mark("Offered"), ("retiredOn.isNull",), words=("true", "false")),
            ),
            orders=(Order("name", mark("Name"), "nameFa"), CREATED),
            name_column=Column(
                "name", mark("Name"), order="name", kind="name", value="self", link=f"{home}/{{id}}"
            ),
            columns=(
                Column(uses, words.uses, kind="number", value=f"{uses}.totalCount"),
                Column("retired", mark("Not offered since"), kind="date", value="retiredOn"),
                Column("created", mark("Entered"), order="created", kind="date", value="createdAt"),
            ),
            listing=Listing(
                words.lead,
                mark("No type was added yet"),
                words.advice,
                add=mark("New type"),
                add_path=f"{home}/new",
                add_action=f"add{word}",
            ),
        ),
        asks(
            f"{home}/new",
            f"{section}/create",
            words.new,
            to=one,
            back=home,
            submit=ADD,
            section=section,
            fields=NAMES,
        ),
        Page(f"{home}/{{id}}", f"{section}/detail", words.one, section=section),
        asks(
            f"{home}/{{id}}/edit",
            f"{section}/edit",
            mark("Edit the type"),
            to=one,
            section=section,
            fields=NAMES,
            initial=added,
        ),
        asks(
            f"{home}/{{id}}/retire",
            f"{section}/retire",
            mark("Offer the type no longer"),
            to=one,
            submit=mark("Retire"),
            section=section,
            initial=added,
            consequence=words.retiring,
            grave=True,
        ),
    )


PAGES: Final = (
    *pages_of(
        "sub_project_types",
        "/sub-project-types",
        "SubProjectType",
        "subProjects",
        Words(
            title=mark("Types of sub-projects"),
            lead=mark("What the national office has added to the types of sub-projects of the programme."),
            advice=mark("The types of the programme are always offered; add one where none of them fits."),
            new=mark("New type of sub-projects"),
            one=mark("Type of sub-projects"),
            uses=mark("Sub-projects"),
            retiring=mark("It is no longer offered; sub-projects that have it keep it."),
        ),
    ),
    *pages_of(
        "trust_activity_types",
        "/trust-activity-types",
        "TrustActivityType",
        "trustActivities",
        Words(
            title=mark("Types of trust activities"),
            lead=mark("What the national office has added to the types of trust-building activities."),
            advice=mark("The types of the programme are always offered; add one where none of them fits."),
            new=mark("New type of trust activities"),
            one=mark("Type of trust activities"),
            uses=mark("Trust-building activities"),
            retiring=mark("It is no longer offered; activities that have it keep it."),
        ),
    ),
)
