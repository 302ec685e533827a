"""A listener on this machine that keeps what is posted to it, and reads it as a collector of traces does."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from opentelemetry.proto.trace.v1.trace_pb2 import Span

TRACES: Final = "/v1/traces"


@dataclass(frozen=True, slots=True)
class Post:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a trace as the collector was told of it."""

    service: str
    name: str
    kind: int
    trace: str
    identifier: str
    parent: str
    said: dict[str, str] = field(default_factory=dict)
    text: str = ""


class Listener:
    """Keeps every post; `refusals` of a path are answered with 500 before the first success."""

    def __init__(self) -> None:
        self.posts: list[Post] = []
        self.refusals: dict[str, int] = {}
        self._lock = threading.Lock()
        listener = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", "0")))
                headers = {name.lower(): value for name, value in self.headers.items()}
                status = listener.take(Post(self.path, headers, body))
                self.send_response(status)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the library's word
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def take(self, post: Post) -> int:
        """Keep a post and return the status it is answered with."""
        with self._lock:
            self.posts.append(post)
            left = self.refusals.get(post.path, 0)
            self.refusals[post.path] = max(0, left - 1)
        return 500 if left else 200

    def on(self, path: str) -> list[Post]:
        """Return what came to a path."""
        with self._lock:
            return [post for post in self.posts if post.path == path]

    def steps(self) -> list[Step]:
        """Return every step of every trace that was exported up to now."""
        found: list[Step] = []
        for post in self.on(TRACES):
            for resource in ExportTraceServiceRequest.FromString(post.body).resource_spans:
                named = {each.key: each.value.string_value for each in resource.resource.attributes}
                found += [
                    _step(named["service.name"], span)
                    for scope in resource.scope_spans
                    for span in scope.spans
                ]
        return found


def _step(service: str, span: Span) -> Step:
    return Step(
        service=service,
        name=span.name,
        kind=span.kind,
        trace=span.trace_id.hex(),
        identifier=span.span_id.hex(),
        parent=span.parent_span_id.hex(),
        said={each.key: each.value.string_value or str(each.value.int_value) for each in span.attributes},
        text=str(span),
    )
