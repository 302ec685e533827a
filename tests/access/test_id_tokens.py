"""What a provider would never sign but an attacker might pass off; a stand-in signs whatever it is told."""

from __future__ import annotations

import base64
import hmac
import time
from typing import Any

import httpx2
import orjson
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from services.graphql import OpenIdProvider
from services.graphql.identities.provider import ProviderRefused
from services.settings import SettingsInvalid, read_settings

OURS, FOREIGN = RSAKey.generate_key(2048, {"kid": "one"}), RSAKey.generate_key(2048, {"kid": "one"})
ISSUER = "https://provider.example"


def unpadded(part: bytes) -> bytes:
    return base64.urlsafe_b64encode(part).rstrip(b"=")


def written(said: dict[str, Any], header: dict[str, Any]) -> str:
    """Write a token the right way, or in one of the ways attackers have tried."""
    alg = header.get("alg", "RS256")
    if alg == "RS256":
        key = FOREIGN if header.get("foreign") else OURS
        return jwt.encode({"alg": "RS256", "kid": header.get("kid", "one")}, said, key)
    signed = b".".join(unpadded(orjson.dumps(part)) for part in ({"alg": alg, "kid": "one"}, said))
    # Whoever believed the header would take the published key for a shared secret.
    mark = hmac.digest(OURS.as_pem(private=False), signed, "sha256") if alg == "HS256" else b""
    return b".".join((signed, unpadded(mark))).decode()


@pytest.mark.parametrize(
    ("claims", "header", "believed"),
    [
        ({}, {}, True),
        ({"iss": "https://evil.example"}, {}, False),
        ({"aud": "another client"}, {}, False),
        ({"aud": ["khoosheh", "another"]}, {}, False),
        ({"aud": ["khoosheh", "another"], "azp": "khoosheh"}, {}, True),
        ({"azp": "another"}, {}, False),
        ({"nonce": "of another sign-in"}, {}, False),
        ({"nonce": None}, {}, False),
        ({"exp": 1}, {}, False),
        ({"exp": None}, {}, False),
        ({"iat": 9_999_999_999}, {}, False),
        ({"sub": None}, {}, False),
        ({"sub": ""}, {}, False),
        ({"sub": "x" * 256}, {}, False),
        ({}, {"kid": "two"}, False),
        ({}, {"alg": "HS256"}, False),
        ({}, {"alg": "none"}, False),
        ({}, {"foreign": True}, False),
    ],
    ids=str,
)
async def test_an_id_token_is_believed_only_when_everything_about_it_is_right(
    claims: dict[str, Any],
    header: dict[str, Any],
    believed: bool,  # noqa: FBT001 - a column of the table
) -> None:
    now = int(time.time())
    said = {"iss": ISSUER, "aud": "khoosheh", "sub": "s", "nonce": "n", "iat": now, "exp": now + 60, **claims}
    said = {name: value for name, value in said.items() if value is not None}
    token = written(said, header)

    def respond(request: httpx2.Request) -> httpx2.Response:
        if request.url.path.endswith("openid-configuration"):
            document = {
                "issuer": ISSUER, "authorization_endpoint": f"{ISSUER}/a", "token_endpoint": f"{ISSUER}/t",
                "jwks_uri": f"{ISSUER}/k", "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            }  # fmt: skip
            return httpx2.Response(200, json=document)
        if request.url.path == "/k":
            return httpx2.Response(200, json=KeySet([OURS]).as_dict(private=False))
        return httpx2.Response(200, json={"id_token": token})

    settings = read_settings(oidc_issuer=ISSUER, oidc_client_id="khoosheh", oidc_client_secret="x")
    http = httpx2.AsyncClient(transport=httpx2.MockTransport(respond))
    provider = OpenIdProvider(settings, http=http)
    if believed:
        assert (await provider.redeem("code", None, nonce="n", verifier="v")).subject == "s"
    else:
        with pytest.raises(ProviderRefused):
            await provider.redeem("code", None, nonce="n", verifier="v")
    await provider.close()


def test_a_provider_is_spoken_to_by_https_and_needs_a_client() -> None:
    with pytest.raises(SettingsInvalid, match="https"):
        OpenIdProvider(read_settings(oidc_issuer="http://provider.example", oidc_client_id="k"))
    with pytest.raises(SettingsInvalid, match="go together"):
        OpenIdProvider(read_settings(oidc_issuer="https://provider.example"))
