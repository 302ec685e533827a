"""Collects what is wrong with a request about accounts, so that everything is told at once."""

from dataclasses import dataclass, field

from schema.decision import Problem
from schema.problems import ProblemCode


@dataclass(slots=True)
class Checks:
    """Collects problems, so that all are told at once."""

    problems: list[Problem] = field(default_factory=list)

    def require(self, condition: bool, code: ProblemCode, *path: str, **values: object) -> None:  # noqa: FBT001 - a condition is what it is
        """Keep the problem unless the condition holds."""
        if not condition:
            self.refuse(code, *path, **values)

    def refuse(self, code: ProblemCode, *path: str, **values: object) -> None:
        """Keep a problem."""
        self.problems.append(Problem(code, path, values))
