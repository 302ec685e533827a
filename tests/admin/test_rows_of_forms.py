"""Lists in forms: rows of inputs, rows within rows, and where a problem of the rules is shown."""

from __future__ import annotations

import pytest
from graphql import build_schema

from web.documents import Document, read_document
from web.forms import Form, fields_of, plain_help
from web.submissions import read_submission, take_problems

SDL = """
input SolutionInput { text: String! weight: Int }
input ProblemInput { text: String! solutions: [SolutionInput!]! = [] }
input EditStudyInput { id: ID!  "What holds it back (R8)." problems: [ProblemInput!] }
type Payload { ok: Boolean }
type Mutation { editStudy(input: EditStudyInput!): Payload }
type Query { ok: Boolean }
"""
FORM = Form(toast="", done="", back="", submit="")


@pytest.fixture
def study() -> Document:
    """Return a document with the mutation of a small study."""
    text = "mutation StudiesEditSubmit($input: EditStudyInput!) { editStudy(input: $input) { ok } }"
    return read_document("studies/edit", text, build_schema(SDL))


TEXTS = {
    "id": ["Study_1"],
    "problems.0.text": [""],
    "problems.1.text": ["بازار کساد است"],
    "problems.1.solutions.0.text": [""],
    "problems.1.solutions.1.text": ["نمایشگاه"],
    "problems.1.solutions.1.weight": ["۳"],
    "problems.2.text": ["کهنه"],
    "problems.2.remove": ["true"],
}


def test_blank_and_removed_rows_are_left_out_and_rows_hold_rows(study: Document) -> None:
    assert study.mutation
    submission = read_submission(FORM, study.mutation, TEXTS)
    assert submission.troubles == {}
    assert submission.values["problems"] == [
        {"text": "بازار کساد است", "solutions": [{"text": "نمایشگاه", "weight": 3}]}
    ]


def test_a_list_that_was_emptied_is_emptied_and_one_that_was_not_shown_is_left_alone(study: Document) -> None:
    assert study.mutation
    emptied = read_submission(FORM, study.mutation, {"id": ["Study_1"], "problems.0.text": [""]})
    assert emptied.values["problems"] == []
    assert "problems" not in read_submission(FORM, study.mutation, {"id": ["Study_1"]}).values


def test_a_problem_stands_at_the_row_on_the_screen_not_at_its_place_among_the_values(study: Document) -> None:
    assert study.mutation
    submission = read_submission(FORM, study.mutation, TEXTS)
    visible = fields_of(FORM, study.mutation)
    path = ["problems", "0", "solutions", "0", "text"]
    take_problems(submission, [{"code": "TOO_LONG", "path": path, "message": "دراز است"}], visible)
    take_problems(submission, [{"code": "REQUIRED", "path": ["elsewhere"], "message": ""}], visible)
    assert set(submission.troubles) == {"problems.1.solutions.1.text", ""}


def test_what_is_missing_in_a_row_is_said_in_that_row(study: Document) -> None:
    assert study.mutation
    texts = {**TEXTS, "problems.1.text": [" "], "problems.1.solutions.1.weight": ["سه"]}
    submission = read_submission(FORM, study.mutation, texts)
    assert set(submission.troubles) == {"problems.1.text", "problems.1.solutions.1.weight"}


def test_help_is_for_people_and_leaves_the_numbers_of_rules_out() -> None:
    assert plain_help("What holds it back (R8).\nMore.") == "What holds it back."
    assert plain_help("Whose duty it is (R30, A12).") == "Whose duty it is."
    assert plain_help("1 (no trust) to 5 (full trust).") == "1 (no trust) to 5 (full trust)."
