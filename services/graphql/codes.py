"""Every error code of the API with its HTTP status and what a client does about it; docs/partners.md shows the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Code:
    """The HTTP status that goes with a code, and the remedy."""

    status: int
    remedy: str


CODES: Final[dict[str, Code]] = {
    "BAD_REQUEST": Code(400, "send a request as GraphQL over HTTP wants it; the message names the part"),
    "GRAPHQL_PARSE_FAILED": Code(400, "mend the document at the place given"),
    "GRAPHQL_VALIDATION_FAILED": Code(400, "mend the document at the place given"),
    "BAD_USER_INPUT": Code(400, "mend the variable or argument named"),
    "INVALID_ID": Code(400, "use ids as they came"),
    "INVALID_CURSOR": Code(400, "use cursors as they came, in the list and order they came from"),
    "OPERATION_UNKNOWN": Code(400, "name one of the document's operations"),
    "SUBSCRIPTION_NEEDS_STREAM": Code(400, "subscribe over a WebSocket or with `Accept: text/event-stream`"),
    "TOO_DEEP": Code(400, "ask for less at once"),
    "TOO_BROAD": Code(400, "ask for less at once"),
    "TOO_EXPENSIVE": Code(400, "ask for less at once; `extensions.cost` of smaller requests shows the way"),
    "PERSISTED_QUERY_NOT_FOUND": Code(400, "register the document, or send it whole"),
    "PERSISTED_QUERY_MISMATCH": Code(400, "send the SHA-256 of exactly this document"),
    "UNAUTHENTICATED": Code(401, "send a token that is still good"),
    "FORBIDDEN": Code(403, "leave out the filter or order on a field that is not open to you"),
    "SCOPE_MISSING": Code(403, "ask for a token with the scope named"),
    "DOCUMENT_NOT_TRUSTED": Code(403, "register the document first; your agency sends registered ones only"),
    "CROSS_SITE_REFUSED": Code(403, "send requests with a cookie from our own pages only"),
    "NOT_FOUND": Code(404, "the API is at /graphql"),
    "STREAM_NOT_FOUND": Code(404, "reserve an event stream with PUT first"),
    "METHOD_NOT_ALLOWED": Code(405, "send mutations by POST"),
    "NOT_ACCEPTABLE": Code(
        406, "accept application/graphql-response+json, application/json or text/event-stream"
    ),
    "REQUEST_TIMEOUT": Code(408, "send the whole request within the time limit"),
    "STREAM_ALREADY_OPEN": Code(409, "open each reserved stream once"),
    "OPERATION_EXISTS": Code(409, "give each operation of a stream an id of its own"),
    "PAYLOAD_TOO_LARGE": Code(413, "send less at once"),
    "UNSUPPORTED_MEDIA_TYPE": Code(415, "send application/json in UTF-8 without Content-Encoding"),
    "RATE_LIMITED": Code(429, "wait for `Retry-After` seconds"),
    "TOO_MANY_OPERATIONS": Code(429, "end some of the operations of this connection first"),
    "TOO_MANY_STREAMS": Code(429, "close streams you do not need, and wait for `Retry-After` seconds"),
    "INTERNAL": Code(500, "our fault; tell us the request id"),
    "UNAVAILABLE": Code(503, "try again in a moment"),
    "TIMED_OUT": Code(504, "ask for less at once"),
}


def status_of(code: str) -> int:
    """Return the HTTP status of a code; one that is not in the table is a mistake of ours."""
    return CODES[code].status
