"""The rules of partner agencies: what is edited again without being changed stays as it was."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, cast
from uuid import UUID

import pytest

from schema.agencies.rules import AgencyFacts, Wanted, change_agency

if TYPE_CHECKING:
    from schema.decision import Accepted, Update

THEN = dt.datetime(2026, 5, 5, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
AGENCY = AgencyFacts(UUID(int=1), disabled_at=THEN, trusted_only_since=THEN)


@pytest.mark.parametrize("name", ["disabled_at", "trusted_only_since"])
@pytest.mark.parametrize(("agency", "given", "stored"), [
    (AGENCY, NOW, THEN),
    (AGENCY, None, None),
    (AgencyFacts(UUID(int=1)), NOW, NOW),
])  # fmt: skip
def test_what_an_agency_is_without_already_it_is_without_since_then(
    name: str,
    agency: AgencyFacts,
    given: dt.datetime | None,
    stored: dt.datetime | None,
) -> None:
    decision = change_agency(agency, {name: given}, Wanted(), new_id=lambda: UUID(int=2))
    change = cast("Update", cast("Accepted", decision).changes[0])
    assert change.values == {name: stored}
