"""The body of a webhook: a CloudEvents 1.0 envelope in JSON, without personal data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson

from schema.identity import global_id

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCE: Final = "urn:khoosheh"
CONTENT_TYPE: Final = "application/cloudevents+json; charset=utf-8"


def envelope(event: Mapping[str, Any]) -> bytes:
    """Write the envelope of an event; it is the same on every attempt."""
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
        },
    }
    if event["trace"]:
        document["traceparent"] = event["trace"]
    return orjson.dumps(document)
