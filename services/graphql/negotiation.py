"""Chooses the media type of an answer from what the client accepts, and reads media types of bodies."""

from __future__ import annotations

from functools import lru_cache

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"
EVENT_STREAM = "text/event-stream"

# In the order the door prefers when the client leaves it open. A stream is only given to who names it.
_RANGES = {
    JSON: ("application/json", "application/*", "*/*"),
    GRAPHQL_RESPONSE: ("application/graphql-response+json", "application/*", "*/*"),
    EVENT_STREAM: ("text/event-stream",),
}


@lru_cache(maxsize=512)
def choose_media_type(accept: bytes | None) -> str | None:
    """Return the media type to answer with, or None when the client accepts none of ours.

    A client that says nothing gets application/json, which the specification asks of servers that
    must serve clients written before application/graphql-response+json existed.
    """
    if accept is None or not accept.strip():
        return JSON
    accepted = _ranges(accept.decode("latin-1").lower())
    best = None
    chosen = None
    for media_type, patterns in _RANGES.items():
        for vagueness, pattern in enumerate(patterns):
            if pattern in accepted:
                quality, position = accepted[pattern]
                rank = (quality, -vagueness, -position)
                if quality > 0 and (best is None or rank > best):
                    best, chosen = rank, media_type
                break  # the most specific range alone decides about a media type
    return chosen


def _ranges(accept: str) -> dict[str, tuple[float, int]]:
    """Read the header into range → (quality, position); the first mention of a range counts."""
    ranges: dict[str, tuple[float, int]] = {}
    for position, part in enumerate(accept.split(",")):
        pattern, *parameters = (piece.strip() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                quality = _quality(value.strip())
        ranges.setdefault(pattern, (quality, position))
    return ranges


def _quality(text: str) -> float:
    """Read a quality; what cannot be read does not lower the wish of the client."""
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        return 1.0


@lru_cache(maxsize=512)
def is_json(content_type: bytes) -> bool:
    """Say whether a Content-Type header declares JSON in UTF-8."""
    media_type, *parameters = (piece.strip() for piece in content_type.decode("latin-1").lower().split(";"))
    if media_type != JSON:
        return False
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip().strip('"') not in {"utf-8", "utf8"}:
            return False
    return True
