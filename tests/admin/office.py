"""The whole admin on the sample, as the national administrator sees it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg

from schema.identity import global_id
from schema.viewers import Viewer
from schema.vocabulary import UserRole
from services.database import close_rows, open_pool, open_rows
from services.sample.load import copy_sample
from services.sample.lorestan.facts import SLUG
from services.sample.progress import silent
from tests.admin.office_people import DIRECTOR, SESSION, move_in
from tests.admin.weaver import OneWeaver
from tests.current_settings import settings_for
from web.session import SignedIn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    import httpx2
    from starlette.applications import Starlette

    from services.graphql import Engine, GraphQLRequest, GraphQLResponse
    from web.page import Page


@dataclass
class Office:
    """The whole admin on the sample: the application, its client, and what PostgreSQL ran."""

    app: Starlette
    client: httpx2.AsyncClient
    statements: list[str]
    executed: list[str]
    ids: dict[str, str]
    engine: Engine
    sessions: NationalOffice

    def knows(self, page: Page) -> bool:
        """Whether the sample has what the page is about."""
        return "{id}" not in page.path or not self.ids[_thing(page)].endswith("_None")

    def address(self, page: Page) -> str:
        """Fill the blanks of a page's path with the Lorestan cluster and its things."""
        assert self.knows(page), f"the sample has nothing to show on {page.path}"
        path = page.path.replace("{slug}", SLUG)
        if page.document == "history/list":
            path = f"/history/{self.ids['users']}"
        if page.document == "views/list":
            path += "?page=/clusters"
        if "{id}" in path:
            path = path.replace("{id}", self.ids[_thing(page)])
        return path


OF_THE_CLUSTER = (
    "select t.id from {table} t join cluster c on c.id = t.cluster_id where c.slug = $1 order by t.id limit 1"
)
OF_THE_OFFICE = "select id from {table} where $1 <> '' order by id desc limit 1"
# By the first part of a page's path, or the part before the blank: what to put into `{id}`.
THINGS = (
    ("projects", "cluster_project", "ClusterProject", OF_THE_CLUSTER),
    ("phases", "phase", "Phase", OF_THE_CLUSTER),
    ("gates", "phase_gate", "PhaseGate", OF_THE_CLUSTER),
    ("sub-projects", "sub_project", "SubProject", OF_THE_CLUSTER),
    ("plans", "action_plan", "ActionPlan", OF_THE_CLUSTER),
    ("strategies", "strategy", "Strategy", OF_THE_CLUSTER),
    ("programmes", "operational_programme", "OperationalProgramme", OF_THE_CLUSTER),
    ("councils", "steering_council", "SteeringCouncil", OF_THE_CLUSTER),
    ("meetings", "council_meeting", "CouncilMeeting", OF_THE_CLUSTER),
    ("documents", "document", "Document", OF_THE_CLUSTER),
    ("seats", "council_seat", "CouncilSeat", OF_THE_CLUSTER),
    ("assignments", "agent_assignment", "AgentAssignment", OF_THE_CLUSTER),
    ("visits", "supervision_visit", "SupervisionVisit", OF_THE_CLUSTER),
    ("feasibility", "feasibility_study", "FeasibilityStudy", OF_THE_CLUSTER),
    ("studies", "diagnostic_study", "DiagnosticStudy", OF_THE_CLUSTER),
    ("trust-activities", "trust_activity", "TrustActivity", OF_THE_CLUSTER),
    ("surveys", "trust_survey", "TrustSurvey", OF_THE_CLUSTER),
    ("networks", "network", "Network", OF_THE_CLUSTER),
    ("network-members", "network_member", "NetworkMember", OF_THE_CLUSTER),
    ("stakeholders", "stakeholder", "Stakeholder", OF_THE_CLUSTER),
    ("memberships", "membership", "Membership", OF_THE_CLUSTER),
    ("milestones", "milestone", "Milestone", OF_THE_CLUSTER),
    ("budget-lines", "budget_line", "BudgetLine", OF_THE_CLUSTER),
    ("commitments", "support_commitment", "SupportCommitment", OF_THE_CLUSTER),
    ("provinces", "province", "Province", "select id from {table} where iso_code = 'IR-15' and $1 <> ''"),
    ("counties", "county", "County", OF_THE_OFFICE),
    ("places", "place", "Place", OF_THE_OFFICE),
    ("committees", "provincial_committee", "ProvincialCommittee", OF_THE_OFFICE),
    ("national-councils", "national_council", "NationalCouncil", OF_THE_OFFICE),
    ("national-seats", "national_council_seat", "NationalCouncilSeat", OF_THE_OFFICE),
    ("committee-seats", "committee_seat", "CommitteeSeat", OF_THE_OFFICE),
    ("outputs", "sub_project_output", "SubProjectOutput", OF_THE_CLUSTER),
    ("risks", "risk", "Risk", OF_THE_CLUSTER),
    (
        "exits",
        "exit_process",
        "ExitProcess",
        "select id from {table} where $1 <> '' and status = 'ANNOUNCED'",
    ),
    (
        "handover-steps",
        "handover_step",
        "HandoverStep",
        "select id from {table} where $1 <> '' and done_on is null order by due_on, id limit 1",
    ),
    ("removed-clusters", "cluster", "Cluster", "select id from {table} where slug = $1"),
    (
        "support",
        "support_commitment",
        "SupportInstitution",
        OF_THE_CLUSTER.replace("t.id from", "t.institution_id from"),
    ),
    ("users", "app_user", "User", OF_THE_OFFICE),
    ("sessions", "user_session", "UserSession", OF_THE_OFFICE),
    ("agencies", "partner_agency", "PartnerAgency", OF_THE_OFFICE),
    ("tokens", "api_token", "ApiToken", OF_THE_OFFICE),
    ("webhooks", "webhook_endpoint", "WebhookEndpoint", OF_THE_OFFICE),
    (
        "deliveries",
        "notification_delivery",
        "NotificationDelivery",
        OF_THE_OFFICE.replace("$1 <> ''", "$1 <> '' and channel = 'WEBHOOK'"),
    ),
    ("events", "event", "Event", OF_THE_OFFICE),
    ("indicators", "indicator", "Indicator", "select id from {table} where code = 'JOBS' and $1 <> ''"),
    ("indicator-values", "indicator_value", "IndicatorValue", OF_THE_CLUSTER),
    ("targets", "indicator_target", "IndicatorTarget", OF_THE_CLUSTER),
    ("set-aside-events", "set_aside_event", "SetAsideEvent", OF_THE_OFFICE),
    ("notification-texts", "notification_text", "NotificationText", OF_THE_OFFICE),
    ("trust-activity-types", "additional_trust_activity_type", "AdditionalTrustActivityType", OF_THE_OFFICE),
    ("sub-project-types", "additional_sub_project_type", "AdditionalSubProjectType", OF_THE_OFFICE),
    ("templates", "programme_template", "ProgrammeTemplate", OF_THE_OFFICE),
    ("jobs", "job", "Job", OF_THE_OFFICE),
    ("views", "saved_view", "SavedView", OF_THE_OFFICE),
    ("inbox", "inbox_entry", "InboxEntry", OF_THE_OFFICE),
    ("notifications", "notification_subscription", "NotificationSubscription", OF_THE_OFFICE),
)


def _thing(page: Page) -> str:
    return page.path.split("/{id}")[0].rsplit("/", 1)[1]


class NationalOffice(OneWeaver):
    """Sessions of the national administrator, and of whoever else the token says: `ROLE:province:cluster`."""

    async def signed_in(self, _request: object, token: str) -> SignedIn | None:
        """Know the administrator by the token, and everybody else by what stands in theirs."""
        if ":" in token:
            role, province, cluster = token.split(":")
            other = Viewer(
                role=UserRole(role),
                actor=global_id("User", DIRECTOR),
                user_id=DIRECTOR,
                provinces=(UUID(province),) if province else (),
                clusters=(UUID(cluster),) if cluster else (),
            )
            return SignedIn(other, other.role.value)
        viewer = Viewer(
            role=UserRole.NATIONAL_ADMINISTRATOR,
            actor=global_id("User", DIRECTOR),
            user_id=DIRECTOR,
            session_id=SESSION,
        )
        return SignedIn(viewer, viewer.role.value) if token == "thread" else None


@dataclass(frozen=True)
class Sample:
    """A database with the sample in it, and by the parts of paths what their blanks are filled with."""

    url: str
    ids: dict[str, str]


async def fill(url: str) -> dict[str, str]:
    """Fill a database with the sample and the people of the office; return what blanks are filled with."""
    connection = await asyncpg.connect(url)
    try:
        await copy_sample(connection, silent)
        await move_in(connection)
        return {
            folder: f"{kind}_{await connection.fetchval(sql.format(table=table), SLUG)}"
            for folder, table, kind, sql in THINGS
        }
    finally:
        await connection.close()


@dataclass
class Listening:
    """The engine, remembering the operations it was asked for."""

    engine: Engine
    executed: list[str]

    async def execute(
        self, request: GraphQLRequest, viewer: Viewer, *, trusted: bool = False
    ) -> GraphQLResponse:
        """Execute and remember."""
        self.executed.append(request.operation_name or "")
        return await self.engine.execute(request, viewer, trusted=trusted)


@asynccontextmanager
async def open_office(
    sample: Sample,
    app: Starlette,
    listening: Listening,
    speak: Callable[..., httpx2.AsyncClient],
    most: int = 1,
) -> AsyncIterator[Office]:
    """Open the whole admin on a database; the statements of its first connection are listened to."""
    settings = settings_for(sample.url, database_pool_max=most)
    pool = await open_pool(settings)
    await open_rows(settings, pool=pool)
    listening.engine.settings = settings
    await listening.engine.open(pool)
    listening.executed.clear()
    statements: list[str] = []
    async with pool.acquire() as connection:
        connection.add_query_logger(lambda record: statements.append(record.query))
    async with speak(app) as client:
        yield Office(
            app, client, statements, listening.executed, sample.ids, listening.engine, NationalOffice()
        )
    await close_rows()
    await pool.close()
