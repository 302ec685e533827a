"""Takes requests for the one busy address from the connection straight to their door, and answers in one piece.

uvicorn serves any application: it looks into every header of every answer, writes head and body one after the
other, and passes every request through what stands before an application. A small read pays more for that than
PostgreSQL takes for it. What is not said here, uvicorn does as ever, and everything else goes its way altogether.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from services.graphql.connections import PatientConnection

PATH = "/graphql"
_PATH = PATH.encode()
_CLOSE = (b"connection", b"close")


class WholeAnswer(RequestResponseCycle):
    """A request of uvicorn's whose answer waits for its body, when that comes whole and says how long it is."""

    head: Any = None

    async def send(self, message: Any) -> None:  # noqa: ANN401 - uvicorn has types of its own for messages of ASGI
        """Take a part of the answer; whatever is no whole answer of known length goes as ever."""
        if self.response_started:
            await super().send(message)
            return
        if message["type"] == "http.response.start" and _says_its_length(message):
            self.head = message
            return
        head, self.head = self.head, None
        if head is None:
            await super().send(message)
        elif message["type"] != "http.response.body" or message.get("more_body"):
            await super().send(head)
            await super().send(message)
        else:
            if self.flow.write_paused and not self.disconnected:
                await self.flow.drain()
            if not self.disconnected:
                self._write(head, message.get("body", b""))

    def _write(self, head: Any, body: bytes) -> None:  # noqa: ANN401 - as above
        headers = [*self.default_headers, *head["headers"]]
        self.keep_alive = self.keep_alive and _CLOSE not in headers
        if not self.keep_alive and _CLOSE not in headers:
            headers.append(_CLOSE)
        written = STATUS_LINE[head["status"]] + b"".join([b"%b: %b\r\n" % pair for pair in headers])
        if written.count(b"\n") > len(headers) + 1:
            raise RuntimeError("A header of the answer holds a line break.")
        self.response_started = self.response_complete = True
        self.transport.write(b"%b\r\n%b" % (written, b"" if self.scope["method"] == "HEAD" else body))
        self.message_event.set()
        if not self.keep_alive:
            self.transport.close()
        self.on_response()


class StraightConnection(PatientConnection):
    """An HTTP connection that knows the door of the application it serves, if it has one."""

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - uvicorn's own
        super().__init__(*arguments, **named)
        self.door: Any = getattr(self.config.app, "door", None)

    def on_headers_complete(self) -> None:
        """Begin to serve a request, or let it wait for those that came before it on this connection."""
        path, _, query = self.url.partition(b"?")
        if self.door is None or path != _PATH or self.parser.should_upgrade():
            super().on_headers_complete()
            return
        version = self.parser.get_http_version()
        self.scope["method"] = self.parser.get_method().decode("ascii")
        self.scope["http_version"] = version
        self.scope["path"], self.scope["raw_path"], self.scope["query_string"] = PATH, _PATH, query
        cycle = WholeAnswer(
            scope=self.scope,
            transport=self.transport,
            flow=self.flow,
            logger=self.logger,
            access_logger=self.access_logger,
            access_log=False,
            default_headers=self.server_state.default_headers,
            message_event=asyncio.Event(),
            expect_100_continue=self.expect_100_continue,
            keep_alive=version != "1.0" and self.parser.should_keep_alive(),
            on_response=self.on_response_complete,
        )
        earlier: RequestResponseCycle | None = self.cycle
        self.cycle = cycle
        self.headers_awaited_since = None
        if earlier is None or earlier.response_complete:
            self._start_asgi_task(cycle, self.door)
        else:
            self.flow.pause_reading()
            self.pipeline.appendleft((cycle, self.door))
            self.remember(earlier)


def _says_its_length(head: Any) -> bool:  # noqa: ANN401 - as above
    return any(name == b"content-length" for name, _ in head["headers"])
