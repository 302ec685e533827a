"""What operators see: logs with a request id and without secrets, metrics, and traces when asked for."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any, Final

import orjson
import structlog
from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from structlog.contextvars import bound_contextvars, merge_contextvars

from services.redaction import hide_secrets
from services.tracing import Tracing

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping
    from contextlib import AbstractContextManager

    from services.settings import Settings

# One registry per process; every metric of ours is made in it.
REGISTRY: Final = CollectorRegistry()


def configure_logging(settings: Settings, service: str) -> None:
    """Send our logs and those of all libraries to standard output, one line per message."""
    pretty = is_pretty(settings)
    shared: list[Any] = [
        merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.StackInfoRenderer(),
        _naming(service),
        hide_secrets,
    ]
    ending: list[Any] = (
        [structlog.dev.ConsoleRenderer()]
        if pretty
        else [structlog.processors.format_exc_info, hide_secrets, structlog.processors.JSONRenderer(_json)]
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ending],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers[:] = []
        logger.propagate = name != "uvicorn.access"
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def is_pretty(settings: Settings) -> bool:
    """Say whether people read the log rather than machines."""
    return settings.log_format == "console" or (settings.log_format == "auto" and sys.stdout.isatty())


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return the logger of a module."""
    found: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return found


def speaking_of(**context: object) -> AbstractContextManager[Any]:
    """Add context (request id, delivery id, …) to every message written inside."""
    return bound_contextvars(**context)


def _naming(service: str) -> Any:  # noqa: ANN401 - structlog's own type of a processor
    def name(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        event["service"] = service
        return event

    return name


def _json(event: Mapping[str, Any], **_options: object) -> str:
    return orjson.dumps(event, default=str, option=orjson.OPT_NON_STR_KEYS).decode()


def measure_process() -> None:
    """Add memory, processor time and open files of this process to the metrics; once per process."""
    ProcessCollector(registry=REGISTRY)
    PlatformCollector(registry=REGISTRY)


def metrics(registry: CollectorRegistry = REGISTRY) -> tuple[bytes, str]:
    """Return the metrics in Prometheus' text format with their content type."""
    return generate_latest(registry), CONTENT_TYPE_LATEST


def configure_tracing(settings: Settings, service: str) -> bool:
    """Send traces to the collector of the settings; without one, load nothing and do nothing."""
    if not settings.otlp_endpoint:
        return False
    # Imported here because most installations have no collector and should not pay for the libraries.
    from services.trace_export import export_traces  # noqa: PLC0415

    Tracing.tracer = export_traces(settings.otlp_endpoint, service)
    return True
