"""The body of a webhook: a CloudEvents 1.0 envelope in JSON, without personal data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson

from schema.identity import global_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from services.notifications.channels.delivery import Delivery

SOURCE: Final = "urn:khoosheh"
CONTENT_TYPE: Final = "application/cloudevents+json; charset=utf-8"


def envelope(event: Mapping[str, Any], answered: Mapping[str, Any] | None = None) -> bytes:
    """Write the envelope of an event; it is the same on every attempt.

    `answered` is what the agency's own document answered at this attempt: `answer`, or
    `answerProblem` with the reason why there is none.
    """
    cluster = None
    if event["cluster_id"] is not None:
        cluster = {
            "id": global_id("Cluster", event["cluster_id"]),
            "slug": event["slug"],
            "province": event["iso_code"],
        }
    document = {
        "specversion": "1.0",
        "id": str(event["event_id"]),
        "source": SOURCE,
        "type": f"{event['type']}.v{event['version']}",
        "subject": global_id(event["subject_type"], event["subject_id"]),
        "time": event["at"].isoformat(),
        "datacontenttype": "application/json",
        "data": {
            "cluster": cluster,
            "project": event["project_id"] and global_id("ClusterProject", event["project_id"]),
            "phase": event["phase_code"],
            "actor": event["actor"],
            "correlationId": event["correlation_id"],
            "schemaVersion": event["version"],
            "details": orjson.loads(event["payload"]),
            **(answered or {}),
        },
    }
    if event["trace"]:
        document["traceparent"] = event["trace"]
    return orjson.dumps(document)


def test_envelope(delivery: Delivery, at: datetime) -> bytes:
    """Write the envelope of a delivery that only tests its endpoint."""
    endpoint = delivery.endpoint and global_id("WebhookEndpoint", delivery.endpoint.id)
    document = {
        "specversion": "1.0",
        "id": str(delivery.id),
        "source": SOURCE,
        "type": f"{delivery.content['type']}.v1",
        "subject": endpoint,
        "time": at.isoformat(),
        "datacontenttype": "application/json",
        "data": {"schemaVersion": 1},
    }
    return orjson.dumps(document)


def variables_of(event: Mapping[str, Any]) -> dict[str, object]:
    """Return what an agency's own document may ask by."""
    return {
        "event": global_id("Event", event["event_id"]),
        "subject": global_id(event["subject_type"], event["subject_id"]),
        "cluster": event["cluster_id"] and global_id("Cluster", event["cluster_id"]),
        "project": event["project_id"] and global_id("ClusterProject", event["project_id"]),
        "type": event["type"],
        "phase": event["phase_code"],
    }
