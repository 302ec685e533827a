"""Whatever can be done is offered somewhere beforehand: every mutation by a `permittedActions`, or explained here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st

from schema.declaration import Decided
from schema.graph import ENTITIES, declarations
from services.graphql.mutations.registry import MUTATIONS

if TYPE_CHECKING:
    import datetime

    from schema.facts import Facts

pytestmark = pytest.mark.usefixtures("contract_engine")

UNOFFERED: Final = {
    "nothing is there yet that could offer it": {
        "addIndicator", "addSubProjectType", "addTrustActivityType", "createAgency", "createCluster", "createUser",
        "enterSupportInstitution", "formNationalCouncil", "startBulkAction", "startExport", "writeNotificationText",
    },
    "it is done to oneself and to nothing that is listed": {"changePassword", "saveView"},
}  # fmt: skip


def offered(facts: Facts[Any], rule: Any, today: datetime.date) -> set[str]:
    """Return the actions that a rule answers for; invented facts will do, since it names all of them always."""
    made: list[set[str]] = []

    def answers(fact: Any) -> bool:
        try:
            made.append({permission.action for permission in rule(fact, today=today)})
        except (StopIteration, IndexError, KeyError, OverflowError, ValueError):
            return False
        return True

    quick = settings(
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
        max_examples=500,
        deadline=None,
        derandomize=True,
    )
    find(st.from_type(facts.shape), answers, settings=quick)
    return made[0]


def test_every_mutation_is_offered_by_something_or_says_why_not(contract_engine: Any) -> None:
    today = contract_engine.today()
    found: set[str] = set()
    for entity in ENTITIES.values():
        for _field, declaration in declarations(entity.graph).values():
            if isinstance(declaration, Decided):
                found |= offered(declaration.facts, declaration.rule, today)
    # What was removed is not seen until it is restored, so nothing can offer that.
    restoring = {name for name in MUTATIONS if name.startswith("restore")}
    explained = restoring.union(*UNOFFERED.values())
    assert set(MUTATIONS) - found - explained == set(), "offer it in a permittedActions"
    assert found - set(MUTATIONS) == set(), "there is no such mutation"
    assert explained & found == set(), "it is offered: take it off the list"
    assert explained - set(MUTATIONS) == set(), "there is no such mutation"


def test_whatever_can_be_removed_can_be_restored() -> None:
    # Entered again rather than restored: nothing but the thing itself is lost.
    ties = {
        "removeIndicatorTarget",
        "removeTie",
        "removeTrustRating",
        "removeTrustParticipant",
        "removeTrustedDocument",
        "removeView",
        "removeWebhookEndpoint",
    }
    for name in set(MUTATIONS) - ties:
        for word in ("remove", "delete", "withdraw"):
            if name.startswith(word):
                assert f"restore{name.removeprefix(word)}" in MUTATIONS, name
