"""Spans that continue a trace over requests, event rows and deliveries; without a collector nothing is loaded.

A trace travels as W3C `traceparent`: it comes with a request, is written into the event rows of its changes, and
goes on with the deliveries of these events. A process that makes no spans of its own still passes it on.
"""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Attribute = str | int | float | bool
Kind = Literal["INTERNAL", "SERVER", "CLIENT", "CONSUMER"]

_TRACEPARENT: Final = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})")
_handed: ContextVar[str | None] = ContextVar("handed", default=None)


class Tracing:
    """The tracer of this process, once there is one."""

    tracer: Any = None


class Step:
    """What is said of a span while it lasts; without a collector it is said to nobody."""

    def __init__(self, span: Any = None) -> None:  # noqa: ANN401 - OpenTelemetry is not loaded without a collector
        self._span = span

    def note(self, **attributes: Attribute | None) -> None:
        """Say more about the step; names with `__` for dots, as OpenTelemetry writes them."""
        if self._span is not None:
            for name, value in attributes.items():
                if value is not None:
                    self._span.set_attribute(name.replace("__", "."), value)

    def failed(self, problem: str) -> None:
        """Say that it failed, and why."""
        if self._span is not None:
            from opentelemetry.trace import Status, StatusCode  # noqa: PLC0415 - only with a collector

            self._span.set_status(Status(StatusCode.ERROR, problem))


def sane(text: str | None) -> str | None:
    """Return a `traceparent` that is one, nothing otherwise; what comes from outside is not trusted."""
    return text if text is not None and _TRACEPARENT.fullmatch(text) else None


def wanted(parent: str | None) -> bool:
    """Whether a span would be seen or a trace passed on; where not, even asking costs too much."""
    return parent is not None or Tracing.tracer is not None


def traceparent() -> str | None:
    """Return where a trace stands now, for whoever continues it."""
    if Tracing.tracer is None:
        return _handed.get()
    from opentelemetry import trace  # noqa: PLC0415 - only with a collector

    found = trace.get_current_span().get_span_context()
    if not found.is_valid:
        return _handed.get()
    return f"00-{found.trace_id:032x}-{found.span_id:016x}-{int(found.trace_flags):02x}"


@contextmanager
def span(
    name: str, *, parent: str | None = None, kind: Kind = "INTERNAL", **attributes: Attribute | None
) -> Iterator[Step]:
    """Make a step of the trace that `parent` tells of, or of the one that runs, or of a new one."""
    token = _handed.set(parent or _handed.get())
    try:
        if Tracing.tracer is None:
            yield Step()
            return
        from opentelemetry.trace import SpanKind  # noqa: PLC0415 - only with a collector

        with Tracing.tracer.start_as_current_span(
            name, context=_context(parent), kind=SpanKind[kind]
        ) as started:
            step = Step(started)
            step.note(**attributes)
            yield step
    finally:
        _handed.reset(token)


def record(name: str, *, parent: str | None, seconds: float, **attributes: Attribute | None) -> None:
    """Add a step that has just ended to a trace, e.g. one of many that were done together."""
    if Tracing.tracer is None or parent is None:
        return
    ended = time.time_ns()
    began = ended - int(seconds * 1e9)
    made = Tracing.tracer.start_span(name, context=_context(parent), start_time=began)
    Step(made).note(**attributes)
    made.end(end_time=ended)


def _context(parent: str | None) -> Any:  # noqa: ANN401 - as above
    found = _TRACEPARENT.fullmatch(parent) if parent else None
    if found is None:
        return None
    from opentelemetry import trace  # noqa: PLC0415 - only with a collector

    context = trace.SpanContext(
        int(found[1], 16), int(found[2], 16), is_remote=True, trace_flags=trace.TraceFlags(int(found[3], 16))
    )
    return trace.set_span_in_context(trace.NonRecordingSpan(context))
