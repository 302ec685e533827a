"""A small schema of a weaving workshop behind the real admin framework, and a client that speaks to it."""

from __future__ import annotations

import asyncio
import datetime as dt
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import asyncpg
import httpx2
import pytest
from graphql import build_schema

from schema.identity import global_id
from schema.viewers import Viewer
from schema.vocabulary import UserRole
from services.database import close_rows, open_pool, open_rows
from services.graphql import NotArrived
from services.jobs import Jobs
from services.sample.load import copy_sample
from services.sample.lorestan.facts import SLUG
from services.sample.progress import silent
from services.settings import read_settings
from tests.admin.behind import Behind, EveryoneIsTheOffice
from tests.admin.office_people import DIRECTOR, SESSION, move_in
from tests.admin.workshop import EDIT, EDIT_PAGE, OPTIONS, WORKSHOP, Workshop
from web.app import Work, create_app
from web.house import Appearance
from web.session import SignedIn, SignInOutcome

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from starlette.applications import Starlette

    from services.graphql import Engine, GraphQLRequest, GraphQLResponse
    from web.page import Page


class OneWeaver:
    """Sessions of one weaver, whose token is `thread`."""

    async def signed_in(self, _request: object, token: str) -> SignedIn | None:
        """Know the weaver by the token."""
        if token != "thread":
            return None
        return SignedIn(
            Viewer(role=UserRole.NATIONAL_ADMINISTRATOR, actor="weaver"), "NATIONAL_ADMINISTRATOR"
        )

    async def sign_in(self, _request: object, email: str, password: str) -> SignInOutcome:
        """Let the weaver in with the right password, and slow down who asks too often."""
        if password == "too often":
            return SignInOutcome(retry_after=30)
        fits = (email, password) == ("weaver@example.org", "madder-and-indigo")
        return SignInOutcome(token="thread") if fits else SignInOutcome()

    async def sign_out(self, _request: object, _token: str) -> bool:
        """There is nothing to end."""
        return False

    async def visit_provider(self, _target: str) -> NotArrived:
        """There is no provider."""
        return NotArrived("failed")

    async def return_from_provider(self, *_: object) -> NotArrived:
        """Nobody comes from there."""
        return NotArrived("failed")

    async def provider_farewell(self) -> None:
        """There is nothing to end there either."""

    async def request_reset(self, email: str) -> None:
        """Send nothing."""

    async def letter_is_good(self, secret: str) -> bool:
        """Know one letter."""
        return secret == "letter"

    async def reset_password(self, secret: str, _new: str) -> bool:
        """Accept that letter."""
        return secret == "letter"

    async def change_password(
        self, _request: object, _user_id: object, _old: str, _new: str
    ) -> SignInOutcome:
        """Change nothing."""
        return SignInOutcome(token="thread")


@pytest.fixture
def weaver_sessions() -> OneWeaver:
    """Return sessions that know one token."""
    return OneWeaver()


@pytest.fixture
def loom() -> dict[str, Any]:
    """Return the loom that the small schema knows."""
    dyer = {"id": "Dyer_1", "nameFa": "رنگرز", "nameEn": "Dyer"}
    return {
        "id": "Loom_1", "revision": 4, "nameFa": "دار جاجیم", "nameEn": "Jajim loom", "status": "IDENTIFIED",
        "builtOn": "2015-04-25", "knots": 1250, "natural": True, "price": "1000", "dyer": dyer,
    }  # fmt: skip


@pytest.fixture
def workshop(loom: dict[str, Any]) -> Workshop:
    """Return the small schema with one loom; the test may change the answers."""

    def looms(_info: object, **_arguments: object) -> dict[str, Any]:
        return {
            "nodes": [loom],
            "totalCount": 1,
            "pageInfo": {"hasNextPage": False, "hasPreviousPage": False},
        }

    def dyers(_info: object, **arguments: object) -> dict[str, Any]:
        others = [{"id": f"Dyer_{number}", "nameFa": f"رنگرز {number}", "nameEn": "D"} for number in (2, 3)]
        return {"nodes": others[: 1 if arguments.get("filter") else 2]}

    return Workshop(
        build_schema(WORKSHOP),
        {
            "loom": lambda _info, id: loom if id == "Loom_1" else None,  # noqa: A006 - the argument's own name
            "looms": looms,
            "dyers": dyers,
            "editLoom": lambda _info, input: {"loom": loom, "problems": []},  # noqa: A006, ARG005 - as above
        },
    )


@pytest.fixture
def pages_folder(tmp_path: Path) -> Path:
    """Write a folder of documents for the small schema."""
    for name, text in {"looms/edit": EDIT, "dyers/options": OPTIONS}.items():
        path = tmp_path / f"{name}.graphql"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def admin(workshop: Workshop, pages_folder: Path, weaver_sessions: OneWeaver) -> Starlette:
    """Build the real application with one page of the small schema."""
    return create_app(
        workshop,
        workshop.schema,
        weaver_sessions,
        lambda: dt.date(2026, 11, 23),
        Appearance(script="https://cdn.example/htmx.js", stylesheet="https://cdn.example/font/v.css"),
        pages=(EDIT_PAGE,),
        folder=pages_folder,
    )


@pytest.fixture
def speak() -> Callable[..., httpx2.AsyncClient]:
    """Make a client for an application, signed in and reading Persian unless told otherwise."""

    def client(
        app: Starlette,
        *,
        token: str = "thread",  # noqa: S107 - a token of tests
        **cookies: str,
    ) -> httpx2.AsyncClient:
        kept = {"__Host-khoosheh": token, **cookies} if token else cookies
        return httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=app), base_url="https://admin.example", cookies=kept
        )

    return client


@pytest.fixture
async def weaver(
    admin: Starlette, speak: Callable[..., httpx2.AsyncClient]
) -> AsyncIterator[httpx2.AsyncClient]:
    """Yield a signed-in Persian reader of the small admin."""
    async with speak(admin) as client:
        yield client


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
    """Sessions of the national administrator."""

    async def signed_in(self, _request: object, token: str) -> SignedIn | None:
        """Know the administrator by the token."""
        viewer = Viewer(
            role=UserRole.NATIONAL_ADMINISTRATOR,
            actor=global_id("User", DIRECTOR),
            user_id=DIRECTOR,
            session_id=SESSION,
        )
        return SignedIn(viewer, viewer.role.value) if token == "thread" else None


@pytest.fixture(scope="module")
def sample_database(module_database_url: str) -> str:
    """Fill a database with the sample, once for a module that only reads."""

    async def load() -> None:
        connection = await asyncpg.connect(module_database_url)
        try:
            await copy_sample(connection, silent)
            await move_in(connection)
        finally:
            await connection.close()

    asyncio.run(load())
    return module_database_url


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


@pytest.fixture(scope="session")
def listening(contract_engine: Engine) -> Listening:
    """Listen to the engine of all tests."""
    return Listening(contract_engine, [])


@pytest.fixture(scope="session")
def whole_admin(listening: Listening) -> Starlette:
    """Build the admin once: proving its documents takes longer than many a test."""
    engine = listening.engine
    return create_app(listening, engine.schema, NationalOffice(), engine.today)


@asynccontextmanager
async def open_office(
    url: str, app: Starlette, listening: Listening, speak: Callable[..., httpx2.AsyncClient], most: int = 1
) -> AsyncIterator[Office]:
    """Open the whole admin on a database; the statements of its first connection are listened to."""
    settings = read_settings(database_url=url, database_pool_min=1, database_pool_max=most)
    pool = await open_pool(settings)
    await open_rows(settings, pool=pool)
    listening.engine.settings = settings
    await listening.engine.open(pool)
    listening.executed.clear()
    statements: list[str] = []
    ids = {}
    async with pool.acquire() as connection:
        for folder, table, kind, sql in THINGS:
            ids[folder] = f"{kind}_{await connection.fetchval(sql.format(table=table), SLUG)}"
        connection.add_query_logger(lambda record: statements.append(record.query))
    async with speak(app) as client:
        yield Office(app, client, statements, listening.executed, ids, listening.engine, NationalOffice())
    await close_rows()
    await pool.close()


@pytest.fixture
async def office(
    sample_database: str,
    whole_admin: Starlette,
    listening: Listening,
    speak: Callable[..., httpx2.AsyncClient],
) -> AsyncIterator[Office]:
    """Open the whole admin on the sample, with one connection whose statements are listened to."""
    async with open_office(sample_database, whole_admin, listening, speak) as opened:
        yield opened


@pytest.fixture
def sample_copy(sample_database: str, copy_database: Callable[[str], Any]) -> Iterator[str]:
    """Copy the database of the sample for a test that changes it."""
    with copy_database(sample_database) as url:
        yield url


@pytest.fixture
async def own_office(
    sample_copy: str,
    whole_admin: Starlette,
    listening: Listening,
    speak: Callable[..., httpx2.AsyncClient],
) -> AsyncIterator[Office]:
    """Open the whole admin on a copy of the sample that the test may change."""
    async with open_office(sample_copy, whole_admin, listening, speak, most=4) as opened:
        yield opened


@pytest.fixture
async def behind(
    own_office: Office, listening: Listening, speak: Callable[..., httpx2.AsyncClient]
) -> AsyncIterator[Behind]:
    """Open the office with its work behind the pages."""
    pool = own_office.engine.pool
    await pool.execute("update job set status = 'STOPPED', finished_at = now()")
    viewer = await own_office.sessions.signed_in(object(), "thread")
    assert viewer
    jobs, people = Jobs(pool), EveryoneIsTheOffice(viewer.viewer)
    app = create_app(
        listening,
        own_office.engine.schema,
        own_office.sessions,
        own_office.engine.today,
        work=Work(jobs, people),
    )
    async with speak(app) as client:
        yield Behind(own_office, client, jobs, people)
