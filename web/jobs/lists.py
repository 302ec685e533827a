"""The list behind an address: its page, its document, and what the address asks of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from starlette.routing import compile_path

from web.address import Address
from web.parameters import read_question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from web.documents import Document
    from web.door import Door
    from web.page import Column, Page
    from web.session import SignedIn

AT_ONCE = 100


class NoSuchList(LookupError):
    """No page of ours lists anything at this address."""


@dataclass(frozen=True)
class Leaf:
    """A page of a list: its nodes, where it ends, and how many there are in all, if counted."""

    nodes: Sequence[Mapping[str, Any]]
    end: str | None
    more: bool
    total: int | None


@dataclass(frozen=True)
class Listed:
    """A list as its address shows it."""

    page: Page
    document: Document
    path: Mapping[str, str]
    address: Address

    @property
    def columns(self) -> list[Column]:
        """The columns as shown, the name first."""
        shown = list(self.page.shown_columns(self.address))
        return [self.page.name_column, *shown] if self.page.name_column else shown

    async def leaf(self, door: Door, person: SignedIn, cursor: str | None, *, counted: bool) -> Leaf:
        """Read the next page of the list through the same door as the list itself.

        Raises:
            NoSuchList: what the list belongs to is gone, or not within reach.
            Refused: the door refused.
        """
        assert self.document.query is not None  # noqa: S101 - `list_at` takes only pages with a query
        parameters = {name: list(values) for name, values in self.address.parameters.items()}
        kept = {name: values for name, values in parameters.items() if name not in {"after", "before"}}
        question = read_question(
            self.document.query, self.path, kept, self.page.filters, self.page.orders, AT_ONCE
        )
        variables = {**question.variables, "count": counted} | ({"after": cursor} if cursor else {})
        found = self.page.connection(self.document, await door.query(self.document, variables, person))
        if found is None:
            raise NoSuchList(str(self.address))
        info = found["pageInfo"]
        return Leaf(found["nodes"], info["endCursor"], info["hasNextPage"], found.get("totalCount"))


def list_at(address: str, pages: Iterable[Page], documents: Mapping[str, Document]) -> Listed:
    """Find the list that an address shows.

    Raises:
        NoSuchList: there is none.
    """
    parts = urlsplit(address)
    for page in pages:
        found = compile_path(page.path)[0].fullmatch(parts.path)
        document = documents.get(page.document)
        if found and page.name_column and document and document.query and "first" in document.query.variables:
            parameters = parse_qs(parts.query, keep_blank_values=False)
            return Listed(page, document, found.groupdict(), Address(parts.path, parameters))
    raise NoSuchList(address)
