"""Writes docs/requirements.md from the tests: `python -m tests.requirements_table`."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS: Final = Path(__file__).resolve().parent
PATH: Final = TESTS.parent / "docs" / "requirements.md"

REQUIREMENTS: Final = {
    "R1": "A business cluster has a name, a province and one or more product lines.",
    "R2": "The development of a cluster is carried out through a development project of that cluster.",
    "R3": "A project is made of the five general phases, numbered 1 to 5.",
    "R4": "A cluster development agent acts on the cluster; without one a project is not activated.",
    "R5": "The study analyses the existing situation, the national and the global environment.",
    "R6": "The study is both desk and field research.",
    "R7": "The study's methodology is derived from UNIDO.",
    "R8": "The study is specific: at least one problem, and a solution for every problem.",
    "R9": "The study stores a baseline and a target level of development.",
    "R10": "The study is prepared and presented: a document and a presentation date.",
    "R11": "The agent carries out the study, or an administrator on the agent's behalf, audited.",
    "R12": "The study takes 3 to 4 months; the day after the upper bound it is overdue.",
    "R13": "Trust is measured on two axes: among members, and between members and institutions.",
    "R14": "Support institutions are governmental or non-governmental.",
    "R15": "Trust is measured over time, and a project without trust activity is flagged.",
    "R16": "The means of trust building are scientific, practical or both.",
    "R17": "Trust-building projects are short-term; a long one is warned about.",
    "R18": "The list of trust activities is open: exhibition support, joint visits, others.",
    "R19": "Trust building addresses all stakeholders: an institution can take part.",
    "R20": "Phase 2 starts when the project starts.",
    "R21": "Phase 2 continues until the project ends.",
    "R22": "Phase 2 overlaps the other phases.",
    "R23": "The action plan is vision, strategies and short-term operational programmes.",
    "R24": "The first action plan is due at the end of the diagnostic study.",
    "R25": "A new action plan is due at most one year after the last; an earlier one is welcome.",
    "R26": "During the project the agent drafts and presents the plan.",
    "R27": "The plan has the form and title of the action-plan document, with number and version.",
    "R28": "The plan is approved by the cluster's own steering council.",
    "R29": "Each cluster has one current steering council.",
    "R30": "After the project the plan is the duty of the comprehensive network.",
    "R31": "A cluster has at most one current comprehensive network.",
    "R32": "The yearly renewal survives the project.",
    "R33": "A project has a time period; its end is not before its start.",
    "R34": "A cluster has a recorded level of development with date, evidence and decider.",
    "R35": "Implementation begins after the diagnostic study.",
    "R36": "Implementation takes the greatest part of the time; a plan that says otherwise is warned about.",
    "R37": "Implementation carries out all sub-projects of the plan; none may stay open at its end.",
    "R38": "A sub-project is defined in an action plan and cannot start outside an approved one.",
    "R39": "Sub-projects may be directed at market development.",
    "R40": "Sub-projects may be directed at raising the technological level.",
    "R41": "Sub-projects may be directed at improving quality.",
    "R42": "Sub-projects may be directed at developing human resources.",
    "R43": "Sub-projects may be directed at supplying raw material.",
    "R44": "The list of types is open: others, and types that administrators add.",
    "R45": "Sub-projects are carried out within networks.",
    "R46": "Networks are registered or unregistered; a registered one has legal form and number.",
    "R47": "Exit needs an assessment that attains the level of development.",
    "R48": "Exit needs self-reliance in defining and in steering projects.",
    "R49": "Exit is announced, and the announcement starts the clock.",
    "R50": "The agent leaves 4 to 6 months after the announcement.",
    "R51": "The exit is gradual: at least two dated hand-over steps, all done at the end.",
    "R52": "At the end the agent's assignment and write access end.",
    "R53": "Without the preconditions there is no exit: time alone never moves a project there.",
    "R54": "Members and stakeholders are different sets; members are some of the stakeholders.",
    "R55": "Thresholds are versioned configuration; past assessments keep theirs.",
    "I1": "Five phases per project.",
    "I2": "At most one active project per cluster.",
    "I3": "An active project has exactly one current lead agent until the exit completes.",
    "I4": "Phase 2 starts and ends with the project.",
    "I5": "Phase 4 starts after phase 1 has completed.",
    "I6": "A started sub-project belongs to an approved plan version.",
    "I7": "At most one current approved plan per cluster; versions are gap-free and rising.",
    "I8": "An approved plan has a decision of the same cluster's council, not later than its approval.",
    "I9": "The next plan is due 12 Jalali months after approval.",
    "I10": "The submitter is the agent while the project lasts and the network afterwards.",
    "I11": "At most one current comprehensive network per cluster.",
    "I12": "An announced exit has both assessments at or above the thresholds in force.",
    "I13": "The exit completes no earlier than four months after its announcement, or by an override.",
    "I14": "A completed exit has at least two steps, all done, and the assignments have ended.",
    "I15": "A completed phase 4 leaves no open sub-project without a transferee.",
    "I16": "What is disbursed does not exceed what is committed; currencies are never summed together.",
    "I17": "Every write carries an actor and leaves its audit row in the same transaction.",
    "I18": "A partner never sees rows outside its scope, nor ratings and contacts.",
    "I19": "Dates are stored as ISO dates; Jalali is presentation and month arithmetic only.",
}


def proofs() -> dict[str, list[str]]:
    """Return the tests that prove each requirement, as `file::test`, in order."""
    found: dict[str, list[str]] = {number: [] for number in REQUIREMENTS}
    for path in sorted(TESTS.rglob("test_*.py")):
        for name, numbers in _marked(ast.parse(path.read_text(encoding="utf-8"))):
            for number in numbers:
                found.setdefault(number, []).append(f"{path.relative_to(TESTS.parent)}::{name}")
    return found


def _marked(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            whole = _numbers(node)
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef) and inner.name.startswith(
                    "test"
                ):
                    yield inner.name, [*whole, *_numbers(inner)]
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, _numbers(node)


def _numbers(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    return [
        argument.value
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.requirement"
        for argument in decorator.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


def _place(entry: tuple[str, list[str]]) -> tuple[int, int]:
    number = entry[0]
    return "RIAE".index(number[0]), int(number[1:])


def missing() -> list[str]:
    """Return the requirements that no test proves."""
    found = proofs()
    return [number for number in REQUIREMENTS if not found[number]]


def printed() -> str:
    """Return the table as Markdown."""
    lines = [
        "# Requirements and the tests that prove them",
        "",
        "Written by `python -m tests.requirements_table` from the markers in the tests; do not edit.",
        "R are the rules of the source text, I the invariants; A (readings) and E (practice rules) follow by number.",
        "",
        "| | Requirement | Proved by |",
        "|---|---|---|",
    ]
    for number, tests in sorted(proofs().items(), key=_place):
        shown = "<br>".join(f"`{test}`" for test in tests) or "not proved yet"
        lines.append(f"| {number} | {REQUIREMENTS.get(number, '')} | {shown} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PATH.write_text(printed(), encoding="utf-8")
