"""GraphQL over HTTP without any I/O: bytes and headers in, a GraphQL request, an answer or a refusal out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import orjson

from services.graphql.exchange import GraphQLRequest, GraphQLResponse, Refusal
from services.graphql.negotiation import GRAPHQL_RESPONSE, JSON, is_json

if TYPE_CHECKING:
    from collections.abc import Mapping

BODY_LIMIT = 1_000_000
DEPTH_LIMIT = 40
VALUES_LIMIT = 4_000
_QUERY_PARAMETERS_LIMIT = 16

Headers = list[tuple[bytes, bytes]]

_CONTENT_TYPE = {
    JSON: (b"content-type", b"application/json; charset=utf-8"),
    GRAPHQL_RESPONSE: (b"content-type", b"application/graphql-response+json; charset=utf-8"),
}
_VARY = (b"vary", b"accept")


def bad_request(message: str) -> Refusal:
    """Refuse a request that does not follow the protocol."""
    return Refusal("BAD_REQUEST", message)


def request_of_post(
    content_type: bytes | None, content_encoding: bytes | None, body: bytes
) -> GraphQLRequest:
    """Read the GraphQL request out of the body of a POST."""
    if content_type is None or not is_json(content_type):
        raise Refusal(
            "UNSUPPORTED_MEDIA_TYPE", "Send the request as application/json in UTF-8.",
            headers={"accept-post": JSON},
        )  # fmt: skip
    if content_encoding is not None and content_encoding.strip().lower() != b"identity":
        raise Refusal(
            "UNSUPPORTED_MEDIA_TYPE", "Send the body without Content-Encoding.",
            headers={"accept-encoding": "identity"},
        )  # fmt: skip
    if not body:
        raise bad_request("The body is empty; send a JSON object with a `query`.")
    parameters = _json(body, "The body")
    if isinstance(parameters, list):
        raise bad_request("Batches are not accepted; send one operation per request.")
    if not isinstance(parameters, dict):
        raise bad_request("The body must be a JSON object with a `query`.")
    # Counting brackets is far cheaper than walking the values, and nearly every request passes by it.
    suspicious = body.count(b"{") + body.count(b"[") > DEPTH_LIMIT or b"\\u0000" in body
    return request_of_parameters(parameters, inspect=suspicious)


def request_of_query_string(query_string: bytes) -> GraphQLRequest:
    """Read the GraphQL request out of the query string of a GET."""
    try:
        pairs = parse_qsl(
            query_string.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_QUERY_PARAMETERS_LIMIT,
        )
    except ValueError:
        raise bad_request("The query string must be percent-encoded UTF-8 of a few parameters.") from None
    parameters: dict[str, object] = {}
    for name, value in pairs:
        if name in parameters:
            raise bad_request(f"The parameter `{_printable(name)}` is given twice.")
        parameters[name] = value
    for name in ("variables", "extensions"):
        text = parameters.get(name)
        if isinstance(text, str):
            parameters[name] = _json(text.encode(), f"`{name}`") if text else None
    if parameters.get("operationName") == "":
        del parameters["operationName"]
    return request_of_parameters(parameters, inspect=True)


def request_of_parameters(parameters: Mapping[str, object], *, inspect: bool = True) -> GraphQLRequest:
    """Check the types of the parameters, which came as JSON by any transport."""
    query = parameters.get("query")
    operation_name = parameters.get("operationName")
    variables = parameters.get("variables")
    extensions = parameters.get("extensions")
    document_id = parameters.get("documentId")
    if document_id is not None and not isinstance(document_id, str):
        raise bad_request("`documentId` must be a string or null.")
    by_digest = document_id is not None or (isinstance(extensions, dict) and "persistedQuery" in extensions)
    if query is None and by_digest:
        query = ""
    if not isinstance(query, str):
        raise bad_request("`query` must be a string with a GraphQL document.")
    if operation_name is not None and not isinstance(operation_name, str):
        raise bad_request("`operationName` must be a string or null.")
    if variables is not None and not isinstance(variables, dict):
        raise bad_request("`variables` must be an object or null.")
    if extensions is not None and not isinstance(extensions, dict):
        raise bad_request("`extensions` must be an object or null.")
    if inspect:
        _refuse_hostile_values("variables", variables)
        _refuse_hostile_values("extensions", extensions)
    return GraphQLRequest(query, operation_name, variables, extensions, document_id)


def answer(response: GraphQLResponse, media_type: str) -> tuple[int, Headers]:
    """Return the status and the headers that carry a response in the negotiated media type.

    Clients of application/json read errors from the document and take a status other than 200 for a
    broken connection, so a request error of a well-formed request stays 200 for them.
    """
    status = response.status
    if status == 400 and media_type == JSON:  # noqa: PLR2004 - an HTTP status is its own name
        status = 200
    headers = [
        _CONTENT_TYPE[media_type],
        (b"content-length", str(len(response.body)).encode()),
        _VARY,
    ]
    for name, value in response.headers.items():
        headers.append((name.lower().encode("latin-1"), value.encode("latin-1")))
    return status, headers


def refusal_answer(refusal: Refusal, media_type: str | None) -> tuple[int, Headers, bytes]:
    """Return status, headers and body for a request that never became a GraphQL request."""
    response = refusal.response()
    _, headers = answer(response, media_type if media_type in _CONTENT_TYPE else JSON)
    return refusal.status, headers, response.body


def _json(text: bytes, name: str) -> object:
    """Parse JSON, saying what is wrong with it in terms of what was sent."""
    try:
        value: object = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise bad_request(f"{name} is not valid JSON in UTF-8: {error}.") from None
    return value


def _refuse_hostile_values(name: str, parameter: Mapping[str, object] | None) -> None:
    """Refuse what no column can hold and no honest client sends, before anything recurses into it."""
    values = 0
    for key, value in (parameter or {}).items():
        path = f"{name}.{_printable(key)}"
        # The names of fields are looked at too, but only values are counted.
        pending: list[tuple[object, int]] = [(key, 0), (value, 1)]
        while pending:
            part, depth = pending.pop()
            values += depth > 0
            if values > VALUES_LIMIT:
                raise bad_request(f"`{name}` holds more than {VALUES_LIMIT} values; send less at once.")
            if isinstance(part, str):
                if "\0" in part:
                    raise bad_request(f"`{path}` contains a NUL character, which no text can hold.")
            elif isinstance(part, (dict, list)):
                if depth >= DEPTH_LIMIT:
                    raise bad_request(f"`{path}` is nested deeper than {DEPTH_LIMIT} levels.")
                if isinstance(part, dict):
                    pending.extend((inner, 0) for inner in part)
                pending.extend(
                    (inner, depth + 1) for inner in (part.values() if isinstance(part, dict) else part)
                )


def _printable(name: str) -> str:
    """Shorten a name that came from outside, so that a message stays a message."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name[:40])
