"""One role, asking through the real engine, and what the matrix says it may see."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

from schema.graph import ENTITIES
from schema.vocabulary import UserRole
from services.graphql.compiler.catalog import Computed, Scalar, ToMany, ToOne
from services.graphql.exchange import GraphQLRequest
from tests.access.declared import EVERYWHERE, NOBODYS, OF_THE_ACCESS_LAYER, ONLY_FOR, REACHED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from schema.viewers import Viewer
    from services.graphql.compiler.catalog import ObjectType
    from services.graphql.engine import Engine
    from tests.access.country import Country

ID: Final = re.compile(r"[A-Z][A-Za-z]+_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(slots=True)
class Asking:
    """One role, asking through the real engine with its real token."""

    engine: Engine
    country: Country
    viewer: Viewer
    cells: int = 0

    async def ask(self, document: str, variables: Mapping[str, object] | None = None) -> dict[str, Any]:
        response = await self.engine.execute(
            GraphQLRequest(document, None, variables), self.viewer, trusted=True
        )
        found: dict[str, Any] = orjson.loads(response.body)
        return found

    def may_see(self, found: str) -> bool:
        """Say what the matrix says, by hand and not by the scopes."""
        role, type_name = self.viewer.role, found.partition("_")[0]
        place = self.country.places.get(found, NOBODYS)
        if role not in ONLY_FOR.get(type_name, frozenset(UserRole)):
            return False
        if role not in self.country.papers.get(found, frozenset(UserRole)):
            return False
        if type_name in OF_THE_ACCESS_LAYER:
            return self._is_own(found, type_name)
        return place == EVERYWHERE or place in REACHED[role]

    def _is_own(self, found: str, type_name: str) -> bool:
        role = self.viewer.role
        if type_name == "NotificationPreference":
            return found == f"NotificationPreference_{self.viewer.user_id}"
        if type_name == "Upload":
            return self.country.senders[found] == self.viewer.actor
        if role is UserRole.NATIONAL_ADMINISTRATOR:
            return True
        if type_name == "User":
            national = {self.country.owners[str(other)] for other in (
                UserRole.NATIONAL_ADMINISTRATOR, UserRole.NATIONAL_VIEWER)}  # fmt: skip
            return found == self.viewer.actor or (
                role is UserRole.PROVINCE_ADMINISTRATOR and found not in national
            )
        if type_name == "PartnerAgency":
            return role is UserRole.PARTNER_AGENCY
        return type_name == "ApiToken" and found == f"ApiToken_{self.viewer.token_id}"

    def check_ids(self, answer: object) -> None:
        """Nothing the role may not see is named anywhere in an answer."""
        for found in set(ID.findall(orjson.dumps(answer).decode())):
            self.cells += 1
            # An event names its subject; that of an event seen is always of the same cluster.
            assert self.may_see(found), (self.viewer.role, found, self.country.places.get(found))


def everything_of(type_: ObjectType, engine: Engine) -> str:
    """Select every field of a type: scalars, relations in both directions, figures."""
    parts: list[str] = []
    for name, field in type_.fields.items():
        match field:
            case Scalar():
                parts.append(name)
            case ToOne():
                parts.append(f"{name} {{ id }}")
            case ToMany() if field.declaration.paged:
                parts.append(f"{name} {{ totalCount nodes {{ id }} edges {{ cursor }} }}")
            case ToMany():
                parts.append(f"{name} {{ id }}")
            case Computed():
                figures = engine.catalog.type(field.target).fields
                scalars = " ".join(part for part, kind in figures.items() if isinstance(kind, Scalar))
                parts.append(f"{name} {{ __typename {scalars} }}")
            case _:
                parts.append(f"{name} {{ action allowed reasons {{ code }} }}")
    return " ".join(parts)


def entities(engine: Engine) -> Iterator[tuple[str, str, ObjectType]]:
    for name, entity in ENTITIES.items():
        yield name, entity.plural if entity.root else "", engine.catalog.type(name)
