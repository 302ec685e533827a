"""Serves GraphiQL at /graphiql, from a content delivery network or from wherever a closed network keeps it.

The page itself holds nothing and is the same for everybody. What it asks, /graphql answers to a signed-in
user's cookie or to a token put into its headers editor, and to nobody else.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from starlette.responses import Response
from starlette.routing import Route

if TYPE_CHECKING:
    from starlette.requests import Request

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


def playground_routes(source: str) -> list[Route]:
    """Return the routes of the page, or none when the installation gives no source for its files."""
    if not source:
        return []
    source = source.rstrip("/")
    content = _page(source).encode()
    headers = {"content-security-policy": _policy(source), "cache-control": "no-cache"}

    async def page(_: Request) -> Response:
        return Response(content, headers=headers, media_type="text/html")

    async def start(_: Request) -> Response:
        return Response(_START_SCRIPT, headers={"cache-control": "no-cache"}, media_type="text/javascript")

    return [Route(PATH, page), Route(START, start)]


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
