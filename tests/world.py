"""A small remembered world behind the real engine: one province reached, one foreign, and who asks."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
import pytest

from schema.clusters.rows import Cluster
from schema.councils.rows import CouncilDecision, CouncilMeeting, SteeringCouncil
from schema.networks.rows import Network
from schema.phases.rows import Phase
from schema.plans.rows import ActionPlan
from schema.projects.rows import ClusterProject, PhaseTemplate, ProgrammeTemplate
from schema.provinces.rows import Province
from schema.stakeholders.rows import Stakeholder
from schema.sub_projects.rows import SubProject, SubProjectNetwork
from schema.support.rows import SupportCommitment, SupportInstitution
from schema.viewers import Viewer
from schema.vocabulary import UserRole
from services.database import close_rows, open_rows
from services.graphql.contract import payload_field
from services.graphql.engine import Engine
from services.graphql.exchange import GraphQLRequest
from services.graphql.mutations.registry import MUTATIONS
from services.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    import asyncpg

    from services.settings import Settings

TODAY = datetime.date(2026, 11, 23)


@dataclass(slots=True)
class Api:
    """Asks the engine as somebody, and looks at the tables behind it."""

    engine: Engine
    pool: asyncpg.Pool[asyncpg.Record]
    viewer: Viewer
    now: datetime.datetime

    def as_(self, role: UserRole, **reach: Any) -> Api:
        """Ask as somebody else."""
        return replace(self, viewer=Viewer(role=role, actor=f"{role.value} (test)", language="en", **reach))

    async def ask(self, query: str, variables: Mapping[str, object] | None = None) -> dict[str, Any]:
        """Execute a document and return the whole answer."""
        response = await self.engine.execute(GraphQLRequest(query, None, variables), self.viewer)
        found: dict[str, Any] = orjson.loads(response.body)
        return found

    async def data(self, query: str, variables: Mapping[str, object] | None = None) -> dict[str, Any]:
        """Execute a document that must succeed and return its data."""
        found = await self.ask(query, variables)
        assert "errors" not in found, found
        data: dict[str, Any] = found["data"]
        return data

    async def run(self, mutation: str, given: Mapping[str, object], shown: str = "id") -> dict[str, Any]:
        """Run one mutation and return its payload."""
        name = f"{mutation[0].upper()}{mutation[1:]}Input"
        field = self.payload_field(mutation)
        document = (
            f"mutation ($input: {name}!) {{ {mutation}(input: $input) {{ {field} {{ {shown} }} "
            "problems { code path message } warnings { code path message } } }"
        )
        data = await self.data(document, {"input": dict(given)})
        payload: dict[str, Any] = data[mutation]
        return payload

    def payload_field(self, mutation: str) -> str:
        """Return the name under which a mutation's payload shows its entity."""
        return payload_field(MUTATIONS[mutation].target)

    async def accepted(self, mutation: str, given: Mapping[str, object], shown: str = "id") -> dict[str, Any]:
        """Run a mutation that must be accepted and return the entity it shows."""
        payload = await self.run(mutation, given, shown)
        assert payload["problems"] == [], payload
        entity: dict[str, Any] = payload[self.payload_field(mutation)]
        return entity

    async def refused(self, mutation: str, given: Mapping[str, object]) -> list[tuple[str, list[str]]]:
        """Run a mutation that must be refused; prove that no row and no event appeared."""
        before = await self.footprint()
        payload = await self.run(mutation, given)
        assert payload["problems"], payload
        assert await self.footprint() == before
        return [(problem["code"], problem["path"]) for problem in payload["problems"]]

    async def footprint(self) -> tuple[int, ...]:
        """Count the rows that every accepted change leaves."""
        row = await self.pool.fetchrow(
            "select (select count(*) from event), (select count(*) from audit_entry)"
        )
        return tuple(row)

    async def events(self) -> list[str]:
        """Return the types of all events in order."""
        return [row["type"] for row in await self.pool.fetch("select type from event order by sequence")]


@pytest.fixture(scope="session")
def contract_engine() -> Engine:
    """Build the schema and the catalog once for all tests; the day is fixed."""
    noon = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
    return Engine(read_settings(), now=lambda: noon)


@pytest.fixture
async def engine(
    contract_engine: Engine, settings: Settings, pool: asyncpg.Pool[asyncpg.Record]
) -> AsyncIterator[Engine]:
    """Open the engine on the test's database."""
    contract_engine.settings = settings
    await open_rows(settings, pool=pool)
    await contract_engine.open(pool)
    yield contract_engine
    await close_rows()


@pytest.fixture
def api(engine: Engine, pool: asyncpg.Pool[asyncpg.Record]) -> Api:
    """Ask as the national administrator, in English."""
    noon = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
    viewer = Viewer(
        role=UserRole.NATIONAL_ADMINISTRATOR, actor="national administrator (test)", language="en"
    )
    return Api(engine, pool, viewer, noon)


def identity(global_id: str) -> UUID:
    """Return the row id inside a global id."""
    return UUID(global_id.partition("_")[2])


def number(kind: int, index: int) -> UUID:
    """Return the fixed id of the n-th row of a kind in the remembered world."""
    return UUID(int=(0x0190_0000_0000 << 80) | 0x7 << 76 | 0b10 << 62 | kind << 32 | index)


PROVINCE, CLUSTER, PROJECT, PHASE, STAKEHOLDER, NETWORK, INSTITUTION, PLAN, SUB_PROJECT, TEMPLATE, COUNCIL = (
    range(1, 12)
)
_PHASES = (
    ("DIAGNOSTIC_STUDY", "WINDOWED"),
    ("TRUST_BUILDING", "CONTINUOUS"),
    ("ACTION_PLAN", "RECURRING"),
    ("IMPLEMENTATION", "OPEN_ENDED"),
    ("AGENT_EXIT", "WINDOWED"),
)
_WINDOWS = {"DIAGNOSTIC_STUDY": (3, 4), "AGENT_EXIT": (4, 6)}
_ROWS = {
    "province": Province, "cluster": Cluster, "programme_template": ProgrammeTemplate, "network": Network,
    "cluster_project": ClusterProject, "phase": Phase, "action_plan": ActionPlan, "sub_project": SubProject,
    "sub_project_network": SubProjectNetwork, "stakeholder": Stakeholder,
    "support_institution": SupportInstitution, "support_commitment": SupportCommitment,
}  # fmt: skip
_NAMES = ("گلیم", "پته", "ترمه", "چادرشب")


async def _insert(table: str, **values: Any) -> None:
    """Insert through the row class, whose defaults fill the columns this world does not care about."""
    await _ROWS[table].create(**values)


async def _approved_plan(index: int, home: dict[str, Any], on: datetime.date) -> None:
    """Give a cluster a plan that its council approved."""
    council, meeting, decision = (number(COUNCIL, index * 10 + part) for part in range(3))
    plan = number(PLAN, index)
    await ActionPlan.create(id=plan, **home, project_id=number(PROJECT, index), version=1, status="SUBMITTED")
    await SteeringCouncil.create(id=council, **home, formed_on=on)
    await CouncilMeeting.create(
        id=meeting, **home, council_id=council, status="HELD", scheduled_on=on, held_on=on
    )
    await CouncilDecision.create(
        id=decision, **home, meeting_id=meeting, subject="ACTION_PLAN", plan_id=plan, decision="APPROVE",
        decided_on=on,
    )  # fmt: skip
    await ActionPlan.filter(id=plan).update(
        status="APPROVED", decision_id=decision, approved_on=on, next_due_on=datetime.date(2027, 6, 1)
    )


@pytest.fixture
async def world(engine: Engine) -> None:
    """Two provinces; clusters 1–3 in the first, 4 in the second; each with a project, phases and people."""
    pool = engine.pool
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    record = {"revision": 1, "created_at": now}
    entered = {**record, "is_sample": False}
    start = datetime.date(2026, 6, 1)
    for index, (code, fa, en) in enumerate(
        (("IR-15", "لرستان", "Lorestan"), ("IR-08", "کرمان", "Kerman")), 1
    ):
        await _insert(
            "province", id=number(PROVINCE, index), **record, iso_code=code, legacy_iso_code=f"IR-9{index}",
            name_fa=fa, name_en=en, capital_fa=fa, capital_en=en, latitude=33.0, longitude=48.0,
            tile_column=index, tile_row=1,
        )  # fmt: skip
    existing = await pool.fetchval("select id from programme_template order by version limit 1")
    template = existing or number(TEMPLATE, 1)
    if existing is None:
        await _insert(
            "programme_template", id=template, **record, version=1, name_fa="برنامه", name_en="Programme",
            thresholds={},
        )  # fmt: skip
        for ordinal, (code, kind) in enumerate(_PHASES, 1):
            least, most = _WINDOWS.get(code, (None, None))
            await PhaseTemplate.create(
                template_id=template, code=code, ordinal=ordinal, kind=kind, min_months=least,
                max_months=most,
            )  # fmt: skip
    institution = number(INSTITUTION, 1)
    await _insert(
        "support_institution", id=institution, **entered, name_fa="بانک", name_en="Bank", kind="BANK",
        sector="GOVERNMENTAL",
    )  # fmt: skip
    for index, fa in enumerate(_NAMES, 1):
        cluster, project, plan = number(CLUSTER, index), number(PROJECT, index), number(PLAN, index)
        home = {"cluster_id": cluster, **entered}
        await _insert(
            "cluster", id=cluster, **entered, slug=f"cluster-{index}", name_fa=f"خوشه {fa}",
            name_en=f"Cluster {index}", province_id=number(PROVINCE, 1 if index <= 3 else 2),
            status="UNDER_DEVELOPMENT", workshops_count=None if index == 2 else index * 10,
        )  # fmt: skip
        await _insert(
            "cluster_project", id=project, **home, template_id=template, status="ACTIVE", name_fa="پروژه",
            name_en="Project", planned_start=start, planned_end=datetime.date(2029, 6, 1), actual_start=start,
            currency="IRR",
        )  # fmt: skip
        for ordinal, (code, kind) in enumerate(_PHASES, 1):
            running = ordinal <= 2
            window = kind == "WINDOWED" and running
            await _insert(
                "phase", id=number(PHASE, index * 10 + ordinal), **home, project_id=project, code=code,
                ordinal=ordinal, kind=kind, status="IN_PROGRESS" if running else "NOT_STARTED",
                actual_start=start if running else None,
                window_start=datetime.date(2026, 9, 1) if window else None,
                window_end=datetime.date(2026, 10 + index % 3, 1) if window else None,
            )  # fmt: skip
        await _approved_plan(index, home, start)
        for part in range(1, 4):
            sub_project = number(SUB_PROJECT, index * 10 + part)
            await _insert(
                "sub_project", id=sub_project, **home, plan_id=plan,
                type=("MARKET_DEVELOPMENT", "QUALITY_IMPROVEMENT", "NETWORKING")[part - 1], status="APPROVED",
                name_fa=f"ریزپروژه {part}", name_en=f"Sub-project {part}", defined_by="AGENT", led_by="AGENT",
            )  # fmt: skip
            await _insert(
                "stakeholder", id=number(STAKEHOLDER, index * 10 + part), **home, kind="WORKSHOP",
                role="WEAVER", name_fa=f"کارگاه {part}", name_en=f"Workshop {part}", phone="0661234",
            )  # fmt: skip
        await _insert(
            "network", id=number(NETWORK, index), **home, kind="HORIZONTAL", name_fa="شبکه",
            name_en="Network", registration_status="UNREGISTERED",
        )  # fmt: skip
        await _insert(
            "sub_project_network", id=number(NETWORK, 100 + index), **home,
            sub_project_id=number(SUB_PROJECT, index * 10 + 1), network_id=number(NETWORK, index),
        )  # fmt: skip
        await _insert(
            "support_commitment", id=number(INSTITUTION, 100 + index), **home, institution_id=institution,
            sub_project_id=number(SUB_PROJECT, index * 10 + 1), plan_id=plan, kind="SERVICE",
            committed_on=start,
        )  # fmt: skip
