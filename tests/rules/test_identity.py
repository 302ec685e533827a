"""Identities: new ones grow with time, global ids are read back or refused."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema import identity
from schema.identity import UnusableId, global_id, new_id, read_global_id

A_CLUSTER = "Cluster_01a2084e-bd63-73a3-9980-c7896ba36b42"


def test_later_identities_are_greater_also_within_one_millisecond() -> None:
    made = [new_id() for _ in range(20_000)]
    assert all(before < after for before, after in pairwise(made))
    assert {(each.version, each.variant) for each in made} == {(7, "specified in RFC 4122")}


def test_identities_of_many_threads_are_distinct() -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: new_id(), range(5_000)))
    assert len(set(made)) == len(made)


def test_an_identity_tells_the_millisecond_it_was_made_in(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = 4_102_444_800_123
    monkeypatch.setattr(identity, "_SEQUENCE", identity._Sequence())  # noqa: SLF001 — a fresh process
    monkeypatch.setattr("time.time_ns", lambda: moment * 1_000_000)
    assert new_id().int >> 80 == moment


def test_identities_keep_growing_when_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "_SEQUENCE", identity._Sequence())  # noqa: SLF001 — a fresh process
    monkeypatch.setattr("time.time_ns", lambda: 2_000_000_000_000_000_000)
    before = new_id()
    monkeypatch.setattr("time.time_ns", lambda: 1_000_000_000_000_000_000)
    assert new_id() > before


def test_an_exhausted_millisecond_borrows_from_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    sequence = identity._Sequence()  # noqa: SLF001 — a fresh process
    monkeypatch.setattr(identity, "_SEQUENCE", sequence)
    monkeypatch.setattr("time.time_ns", lambda: 2_000_000_000_000_000_000)
    before = new_id()
    sequence._tail = (1 << 74) - 1  # noqa: SLF001 — as after very many ids in this millisecond
    assert new_id().int >> 80 == (before.int >> 80) + 1


@given(st.from_regex(r"[A-Z][A-Za-z0-9]{0,62}", fullmatch=True), st.uuids())
def test_a_global_id_is_read_back(type_name: str, each: UUID) -> None:
    assert read_global_id(global_id(type_name, each)) == (type_name, each)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Cluster",
        "Cluster_",
        "_01a2084e-bd63-73a3-9980-c7896ba36b42",
        "01a2084e-bd63-73a3-9980-c7896ba36b42",
        "cluster_01a2084e-bd63-73a3-9980-c7896ba36b42",
        A_CLUSTER.replace("-", ""),
        A_CLUSTER[:-1],
        A_CLUSTER + "0",
        A_CLUSTER + "\n",
        A_CLUSTER + "\0",
        A_CLUSTER.upper(),
        A_CLUSTER.replace("42", "۴۲"),
        "Q2x1c3Rlcjox",
        "\ud800" * 10,
        "C" * 10_000_000,
    ],
    ids=range(16),
)
def test_what_is_no_global_id_is_refused_in_one_short_printable_sentence(text: str) -> None:
    with pytest.raises(
        UnusableId, match=r"is not an id of this API: use the `id` of an earlier answer"
    ) as refusal:
        read_global_id(text)
    assert len(str(refusal.value)) < 400
    assert str(refusal.value).isascii()
    assert "\n" not in str(refusal.value)
