"""A page: the parameters of its URL are the variables of its document, the answer fills its template."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import orjson

from schema.access import may
from schema.vocabulary import UserRole
from web.address import Address
from web.known import known_of
from web.localisation import Localisation
from web.narrowing import filter_choices
from web.parameters import read_question
from web.places import place_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

    from web.documents import Document
    from web.door import Door
    from web.forms import Form
    from web.parameters import Filter, Order
    from web.preferences import Preferences
    from web.session import SignedIn

PAGE_SIZE: Final = 25


@dataclass(frozen=True)
class Column:
    """A column of a list that the reader may hide; `order` names how the list is sorted by it.

    `value` is the dotted place of its value in a node (its name unless told), `kind` says how the value is
    written (see `cells.py`), `enumeration` whose words a term has, `link` where the cell leads.
    """

    name: str
    label: str
    order: str = ""
    kind: str = "text"
    at_first: bool = True
    value: str = ""
    enumeration: str = ""
    link: str = ""

    @property
    def place(self) -> str:
        """The dotted place of the value in a node."""
        return self.value or self.name


@dataclass(frozen=True)
class Listing:
    """What a list says around its table: what it is, what to do when it is empty, how to add to it."""

    lead: str
    empty: str
    advice: str
    add: str = ""
    add_path: str = ""
    add_action: str = ""


@dataclass(frozen=True)
class Bulk:
    """An action on everything in a list: the document of its form, its mutation, and what it is called."""

    form: str
    action: str
    label: str


@dataclass(frozen=True)
class Page:
    """What routes declare: the path, the document (and template of the same name) and its parts.

    `connection_at` is where the connection of a list stands in the answer, when it is not the first field.
    """

    path: str
    document: str
    title: str
    section: str = ""
    filters: tuple[Filter, ...] = ()
    orders: tuple[Order, ...] = ()
    columns: tuple[Column, ...] = ()
    name_column: Column | None = None
    form: Form | None = None
    look: str = ""
    listing: Listing | None = None
    connection_at: str = ""
    bulk: tuple[Bulk, ...] = ()

    @property
    def template(self) -> str:
        """The template beside the document; forms and declared lists share theirs, unless the page has its own."""
        shared = "form.html" if self.form else "list.html" if self.listing else ""
        return self.look or shared or f"pages/{self.document}.html"

    def open_to(self, role: UserRole) -> Page:
        """Return the page with those actions on whole lists that the role may ask for."""
        return replace(self, bulk=tuple(bulk for bulk in self.bulk if may(role, bulk.action)))

    def sort_in_force(self, address: Address) -> str:
        """Return by which order the list stands, as it is written in addresses; an unknown one is the first."""
        asked = address.get("sort")
        if any(order.name == asked.removeprefix("-") for order in self.orders):
            return asked
        return ("-" if self.orders[0].last_first else "") + self.orders[0].name if self.orders else ""

    def shown_columns(self, address: Address) -> Sequence[Column]:
        """Return the columns the reader chose, or those shown at first."""
        chosen = address.all("columns")
        return [column for column in self.columns if (column.name in chosen if chosen else column.at_first)]

    def connection(self, document: Document, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Return the connection that a list pages through, where the page shows one."""
        root = document.query.root_field if document.query else ""
        found = place_in(data, self.connection_at or root)
        return found if isinstance(found, dict) and "pageInfo" in found else None


class Nothing(Exception):
    """What the page is about does not exist, or not for this reader."""


async def ask(
    door: Door,
    page: Page,
    document: Document,
    request: Request,
    signed_in: SignedIn,
    preferences: Preferences,
) -> dict[str, Any]:
    """Execute the query of a page and return what its template needs."""
    parameters = {name: request.query_params.getlist(name) for name in request.query_params}
    address = Address(request.url.path, parameters)
    role = UserRole(signed_in.role)
    values: dict[str, Any] = {
        "page": page.open_to(role),
        "address": address,
        "data": {},
        "refused": {},
        "filters": {},
    }
    if document.query is None:
        return values
    question = read_question(
        document.query, request.path_params, parameters, page.filters, page.orders, PAGE_SIZE
    )
    known = known_of(role, document.query)
    address.refused = question.refused
    data = await door.query(document, {**question.variables, **known}, signed_in)
    if request.path_params and data.get(document.query.root_field) is None:
        raise Nothing(request.url.path)
    reader = Localisation(preferences)
    choices = filter_choices(page.filters, document.query, data, reader)
    return values | {
        "data": data,
        "refused": question.refused,
        "filters": choices,
        "connection": page.connection(document, data),
    }


def block_wanted(request: Request) -> str:
    """Return the name of the block an htmx request asks for: its target with underscores.

    Whatever is edited in its place on a page has a target of its own, `inline-…`, and one block for all.
    """
    if request.headers.get("hx-request") != "true" or request.headers.get("hx-history-restore-request"):
        return ""
    target = request.headers.get("hx-target", "")
    return "inline" if target.startswith("inline-") else target.replace("-", "_")


def trigger(events: Mapping[str, object]) -> str:
    """Write events for the HX-Trigger header, which must be ASCII."""
    return "".join(
        character if character.isascii() else "".join(f"\\u{unit:04x}" for unit in _utf16(character))
        for character in orjson.dumps(events).decode()
    )


def _utf16(character: str) -> list[int]:
    coded = character.encode("utf-16-be")
    return [int.from_bytes(coded[place : place + 2]) for place in range(0, len(coded), 2)]
