"""Speaks OpenID Connect with one provider: where to send people, what a code was worth, whose word counts.

Authorization code with PKCE; the answer must name its issuer where the provider says it does (RFC 9207), the
ID token must be signed by a published key, for us, now, and for this very sign-in (nonce).
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote_plus, urlencode, urlsplit

import httpx2
from joserfc import jwt
from joserfc.errors import JoseError

from services.graphql.identities.provider_metadata import Metadata, ProviderAway, Published, json_object
from services.settings import SettingsInvalid

if TYPE_CHECKING:
    from services.settings import Settings

_LEEWAY: Final = 60
_PATIENCE: Final = 10.0
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class ProviderRefused(Exception):
    """What the provider sent cannot be believed, or the person was turned away there."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What the provider vouches for: its name for the person, and the address if it has proved it."""

    issuer: str
    subject: str
    email: str | None
    name: str


class OpenIdProvider:
    """One provider, found by its issuer; its metadata and keys are remembered and looked up again."""

    def __init__(self, settings: Settings, *, http: httpx2.AsyncClient | None = None) -> None:
        issuer, client = settings.oidc_issuer, settings.oidc_client_id
        if not issuer or not client:
            raise SettingsInvalid("OIDC_ISSUER and OIDC_CLIENT_ID go together: set both or neither.")
        parts = urlsplit(issuer)
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise SettingsInvalid("OIDC_ISSUER: a provider is spoken to by https only.")
        self.issuer: Final = issuer
        self.name: Final = settings.oidc_name
        self._client_id = client
        secret = settings.oidc_client_secret
        self._secret = secret.get_secret_value().strip() if secret else ""
        self._scopes = settings.oidc_scopes
        self._admin = settings.admin_url.rstrip("/")
        self._http = http or httpx2.AsyncClient(timeout=_PATIENCE, follow_redirects=False)
        self._published = Published(self._http, issuer)

    @property
    def redirect_uri(self) -> str:
        """Where the provider sends people back to; it has to be registered there."""
        return f"{self._admin}/sign-in/callback"

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def address(self, *, state: str, nonce: str, verifier: str) -> str:
        """Return where to send somebody who wants to sign in.

        Raises:
            ProviderAway: it does not answer.
        """
        found = await self._published.metadata()
        asked = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": self.redirect_uri,
            "scope": self._scopes,
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge_of(verifier),
            "code_challenge_method": "S256",
        }
        return _with(found.authorization_endpoint, asked)

    async def farewell(self) -> str | None:
        """Return where to end the session at the provider too, if it offers that."""
        found = await self._published.metadata()
        if found.end_session_endpoint is None:
            return None
        asked = {"client_id": self._client_id, "post_logout_redirect_uri": f"{self._admin}/sign-in"}
        return _with(found.end_session_endpoint, asked)

    async def redeem(self, code: str, issuer: str | None, *, nonce: str, verifier: str) -> Claims:
        """Exchange the code for the provider's word on who this is.

        Raises:
            ProviderAway: it does not answer.
            ProviderRefused: it refuses the code, or its word cannot be believed.
        """
        found = await self._published.metadata()
        if issuer is None and found.names_itself:
            raise ProviderRefused("the answer does not name its issuer")
        if issuer is not None and issuer != self.issuer:
            raise ProviderRefused("the answer comes from another issuer")
        token = await self._exchange(found, code, verifier)
        return await self._believe(found, token, nonce)

    async def _exchange(self, found: Metadata, code: str, verifier: str) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "client_id": self._client_id,
            "code_verifier": verifier,
        }
        headers = {"accept": "application/json"}
        if self._secret and found.by_post:
            form["client_secret"] = self._secret
        elif self._secret:
            # Both are encoded like a form before they are joined (RFC 6749, 2.3.1).
            pair = f"{quote_plus(self._client_id)}:{quote_plus(self._secret)}"
            headers["authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        try:
            answer = await self._http.post(found.token_endpoint, data=form, headers=headers)
        except httpx2.HTTPError as error:
            raise ProviderAway(type(error).__name__) from None
        if answer.status_code >= 500:  # noqa: PLR2004 - a status
            raise ProviderAway(f"the token endpoint answered {answer.status_code}")
        token = json_object(answer).get("id_token")
        if answer.status_code != 200 or not isinstance(token, str):  # noqa: PLR2004 - a status
            raise ProviderRefused(f"the token endpoint answered {answer.status_code}")
        return token

    async def _believe(self, found: Metadata, token: str, nonce: str) -> Claims:
        """Check the signature and every claim that says for whom, from whom and when."""
        claims = await self._verified(found, token)
        registry = jwt.JWTClaimsRegistry(
            leeway=_LEEWAY,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self._client_id},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
            sub={"essential": True},
        )
        try:
            registry.validate(claims)
        except JoseError as error:
            raise ProviderRefused(f"the ID token is not acceptable: {error.error}") from None
        audience, party = claims["aud"], claims.get("azp")
        if (isinstance(audience, list) and len(audience) > 1 and party is None) or (
            party is not None and party != self._client_id
        ):
            raise ProviderRefused("the ID token was issued to somebody else")
        subject = claims["sub"]
        if not isinstance(subject, str) or not 0 < len(subject) <= 255:  # noqa: PLR2004 - OpenID Connect Core 2
            raise ProviderRefused("the ID token names nobody")
        email = claims.get("email")
        proved = isinstance(email, str) and claims.get("email_verified") is True
        return Claims(
            self.issuer,
            subject,
            str(email).strip().lower() if proved else None,
            str(claims.get("name") or ""),
        )

    async def _verified(self, found: Metadata, token: str) -> dict[str, Any]:
        """Return the claims under a good signature; a key we do not know yet may be a new one."""
        for again in (False, True):
            keys = await self._published.keys(found, again=again)
            try:
                return dict(jwt.decode(token, keys, algorithms=list(found.algorithms)).claims)
            except (JoseError, ValueError) as error:
                if again:
                    reason = getattr(error, "error", type(error).__name__)
                    raise ProviderRefused(f"the ID token is not signed by the provider: {reason}") from None
        raise ProviderRefused("the ID token is not signed by the provider")


def challenge_of(verifier: str) -> str:
    """Return the S256 challenge of a PKCE verifier (RFC 7636)."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _with(endpoint: str, asked: dict[str, str]) -> str:
    return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(asked)}"
