"""The computed indicators of domain section 4.5, up to and including the programme's, as definitions."""

from typing import Final

from schema.indicators.computed.budget import BUDGET
from schema.indicators.computed.execution import EXECUTION
from schema.indicators.computed.exit import EXIT
from schema.indicators.computed.phases import PHASES
from schema.indicators.computed.planning import PLANNING
from schema.indicators.computed.programme import PROGRAMME
from schema.indicators.computed.self_reliance import SELF_RELIANCE
from schema.indicators.computed.trust import TRUST
from schema.indicators.definition import Definition

COMPUTED: Final[tuple[Definition, ...]] = (
    *PHASES,
    *PLANNING,
    *TRUST,
    *SELF_RELIANCE,
    *EXIT,
    *EXECUTION,
    *BUDGET,
    *PROGRAMME,
)
