"""An endpoint of an agency that is served by a receiver of the tests, and its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from schema.vocabulary import TokenScope, UserRole

if TYPE_CHECKING:
    from uuid import UUID

    from tests.events.conftest import Country, Receiver
    from tests.world import Api


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch, country: Country) -> None:
    keys = country.settings.encryption_keys
    assert keys is not None
    monkeypatch.setenv("ENCRYPTION_KEYS", keys.get_secret_value())
    monkeypatch.setenv("WEBHOOK_INSIDE_ALLOWED", "true")


@pytest.fixture
async def province(country: Country) -> UUID:
    return await country.province(1)


@pytest.fixture
async def cluster(country: Country, province: UUID) -> UUID:
    return await country.cluster(province)


@pytest.fixture
async def agency(country: Country, province: UUID) -> UUID:
    return await country.agency(province)


@pytest.fixture
async def endpoint(country: Country, agency: UUID, receiver: Receiver) -> str:
    return f"WebhookEndpoint_{await country.endpoint(agency, receiver.url)}"


@pytest.fixture
def owner(api: Api, agency: UUID, province: UUID) -> Api:
    return api.as_(
        UserRole.PARTNER_AGENCY,
        agency_id=agency,
        provinces=(province,),
        scopes=frozenset({TokenScope.READ, TokenScope.WEBHOOKS}),
    )
