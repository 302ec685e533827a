"""The committed contract is what the code offers, and what breaks partners is announced."""

from __future__ import annotations

from services.contract_file import announced, breaking, differences, printed, undated

OLD = "type Query { cluster(id: ID!): Cluster } type Cluster { nameFa: String! nameEn: String }"


def test_the_committed_contract_is_what_the_code_offers() -> None:
    assert differences() == []


def test_a_field_that_goes_away_breaks_partners() -> None:
    new = "type Query { cluster(id: ID!): Cluster } type Cluster { nameFa: String! }"
    assert breaking(OLD, new) == ["Field Cluster.nameEn was removed."]


def test_a_field_that_is_added_breaks_nobody() -> None:
    assert breaking(OLD, OLD.replace("nameEn", "slug: String! nameEn")) == []


def test_what_is_deprecated_says_until_when_and_what_takes_its_place() -> None:
    contract = """
      type Query { a: Int @deprecated(reason: "Until 2027-06-30: use `b`.") b(c: Int @deprecated): Int d: E }
      enum E { F @deprecated(reason: "soon") G }
    """
    assert undated(contract) == ["Query.b(c)", "E.F"]
    assert undated(printed()) == []


def test_a_breaking_change_must_be_announced_for_the_coming_release() -> None:
    assert announced("## Unreleased\n\n### Breaking\n\n- `Cluster.nameEn` is gone.\n")
    assert not announced("## Unreleased\n\n### Added\n\n- x\n\n## 1.0.0\n\n### Breaking\n\n- y\n")
    assert not announced("## Unreleased\n\n### Breaking\n\n## 1.0.0\n")
