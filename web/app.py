"""Put the admin together: routes, static files, security, the documents proved against the schema."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from services.graphql import Lifecycle, note, through_the_log
from web import by_secret, entry, handlers, live, papers, passwords, provider
from web.documents import DocumentsInvalid, load_documents, proven_documents
from web.door import Door
from web.forms import FormImpossible, fields_of
from web.house import Appearance, House
from web.jobs import download, starting
from web.jobs.runner import Runner
from web.jobs.starting import check_bulk
from web.metrics import PageMetrics
from web.navigation import NAVIGATION
from web.observation import PageObservation
from web.operations import LastAnswers
from web.past import Past
from web.routes import PAGES
from web.security import SameSiteOnly, SecurityHeaders, content_security_policy

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
    from datetime import date

    from graphql import GraphQLSchema
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from services.graphql import Bells, Files, Journal
    from services.jobs import Jobs
    from web.by_secret import Readers
    from web.documents import Document
    from web.door import Engine
    from web.jobs.runner import People
    from web.page import Page
    from web.session import Sessions

ROOT: Final = Path(__file__).parent
FOLDER: Final = ROOT / "pages"


@dataclass(frozen=True)
class Work:
    """What the work behind the pages needs: where jobs stand, and what their owners may do now."""

    jobs: Jobs
    people: People


class Static(StaticFiles):
    """Static files whose address carries a mark of their content, so browsers may keep them."""

    def file_response(self, *arguments: object, **named: object) -> Response:
        """Let the browser keep the file for a year: a changed file has another address."""
        response = super().file_response(*arguments, **named)  # type: ignore[arg-type]  # passed on as they came
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


def create_app(  # noqa: PLR0913 - the parts an admin is made of
    engine: Engine,
    schema: GraphQLSchema,
    sessions: Sessions,
    today: Callable[[], date],
    appearance: Appearance | None = None,
    *,
    pages: Sequence[Page] = PAGES,
    folder: Path = FOLDER,
    extra_routes: Sequence[BaseRoute] = (),
    work: Work | None = None,
    lifecycle: Lifecycle | None = None,
    readers: Readers | None = None,
    files: Files | None = None,
    journal: Journal = through_the_log,
    bells: Bells | None = None,
    documents: Mapping[str, Document] | None = None,
    metrics: PageMetrics | None = None,
) -> Starlette:
    """Build the application; a form, or a document not given already, that does not fit the schema stops it here."""
    looks = appearance or Appearance()
    if documents is None:
        documents = (proven_documents if folder == FOLDER else load_documents)(folder, schema)
    check_pages(pages, documents)
    check_bulk(pages, documents)
    door, alive = Door(engine), lifecycle or Lifecycle()
    runner = Runner(work.jobs, door, work.people, pages, documents) if work else None
    past, figures = Past(schema, pages, documents), metrics or PageMetrics()
    house = House(door, documents, sessions, looks, NAVIGATION, today, past, runner, files)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        if runner:
            runner.start()
        alive.started = True
        yield
        if runner:
            await runner.stop()

    app = Starlette(
        routes=[
            *(_route(house, page) for page in pages),
            *starting.routes(house, pages),
            *(download.routes(house, work.jobs) if work else ()),
            *papers.routes(house),
            *entry.routes(house),
            *live.routes(house, alive, bells),
            *(by_secret.routes(house, readers) if readers else ()),
            *(passwords.routes(house) if looks.passwords else ()),
            *provider.routes(house),
            Mount("/static", Static(directory=ROOT / "static"), name="static"),
            *extra_routes,
        ],
        middleware=[
            Middleware(PageObservation, journal=journal, metrics=figures),
            Middleware(
                SecurityHeaders,
                policy=content_security_policy(looks.script, looks.stylesheet),
                secure=looks.secure,
            ),
            Middleware(LastAnswers, lifecycle=alive),
            Middleware(SameSiteOnly, own_origins=looks.origins),
        ],
        lifespan=lifespan,
        exception_handlers={
            404: entry.failed(house),
            405: entry.failed(house),
            500: entry.failed(house, 500),
        },
    )
    figures.know(app.routes)
    return app


def check_pages(pages: Sequence[Page], documents: Mapping[str, Document]) -> None:
    """Refuse a page without its document or template, or with a form that its mutation cannot take."""
    for page in pages:
        document = documents.get(page.document)
        if document is None:
            raise DocumentsInvalid(f"{page.document}.graphql is missing for the page {page.path}")
        if page.form and document.mutation is None:
            raise FormImpossible(f"{page.document}.graphql has no mutation for the form of {page.path}")
        if page.form and document.mutation:
            for field in fields_of(page.form, document.mutation):
                if field.reference and f"{field.reference}/options" not in documents:
                    raise FormImpossible(f"{field.reference}/options.graphql is missing for {page.path}")


def _route(house: House, page: Page) -> Route:
    async def endpoint(request: Request) -> Response:
        note(request.scope, operation=page.document)
        handle: Callable[..., Awaitable[Response]] = (
            handlers.submit if request.method == "POST" else handlers.show
        )
        return await handle(house, page, request)

    methods = ["GET", "POST"] if page.form else ["GET"]
    return Route(page.path, endpoint, methods=methods, name=page.document)
