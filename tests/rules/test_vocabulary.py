"""The words of the domain: their wire names, their labels in both languages, their order."""

import re

import pytest

from schema import vocabulary
from schema.vocabulary import (
    Currency,
    CurrencyUnit,
    DevelopmentLevel,
    DocumentKind,
    PhaseCode,
    PhaseStatus,
    SubProjectType,
    longest_wire_name,
)
from schema.vocabulary.term import Term

ENUMERATIONS = sorted(
    (terms for terms in Term.__subclasses__() if terms.__module__.startswith("schema.vocabulary.")),
    key=lambda terms: terms.__name__,
)
ZWNJ = "\u200c"


@pytest.mark.parametrize("terms", ENUMERATIONS, ids=lambda terms: terms.__name__)
def test_every_term_has_a_wire_name_equal_to_its_name_and_a_label_in_both_languages(
    terms: type[Term],
) -> None:
    assert terms.__doc__ != Term.__doc__
    for term in terms:
        assert term.value == term.name
        assert re.fullmatch(r"[A-Z][A-Z_]*[A-Z]", term.value)
        assert re.fullmatch(r"[آ-یأئ–،/" + ZWNJ + r" ]+", term.label_fa), term
        assert term.label_fa == term.label_fa.strip(" " + ZWNJ)
        assert re.fullmatch(r"[A-Z][A-Za-z–',/ -]+", term.label_en), term


@pytest.mark.parametrize("terms", ENUMERATIONS, ids=lambda terms: terms.__name__)
def test_labels_within_one_enumeration_are_distinct_in_both_languages(terms: type[Term]) -> None:
    assert len({term.label_fa for term in terms}) == len(list(terms))
    assert len({term.label_en for term in terms}) == len(list(terms))


@pytest.mark.parametrize("terms", ENUMERATIONS, ids=lambda terms: terms.__name__)
def test_every_enumeration_is_found_under_the_one_roof(terms: type[Term]) -> None:
    assert getattr(vocabulary, terms.__name__) is terms
    assert terms.__name__ in vocabulary.__all__


def test_the_project_has_the_five_phases_of_the_source_in_their_order() -> None:
    assert [(phase.rank, phase.value, phase.label_fa) for phase in PhaseCode] == [
        (1, "DIAGNOSTIC_STUDY", "مطالعه شناختی"),
        (2, "TRUST_BUILDING", "اعتمادسازی"),
        (3, "ACTION_PLAN", "تدوین سند برنامه عمل"),
        (4, "IMPLEMENTATION", f"پیاده{ZWNJ}سازی"),
        (5, "AGENT_EXIT", "خروج عامل توسعه"),
    ]


def test_the_source_names_five_sub_project_types_and_leaves_the_list_open() -> None:
    assert {"MARKET_DEVELOPMENT", "TECHNOLOGY_UPGRADING", "QUALITY_IMPROVEMENT"} <= set(SubProjectType)
    assert {"HUMAN_RESOURCE_DEVELOPMENT", "RAW_MATERIAL_SUPPLY", "OTHER"} <= set(SubProjectType)


def test_a_term_is_its_wire_name_wherever_text_is_expected() -> None:
    assert PhaseStatus("IN_PROGRESS") is PhaseStatus.IN_PROGRESS
    assert PhaseStatus.IN_PROGRESS == "IN_PROGRESS"
    assert f"{PhaseStatus.IN_PROGRESS}" == "IN_PROGRESS"
    with pytest.raises(ValueError, match="IN_TROUBLE"):
        PhaseStatus("IN_TROUBLE")


def test_levels_of_development_are_ordered_so_that_a_threshold_means_something() -> None:
    assert DevelopmentLevel.DEVELOPED.is_at_least(DevelopmentLevel.MATURING)
    assert DevelopmentLevel.MATURING.is_at_least(DevelopmentLevel.MATURING)
    assert not DevelopmentLevel.NASCENT.is_at_least(DevelopmentLevel.EMERGING)


def test_a_column_for_a_term_is_as_long_as_its_longest_wire_name() -> None:
    assert longest_wire_name(SubProjectType) == len("HUMAN_RESOURCE_DEVELOPMENT")


def test_papers_that_name_private_persons_have_no_category_for_publication() -> None:
    assert DocumentKind.ACTION_PLAN.iati_category == "A02"
    assert DocumentKind.CONTRACT.iati_category == "A11"
    unpublished = {kind for kind in DocumentKind if kind.iati_category is None}
    assert unpublished == {DocumentKind.APPOINTMENT_LETTER, DocumentKind.ATTENDANCE_LIST, DocumentKind.OTHER}


@pytest.mark.parametrize("currency", Currency)
def test_only_the_rial_is_counted_in_old_and_new_units(currency: Currency) -> None:
    units = {unit for unit in CurrencyUnit if unit.belongs_to(currency)}
    if currency is Currency.IRR:
        assert units == {CurrencyUnit.OLD_RIAL, CurrencyUnit.NEW_RIAL}
    else:
        assert units == {CurrencyUnit.MAIN}
