"""Random commands over all nouns: each an input of the contract, filled with what is there and with nonsense."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLList, GraphQLNonNull

from schema.graph import ENTITIES
from schema.identity import global_id, new_id, read_global_id
from schema.vocabulary import UserRole
from services.graphql.mutations.registry import MUTATIONS, Mutation

if TYPE_CHECKING:
    from tests.world import Api

TODAY: Final = date(2026, 11, 23)
OF_THE_COUNTRY: Final = {
    "Cluster", "ProgrammeTemplate", "SupportInstitution", "AdditionalSubProjectType",
    "AdditionalTrustActivityType", "Indicator",
    "ProvincialCommittee", "CommitteeSeat", "CommitteeSession", "County", "Place", "NationalCouncil",
    "NationalCouncilSeat", "NationalCouncilSession",
}  # fmt: skip
# What ends a whole cluster would leave nothing to try: it comes rarely.
RARE: Final = {
    "deleteCluster", "makeClusterDormant", "cancelProject", "dissolveSteeringCouncil", "dissolveNetwork",
    "endCouncilSeat", "endMembership", "removeStakeholder", "removeSupportInstitution", "createCluster",
    "createTemplateVersion", "publishTemplate", "suspendProject", "completeExit", "createProject",
    "dissolveProvincialCommittee", "dissolveNationalCouncil",
}  # fmt: skip
NAMED: Final = {
    "clusterId": "Cluster", "projectId": "ClusterProject", "planId": "ActionPlan", "strategyId": "Strategy",
    "programmeId": "OperationalProgramme", "councilId": "SteeringCouncil", "meetingId": "CouncilMeeting",
    "seatId": "CouncilSeat", "networkId": "Network", "networkIds": "Network", "institutionId": "SupportInstitution",
    "parentId": "SupportInstitution", "stakeholderId": "Stakeholder", "raterId": "Stakeholder",
    "memberId": "Stakeholder", "rateeId": "Stakeholder",
    "participantId": "TrustParticipant", "subProjectId": "SubProject", "done": "Milestone",
    "additionalTypeId": "AdditionalSubProjectType",
    "TrustActivity.additionalTypeId": "AdditionalTrustActivityType", "countyId": "County", "countyIds": "County",
    "provinceId": "Province", "indicatorId": "Indicator", "correctsId": "IndicatorValue",
    "NationalCouncilSeat.councilId": "NationalCouncil", "NationalCouncilSession.councilId": "NationalCouncil",
    "committeeId": "ProvincialCommittee", "placeId": "Place", "planIds": "ActionPlan",
    "basedOn": "ProgrammeTemplate", "present": "CouncilSeat", "invited": "CouncilSeat",
}  # fmt: skip
USUALLY_GIVEN: Final = {
    "reason", "documentNumber", "overrideReason", "evidence", "note", "legalForm", "registrationNumber", "present",
    "votes", "done", "on", "parts", "stakeholderId", "memberId", "networkId", "visionFa", "programmeId", "networkIds",
}  # fmt: skip
PLAIN: Final[dict[str, tuple[object, ...]]] = {
    "Int": (1, 2, 3, 4, 5, 5, 10, -1, 100),
    "Float": (0.0, 0.5, 0.9, 1.0, 1.0, 2.5),
    "Decimal": ("0", "1", "10", "10", "25.50", "100", "-3"),
    "Boolean": (True, False),
}
OFFERED: Final = "{ action allowed }"
DAYS: Final = (0, 0, 0, 0, -1, -7, -30, -60, -80, 1, 200)


def is_ours(mutation: Mutation) -> bool:
    """Tell the commands on the life of clusters from those on accounts, agencies and messages."""
    columns = ENTITIES[mutation.target].row._meta.fields_map
    return "cluster_id" in columns or mutation.target in OF_THE_COUNTRY


def named_by(mutation: Mutation) -> str:
    """Return the type whose id the field `id` takes."""
    named = mutation.name.removeprefix("remove").removeprefix("withdraw")
    others = {
        "addHandoverStep": "ExitProcess",
        "addMilestone": "SubProject", "addBudgetLine": "SubProject", "takeIndicatorValues": "ClusterProject",
        "recordTrustRating": "TrustSurvey", "endNetworkMember": "Network", "removeTrustParticipant": "TrustActivity",
    }  # fmt: skip
    return others.get(mutation.name) or (named if named in ENTITIES else mutation.target)


def is_placed(api: Api, mutation: Mutation, path: list[str]) -> bool:
    """Tell whether a problem stands at a field of the command, or at what the thing itself still lacks."""
    types = api.engine.schema.type_map
    command = types[f"{mutation.name[0].upper()}{mutation.name[1:]}Input"]
    fields = {*command.fields, *types[mutation.target].fields}  # type: ignore[attr-defined]  # both have some
    return not path or path[0] in fields


@dataclass(slots=True)
class Outcome:
    """What became of the commands."""

    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[str, Any, Any]] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many were run."""
        return self.accepted.total() + self.refused.total() + len(self.faults)


@dataclass(slots=True)
class Caller:
    """One connection that keeps asking for something, mostly something that is open."""

    api: Api
    seed: int
    clusters: tuple[str, ...]
    outcome: Outcome
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        """Draw everything from the seed, so that a run can be told by it."""
        self.chance = random.Random(self.seed)  # noqa: S311 - a test wants the same again, no secret

    async def run(self, commands: int) -> None:
        """Run so many commands one after the other."""
        ours = [mutation for mutation in MUTATIONS.values() if is_ours(mutation)]
        for _ in range(commands):
            cluster = self.chance.choice(self.clusters)
            mutation, given = await self._chosen(ours, cluster)
            if mutation.name in RARE and self.chance.random() > 0.05:
                continue
            document = (
                f"mutation ($input: {mutation.name[0].upper()}{mutation.name[1:]}Input!)"
                f" {{ {mutation.name}(input: $input) {{ problems {{ code path message }} }} }}"
            )
            asked = self.api
            if self.chance.random() < 0.3:
                asked = self.api.as_(UserRole.NATIONAL_ADMINISTRATOR)
            answer = await asked.ask(document, {"input": given})
            if "errors" in answer:
                self.outcome.faults.append((mutation.name, given, answer["errors"]))
                continue
            problems = answer["data"][mutation.name]["problems"]
            misplaced = [
                problem for problem in problems if not is_placed(self.api, mutation, problem["path"])
            ]
            if misplaced:
                self.outcome.faults.append((mutation.name, given, misplaced))
            elif problems:
                self.outcome.refused.update({f"{mutation.name}: {problem['code']}" for problem in problems})
            else:
                self.outcome.accepted[mutation.name] += 1

    async def _chosen(self, ours: list[Mutation], cluster: str) -> tuple[Mutation, dict[str, Any]]:
        """Choose a command: half of them by what `permittedActions` offers on something that is there."""
        if self.chance.random() < 0.6:
            offered = await self._offered(cluster)
            if offered is not None:
                mutation, identity = offered
                return mutation, await self._filled(mutation, cluster, identity)
        mutation = self.chance.choice(ours)
        return mutation, await self._filled(mutation, cluster)

    async def _offered(self, cluster: str) -> tuple[Mutation, str] | None:
        """Find something that is there and what is open on it, rather what was seldom done before."""
        types = [
            name
            for name, entity in ENTITIES.items()
            if "permittedActions" in self.api.engine.catalog.type(name).fields
            and (name == "Cluster" or "cluster_id" in entity.row._meta.fields_map)
        ]
        for type_name in self.chance.sample(types, k=5):
            identity = await self._one(type_name, cluster)
            if identity is None:
                continue
            found = await self.api.ask(
                f"query ($id: ID!) {{ node(id: $id) {{ ... on {type_name} {{ permittedActions {OFFERED} }} }} }}",
                {"id": identity},
            )
            node = (found.get("data") or {}).get("node") or {}
            open_now = [
                MUTATIONS[each["action"]] for each in node.get("permittedActions", ()) if each["allowed"]
            ]
            if open_now:
                done = self.outcome.accepted
                chosen = min(open_now, key=lambda each: (done[each.name], self.chance.random()))
                return chosen, identity
        return None

    async def _one(self, type_name: str, cluster: str) -> str | None:
        """Find something of a type in the cluster, rather something recent; sometimes of another cluster."""
        if type_name == "Cluster":
            return cluster
        entity = ENTITIES[type_name]
        home, values = "", []
        if "cluster_id" in entity.row._meta.fields_map and self.chance.random() > 0.03:
            home, values = "where cluster_id = $1", [read_global_id(cluster)[1]]
        rows = await self.api.pool.fetch(
            f"select id from {entity.row._meta.db_table} {home} order by created_at desc, id desc limit 6",  # noqa: S608
            *values,
        )
        return global_id(type_name, self.chance.choice(rows)["id"]) if rows else None

    async def _all(self, type_name: str, cluster: str) -> list[str]:
        rows = await self.api.pool.fetch(
            f"select id from {ENTITIES[type_name].row._meta.db_table} where cluster_id = $1 and deleted_at is null",  # noqa: S608
            read_global_id(cluster)[1],
        )
        return [global_id(type_name, row["id"]) for row in rows]

    async def _filled(self, mutation: Mutation, cluster: str, about: str | None = None) -> dict[str, Any]:
        """Fill an input; `about` goes wherever it asks for something of that type."""
        schema = self.api.engine.schema
        kind = schema.mutation_type.fields[mutation.name].args["input"].type.of_type  # type: ignore[union-attr]  # there are some
        given: dict[str, Any] = await self._input(kind, cluster, named_by(mutation))
        type_name = (about or "").partition("_")[0]
        fitting = {
            name for name in given if type_name == (named_by(mutation) if name == "id" else NAMED.get(name))
        }
        return {
            **given,
            **{name: [about] if isinstance(given[name], list) else about for name in fitting},
        }

    async def _input(self, kind: GraphQLInputObjectType, cluster: str, itself: str) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name, part in kind.fields.items():
            needed = isinstance(part.type, GraphQLNonNull)
            if name in {"idempotencyKey", "expectedRevision", "userId"}:
                continue
            often = 0.95 if name in USUALLY_GIVEN else 0.3
            if needed or self.chance.random() < often:
                made[name] = await self._value(name, part.type, cluster, itself)
        return made

    async def _value(self, name: str, kind: Any, cluster: str, itself: str) -> Any:
        if isinstance(kind, GraphQLNonNull):
            kind = kind.of_type
        if name == "votes":
            return [{"seatId": seat, "vote": "FOR"} for seat in await self._all("CouncilSeat", cluster)]
        if name in {"present", "invited"}:
            return await self._all("CouncilSeat", cluster)
        if isinstance(kind, GraphQLList):
            count = self.chance.choice((1, 1, 2))
            return [await self._value(name, kind.of_type, cluster, itself) for _ in range(count)]
        if isinstance(kind, GraphQLInputObjectType):
            return await self._input(kind, cluster, itself)
        if isinstance(kind, GraphQLEnumType):
            values = list(kind.values)
            return values[0] if self.chance.random() < 0.4 else self.chance.choice(values)
        return await self._scalar(name, kind.name, cluster, itself)

    async def _scalar(self, name: str, kind: str, cluster: str, itself: str) -> Any:
        if kind == "ID":
            type_name = itself if name == "id" else NAMED.get(f"{itself}.{name}") or NAMED.get(name, itself)
            return await self._one(type_name, cluster) or global_id(type_name, new_id())
        if kind == "Date":
            return (TODAY + timedelta(days=self.chance.choice(DAYS))).isoformat()
        return self.chance.choice(PLAIN[kind]) if kind in PLAIN else self._text(name)

    def _text(self, name: str) -> str:
        if name == "period":
            return self.chance.choice(("1404", "۱۴۰۳", "1404-S2", "1405-01", "soon"))
        if name in {"code", "slug", "key"}:
            return self.chance.choice(("trust_short_months", f"c{self.chance.randrange(10**6)}", "کد"))
        word = self.chance.choice(("گليم", "گلیم", "می‌شود", "weaving", "x" * 400, "۱۲۳"))
        return f"{word} {self.chance.randrange(10**9)}"
