"""The primary is lost while eight writers write: every acknowledged write is on the promoted replica."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
import yaml

from deploy.drills.writers import KEPT, TABLE, Writers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from deploy.drills.postgres import DrillPostgres

pytestmark = pytest.mark.slow
ROUNDS = 3 if os.environ.get("DRILLS") == "full" else 1


@pytest.fixture
def pair(
    roled_postgres: DrillPostgres, new_postgres: Callable[[str], DrillPostgres], manifests: Path
) -> tuple[DrillPostgres, DrillPostgres]:
    """Give a primary whose commits wait for its replica, as the manifests ask for it."""
    text = (manifests / "components" / "postgres" / "cluster.yaml").read_text(encoding="utf-8")
    spec = yaml.safe_load(text)["spec"]["postgresql"]
    rule = spec["synchronous"]
    assert spec["parameters"]["synchronous_commit"] == "on"
    replica = new_postgres("replica")
    replica.follow(roled_postgres, "replica")
    replica.start()
    # What CloudNativePG makes of method and number once the replica streams.
    names = f'{rule["method"]} {rule["number"]} ("replica")'
    roled_postgres.psql(f"alter system set synchronous_standby_names = '{names}'")
    roled_postgres.psql("select pg_reload_conf()")
    roled_postgres.psql(TABLE)
    return roled_postgres, replica


def kept(server: DrillPostgres) -> set[str]:
    return set(server.psql(KEPT).splitlines())


def test_a_line_that_was_cut_acknowledges_nothing() -> None:
    """Half of `1 345` is neither the write 1 345 nor any other."""
    writers = Writers()
    for line in ("1 345\n", "failed\n", "2 17\n", "3 4"):
        writers.hear(line)
    assert writers.acknowledged == {"1 345", "2 17"}
    assert writers.failures == 1


@pytest.mark.parametrize("round_number", range(ROUNDS))
def test_no_acknowledged_write_is_lost_when_the_primary_dies(
    pair: tuple[DrillPostgres, DrillPostgres], round_number: int
) -> None:
    primary, replica = pair
    with Writers(primary.address(), replica.address()) as writers:
        writers.acknowledge(300 + 100 * round_number)
        primary.kill()
        before = set(writers.acknowledged)
        replica.promote()
        writers.acknowledge(300)
    there = kept(replica)
    assert writers.acknowledged <= there
    assert len(before) >= 300
    assert writers.failures, "the writers noticed that the primary was gone"


def test_nothing_is_acknowledged_while_no_replica_can_confirm(
    pair: tuple[DrillPostgres, DrillPostgres],
) -> None:
    """The other side of the promise: without it the drill above could pass by luck."""
    primary, replica = pair
    with Writers(primary.address()) as writers:
        writers.acknowledge(100)
        replica.kill()
        time.sleep(0.2)
        before = len(writers.acknowledged)
        time.sleep(1)
        # The writers give up on a write after two seconds, and none of them was told it was done.
        assert len(writers.acknowledged) == before
        replica.start()
        writers.acknowledge(100)
    assert writers.acknowledged <= kept(primary)


def test_the_lost_primary_comes_back_as_a_replica(
    pair: tuple[DrillPostgres, DrillPostgres], new_postgres: Callable[[str], DrillPostgres]
) -> None:
    primary, replica = pair
    with Writers(primary.address(), replica.address()) as writers:
        writers.acknowledge(100)
        primary.kill()
        replica.promote()
        back = new_postgres("back")
        back.follow(replica, "back")
        back.start()
        writers.acknowledge(100)
    # What the new primary has is what matters; the new replica needs a moment to have it as well.
    assert writers.acknowledged <= kept(replica)
    limit = time.monotonic() + 60
    while missing := writers.acknowledged - kept(back):
        assert time.monotonic() < limit, f"the new replica does not catch up: {sorted(missing)[:5]} missing"
        time.sleep(0.1)
