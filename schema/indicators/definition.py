"""The definition of an indicator, in both languages, as the catalogue of every installation starts with it."""

from dataclasses import dataclass

from schema.vocabulary import IndicatorDimension, IndicatorLevel, IndicatorSubject, IndicatorUnit


@dataclass(frozen=True, slots=True)
class Definition:
    """An indicator: what it says, in which unit and of what.

    `version` is that of the formula (or, for entered ones, of the definition): whatever changes what a
    value means raises it, and every kept value names the version it was made by. A computed indicator
    names the field of the API that shows it and the thresholds of the programme it obeys (R55).
    """

    code: str
    dimension: IndicatorDimension
    subject: IndicatorSubject
    unit: IndicatorUnit
    name_fa: str
    name_en: str
    definition_fa: str
    definition_en: str
    field: str | None = None
    thresholds: tuple[str, ...] = ()
    level: IndicatorLevel | None = None
    version: int = 1
    basis: str = ""

    @property
    def computed(self) -> bool:
        """Whether its values are computed from what is on record."""
        return self.field is not None
