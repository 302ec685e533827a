"""What an OpenID provider publishes: its metadata and its keys, remembered and looked up again."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any, Final

import httpx2
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

# Only signatures that nobody but the provider can make: never `none`, never a secret we share.
_ALGORITHMS: Final = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
)
_KNOWN_SECONDS: Final = 3600.0
_KEYS_AGAIN_SECONDS: Final = 5.0


class ProviderAway(Exception):
    """The provider does not answer, or not as a provider does."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the provider says of itself."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    end_session_endpoint: str | None
    names_itself: bool
    by_post: bool
    algorithms: tuple[str, ...]


class Published:
    """The documents of one provider, as one process remembers them."""

    def __init__(self, http: httpx2.AsyncClient, issuer: str) -> None:
        self._http = http
        self._issuer = issuer
        self._metadata: tuple[float, Metadata] | None = None
        self._keys: tuple[float, KeySet] | None = None
        self._turn = asyncio.Lock()

    async def keys(self, found: Metadata, *, again: bool) -> KeySet:
        """Return the keys; `again` when one was met that is not among those remembered.

        Raises:
            ProviderAway: the provider does not answer, or not with keys.
        """
        async with self._turn:
            age = time.monotonic() - self._keys[0] if self._keys else None
            if self._keys and age is not None and age < (_KEYS_AGAIN_SECONDS if again else _KNOWN_SECONDS):
                return self._keys[1]
            try:
                keys = KeySet.import_key_set(await self._fetch(found.jwks_uri))  # type: ignore[arg-type]  # checked by it
            except (JoseError, KeyError, TypeError, ValueError):
                raise ProviderAway("the keys cannot be read") from None
            self._keys = (time.monotonic(), keys)
            return keys

    async def metadata(self) -> Metadata:
        """Return what the provider says of itself.

        Raises:
            ProviderAway: it does not answer, or names another issuer.
        """
        async with self._turn:
            if self._metadata and time.monotonic() - self._metadata[0] < _KNOWN_SECONDS:
                return self._metadata[1]
            document = await self._fetch(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
            if document.get("issuer") != self._issuer:
                raise ProviderAway("the metadata names another issuer than OIDC_ISSUER")
            try:
                found = _metadata(document)
            except KeyError as missing:
                raise ProviderAway(f"the metadata lacks {missing}") from None
            self._metadata = (time.monotonic(), found)
            return found

    async def _fetch(self, url: str) -> dict[str, Any]:
        try:
            answer = await self._http.get(url, headers={"accept": "application/json"})
            answer.raise_for_status()
        except httpx2.HTTPError as error:
            raise ProviderAway(type(error).__name__) from None
        return json_object(answer)


def _metadata(document: dict[str, Any]) -> Metadata:
    ways = document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    signs = document.get("id_token_signing_alg_values_supported") or ["RS256"]
    ending = document.get("end_session_endpoint")
    return Metadata(
        authorization_endpoint=str(document["authorization_endpoint"]),
        token_endpoint=str(document["token_endpoint"]),
        jwks_uri=str(document["jwks_uri"]),
        end_session_endpoint=str(ending) if ending else None,
        names_itself=document.get("authorization_response_iss_parameter_supported") is True,
        by_post="client_secret_basic" not in ways and "client_secret_post" in ways,
        algorithms=tuple(name for name in signs if name in _ALGORITHMS),
    )


def json_object(answer: httpx2.Response) -> dict[str, Any]:
    """Read an answer that has to be a JSON object.

    Raises:
        ProviderAway: it is not.
    """
    try:
        found = answer.json()
    except ValueError:
        raise ProviderAway("the answer is not JSON") from None
    if not isinstance(found, dict):
        raise ProviderAway("the answer is not an object")
    return found
