"""One event in the data of SCALE=1, which is loaded past the rules: made by a mutation, as everybody makes one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import orjson

from schema.viewers import Viewer
from schema.vocabulary import UserRole
from services.graphql import GraphQLRequest, open_engine
from services.settings import read_settings

if TYPE_CHECKING:
    from uuid import UUID

    from bench.setting import Setting

_EDIT: Final = "mutation ($input: EditClusterInput!) { editCluster(input: $input) { problems { message } } }"


class NothingHappened(Exception):
    """The mutation that was to make an event was refused; the message is the answer."""


async def let_something_happen(found: Setting, user: UUID) -> None:
    """Edit the cluster of the bench as a national administrator, unless something has happened before.

    Raises:
        NothingHappened: the edit was refused.
    """
    viewer = Viewer(UserRole.NATIONAL_ADMINISTRATOR, f"User_{user}", user_id=user)
    async with open_engine(read_settings(database_url=found.database)) as engine:
        if await engine.pool.fetchval("select exists (select from event)"):
            return
        given = {"input": {"id": f"Cluster_{found.cluster}", "managementFte": 2.5}}
        response = await engine.execute(GraphQLRequest(_EDIT, None, given, None), viewer)
        answer = orjson.loads(response.body)
        if answer.get("errors") or answer["data"]["editCluster"]["problems"]:
            raise NothingHappened(response.body.decode())
