"""The structure of trust: figures of a net of ties, between none and a complete circle."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from schema.trust.structure import Tie, structure_of


def test_the_structure_of_a_complete_mutual_circle_is_perfect() -> None:
    people = [UUID(int=index) for index in range(4)]
    ties = [Tie(a, b) for a in people for b in people if a != b]
    structure = structure_of([*ties, *(Tie(a, UUID(int=99), institutional=True) for a in people)], 4)
    assert structure.composite == 100.0


def test_the_structure_of_a_star_is_dense_around_one() -> None:
    people = [UUID(int=index) for index in range(4)]
    structure = structure_of([Tie(people[0], other) for other in people[1:]], 4)
    assert (structure.density, structure.reciprocity) == (25.0, 0.0)
    assert (structure.decentralisation, structure.transitivity) == (0.0, 0.0)
    assert structure.connectedness == 100.0


def test_nobody_tied_is_zero() -> None:
    assert structure_of([], 10).composite == 0
    assert structure_of([], 1).composite == 0


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.booleans())), st.integers(8, 20))
def test_every_figure_of_structure_lies_between_0_and_100(
    pairs: list[tuple[int, int, bool]], members: int
) -> None:
    ties = [
        Tie(UUID(int=a), UUID(int=b + (100 if institution else 0)), institution)
        for a, b, institution in pairs
    ]
    structure = structure_of(ties, members)
    for name in structure.__slots__:
        assert 0 <= getattr(structure, name) <= 100
