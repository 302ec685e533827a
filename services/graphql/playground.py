"""Serves GraphiQL at /graphiql to signed-in users and token holders, and to nobody else.

Its files come from a content delivery network or from wherever a closed network keeps them. A browser cannot
send a token by itself, so whoever has one gives it in a form, and then puts it into the headers editor.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.graphql.body import read_body
from services.graphql.exchange import Refusal
from services.graphql.protocol import refusal_answer

if TYPE_CHECKING:
    from services.graphql.live import ViewerOf

PATH: Final = "/graphiql"
START: Final = f"{PATH}/start.js"

# A file that is not exactly this one does not run, wherever it comes from.
SCRIPTS: Final = {
    "react@18.3.1/umd/react.production.min.js": (
        "sha384-DGyLxAyjq0f9SPpVevD6IgztCFlnMF6oW/XQGmfe+IsZ8TqEiDrcHkMLKI6fiB/Z"
    ),
    "react-dom@18.3.1/umd/react-dom.production.min.js": (
        "sha384-gTGxhz21lVGYNMcdJOyq01Edg0jhn/c22nsx0kyqP0TxaV5WVdsSH1fSDUf5YJj1"
    ),
    "graphiql@3.9.0/graphiql.min.js": (
        "sha384-8NGfVj4CVlqHajlZj+bPJT4thxPMHMJYn7DWK2CvtopLd02E7qsPHazniBYvVjOO"
    ),
}
STYLES: Final = {
    "graphiql@3.9.0/graphiql.min.css": (
        "sha384-QMux00XgRtwRLSYIY3kw2rj1ovk5AuuliAchk+HSQbqdbGFnz9GYuqIlOqxhwCE2"
    ),
}

_START_SCRIPT: Final = """\
const place = document.getElementById("graphiql");
place.style.height = "100vh";
document.body.style.margin = "0";
ReactDOM.createRoot(place).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: "/graphql" }),
    defaultEditorToolsVisibility: true,
    shouldPersistHeaders: false,
    defaultQuery: "{\\n  clusters(first: 5) {\\n    nodes { slug nameFa }\\n  }\\n}\\n",
  }),
);
"""

_PAGE: Final = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Khoosheh GraphiQL</title>
{styles}
</head>
<body>
<main id="graphiql"><p>GraphiQL needs JavaScript.</p></main>
{scripts}
<script src="{start}"></script>
</body>
</html>
"""


def playground_routes(source: str, viewer_of: ViewerOf[Any], admin_url: str) -> list[Route]:
    """Return the routes of the page, or none when the installation gives no source for its files."""
    if not source:
        return []
    source = source.rstrip("/")
    content, gate = _page(source).encode(), _GATE.format(admin=escape(admin_url), path=PATH).encode()
    headers = {"content-security-policy": _policy(source), "cache-control": "no-store"}

    async def page(request: Request) -> Response:
        try:
            await viewer_of(await _with_token(request) if request.method == "POST" else request)
        except Refusal as refusal:
            if refusal.status != _UNKNOWN:
                return _refused(refusal)
            closed = {"content-security-policy": _GATE_POLICY, "cache-control": "no-store"}
            return Response(gate, _UNKNOWN, closed, media_type="text/html")
        return Response(content, headers=headers, media_type="text/html")

    async def start(_: Request) -> Response:
        return Response(_START_SCRIPT, headers={"cache-control": "no-cache"}, media_type="text/javascript")

    return [Route(PATH, page, methods=["GET", "POST"]), Route(START, start)]


def _refused(refusal: Refusal) -> Response:
    status, headers, body = refusal_answer(refusal, None)
    response = Response(body, status)
    response.raw_headers = headers
    return response


async def _with_token(request: Request) -> Request:
    """Present the token of the form as the header it would be sent in by a program."""
    body = await read_body(request.receive, None, limit=_FORM_LIMIT, seconds=_FORM_SECONDS)
    token = parse_qs(body.decode("latin-1")).get("token", [""])[0].strip()
    headers = [pair for pair in request.scope["headers"] if pair[0] not in {b"authorization", b"cookie"}]
    headers.append((b"authorization", f"Bearer {token}".encode("latin-1", "replace")))
    return Request({**request.scope, "headers": headers})


_GATE: Final = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Khoosheh GraphiQL</title></head>
<body>
<main>
<h1>GraphiQL</h1>
<p>For signed-in users and token holders: <a href="{admin}">sign in</a>, or give a token.</p>
<form method="post" action="{path}">
<label>Token <input name="token" type="password" autocomplete="off" required maxlength="200"></label>
<button>Open</button>
</form>
</main>
</body>
</html>
"""
_GATE_POLICY: Final = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_UNKNOWN: Final = 401
_FORM_LIMIT: Final = 2_000
_FORM_SECONDS: Final = 5.0


def _page(source: str) -> str:
    scripts = (
        f'<script src="{escape(source)}/{name}" integrity="{digest}" crossorigin="anonymous"></script>'
        for name, digest in SCRIPTS.items()
    )
    styles = (
        f'<link rel="stylesheet" href="{escape(source)}/{name}" integrity="{digest}" crossorigin="anonymous">'
        for name, digest in STYLES.items()
    )
    return _PAGE.format(styles="\n".join(styles), scripts="\n".join(scripts), start=START)


def _policy(source: str) -> str:
    parts = urlsplit(source)
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else "'self'"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {origin}",
            f"style-src {origin}",
            f"font-src data: {origin}",
            "img-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )
