"""Trust: short-term activities, two axes, figures that never tell who said what."""

from __future__ import annotations

import datetime
from dataclasses import replace
from itertools import count
from uuid import UUID

import pytest

from schema.decision import Accepted, Decision, Refused, Remove, Update
from schema.events import EventType
from schema.open_lists.rules import AddedType
from schema.problems import ProblemCode
from schema.trust import answers, figures, rules, sheets, surveys
from schema.vocabulary import (
    ProjectStatus,
    SurveyStatus,
    TieKind,
    TrustActivityType,
    TrustApproach,
    TrustAxis,
)

TODAY = datetime.date(2026, 11, 23)
START = datetime.date(2026, 6, 1)
DAY = datetime.timedelta(days=1)
NAMES = {"name_fa": "بازدید مشترک", "name_en": "Joint visit"}
HOME = rules.TrustHome(UUID(int=1), UUID(int=2), ProjectStatus.ACTIVE, START, short_months=6)
ACTIVITY = rules.ActivityFacts(
    UUID(int=3),
    HOME.cluster_id,
    HOME.id,
    ProjectStatus.ACTIVE,
    START,
    6,
    START,
    START + 5 * DAY,
    None,
    None,
    (rules.Participant(UUID(int=4), institution_id=UUID(int=5)),),
)
MEMBER, OTHER, STRANGER = (
    answers.Respondent(UUID(int=20 + index), HOME.cluster_id, is_member=index < 2) for index in range(3)
)
SURVEY = figures.SurveyFacts(
    UUID(int=6),
    HOME.cluster_id,
    HOME.id,
    ProjectStatus.ACTIVE,
    SurveyStatus.OPEN,
    2,
    START,
    members=10,
    respondents=6,
    member_raters=6,
    member_ratings=6,
    member_mean=3.0,
    institution_raters=5,
    institution_ratings=5,
    institution_mean=5.0,
    ties=tuple(figures.RatedTie(UUID(int=30 + n), UUID(int=40), institutional=False) for n in range(5)),
    weights=figures.Weights(0.35, 0.35, 0.30, floor=5),
    former_index=None,
)


def ids() -> UUID:
    return UUID(int=1000 + next(_counter))


_counter = count()


def codes(decision: Decision) -> list[ProblemCode]:
    assert isinstance(decision, Refused), decision
    return [problem.code for problem in decision.problems]


def accepted(decision: Decision) -> Accepted:
    assert isinstance(decision, Accepted), decision
    return decision


def planned(home: rules.TrustHome = HOME, end: datetime.date = START + DAY, **names: str) -> Decision:
    return rules.plan_activity(
        home,
        {**NAMES, **names},
        means=rules.Means(TrustActivityType.JOINT_VISIT, TrustApproach.BOTH),
        period=(START, end),
        new_id=ids,
    )


@pytest.mark.requirement("R16", "R18")
@pytest.mark.parametrize("approach", list(TrustApproach))
@pytest.mark.parametrize("kind", list(TrustActivityType))
def test_every_approach_and_kind_of_activity_can_be_planned(
    approach: TrustApproach, kind: TrustActivityType
) -> None:
    decision = rules.plan_activity(
        HOME, NAMES, means=rules.Means(kind, approach), period=(START, START), new_id=ids
    )
    values = accepted(decision).changes[0].values  # type: ignore[union-attr]  # a Create has values
    assert (values["type"], values["approach"]) == (kind, approach)
    assert accepted(decision).warnings == ()


@pytest.mark.requirement("R18")
def test_an_activity_names_an_added_type_under_other_and_keeps_it_when_it_is_retired() -> None:
    def plan(kind: TrustActivityType, added: AddedType) -> Decision:
        means = rules.Means(kind, TrustApproach.BOTH, added)
        return rules.plan_activity(HOME, NAMES, means=means, period=(START, START), new_id=ids)

    added = AddedType(UUID(int=61), None)
    values = accepted(plan(TrustActivityType.OTHER, added)).changes[0].values  # type: ignore[union-attr]  # a Create has values
    assert (values["type"], values["additional_type_id"]) == (TrustActivityType.OTHER, added.id)
    assert codes(plan(TrustActivityType.MEETING, added)) == [ProblemCode.NOT_OF_THE_OPEN_LIST]
    retired = replace(added, retired_on=TODAY)
    assert codes(plan(TrustActivityType.OTHER, retired)) == [ProblemCode.TYPE_RETIRED]
    chosen = {"additional_type_id": retired.id}
    assert codes(rules.edit_activity(ACTIVITY, chosen, additional=retired)) == [ProblemCode.TYPE_RETIRED]
    has_it = replace(ACTIVITY, type=TrustActivityType.OTHER, additional_type_id=retired.id)
    assert isinstance(rules.edit_activity(has_it, chosen, additional=retired), Accepted)


@pytest.mark.requirement("R18")
def test_another_type_than_other_takes_the_added_one_away() -> None:
    has_it = replace(ACTIVITY, type=TrustActivityType.OTHER, additional_type_id=UUID(int=61))
    to_a_visit = {"type": TrustActivityType.JOINT_VISIT}
    changed = accepted(rules.edit_activity(has_it, to_a_visit)).changes
    assert changed == (Update("TrustActivity", ACTIVITY.id, {**to_a_visit, "additional_type_id": None}),)
    kept = accepted(rules.edit_activity(has_it, {"name_en": "Another"})).changes
    assert kept == (Update("TrustActivity", ACTIVITY.id, {"name_en": "Another"}),)
    added = AddedType(UUID(int=62), None)
    both = rules.edit_activity(has_it, {**to_a_visit, "additional_type_id": added.id}, additional=added)
    assert codes(both) == [ProblemCode.NOT_OF_THE_OPEN_LIST]


@pytest.mark.requirement("R17")
def test_an_activity_longer_than_the_limit_is_accepted_with_a_warning() -> None:
    last_short = datetime.date(2026, 12, 2)  # six Jalali months after 11 Khordad 1405
    assert accepted(planned(end=last_short)).warnings == ()
    warned = accepted(planned(end=last_short + DAY))
    assert [warning.code for warning in warned.warnings] == [ProblemCode.NOT_SHORT_TERM]


@pytest.mark.parametrize("status", [ProjectStatus.PLANNED, ProjectStatus.COMPLETED, ProjectStatus.CANCELLED])
def test_trust_is_built_only_while_the_project_runs(status: ProjectStatus) -> None:
    assert codes(planned(replace(HOME, status=status))) == [ProblemCode.PROJECT_NOT_ACTIVE]
    survey_home = surveys.SurveyHome(replace(HOME, status=status), 0, None)
    opened = surveys.open_survey(survey_home, on=TODAY, today=TODAY, new_id=ids)
    assert codes(opened) == [ProblemCode.PROJECT_NOT_ACTIVE]


def test_an_activity_has_names_and_ends_after_it_starts() -> None:
    refused = codes(planned(end=START - DAY, name_fa=""))
    assert refused == [ProblemCode.REQUIRED, ProblemCode.DATES_OUT_OF_ORDER]


@pytest.mark.requirement("R15")
def test_recording_an_activity_reports_it_and_keeps_its_days() -> None:
    decision = accepted(
        rules.record_activity(
            ACTIVITY, period=(START, START + DAY), outcome={"outcome_fa": "۳۶ نفر"}, today=TODAY
        )
    )
    assert [event.type for event in decision.events] == [EventType.TRUST_ACTIVITY_RECORDED]
    assert decision.events[0].payload["participants"] == 1
    done = replace(ACTIVITY, actual_start=START, actual_end=START + DAY)
    assert codes(rules.remove_activity(done)) == [ProblemCode.ALREADY_RECORDED]
    assert codes(rules.remove_participant(done, UUID(int=4))) == [ProblemCode.ALREADY_RECORDED]


def test_what_did_not_happen_yet_or_happened_before_the_project_is_not_recorded() -> None:
    def recorded(
        start: datetime.date, end: datetime.date, activity: rules.ActivityFacts = ACTIVITY
    ) -> Decision:
        return rules.record_activity(activity, period=(start, end), outcome={}, today=TODAY)

    assert codes(recorded(TODAY, TODAY + DAY)) == [ProblemCode.IN_FUTURE]
    assert codes(recorded(START - DAY, START)) == [ProblemCode.BEFORE_PROJECT_START]
    assert codes(recorded(START + DAY, START)) == [ProblemCode.DATES_OUT_OF_ORDER]
    alone = replace(ACTIVITY, participants=())
    assert codes(recorded(START, START, alone)) == [ProblemCode.PARTICIPANTS_REQUIRED]


@pytest.mark.requirement("R19")
def test_an_institution_can_take_part_and_nobody_twice() -> None:
    def added(stakeholder: UUID | None, institution: UUID | None) -> Decision:
        return rules.add_participant(
            ACTIVITY, stakeholder_id=stakeholder, institution_id=institution, new_id=ids
        )

    assert accepted(added(None, UUID(int=7))).changes
    assert accepted(added(UUID(int=8), None)).changes
    assert codes(added(None, UUID(int=5))) == [ProblemCode.NOT_UNIQUE]
    assert codes(added(None, None)) == [ProblemCode.ONE_OF_BOTH]
    assert codes(added(UUID(int=8), UUID(int=7))) == [ProblemCode.ONE_OF_BOTH]


def test_one_round_at_a_time_and_rounds_are_counted() -> None:
    home = surveys.SurveyHome(HOME, 1, None)
    opened = accepted(surveys.open_survey(home, on=TODAY, today=TODAY, new_id=ids))
    assert opened.changes[0].values["round"] == 2  # type: ignore[union-attr]  # a Create has values
    busy = replace(home, open_survey_id=UUID(int=9))
    assert codes(surveys.open_survey(busy, on=TODAY + DAY, today=TODAY, new_id=ids)) == [
        ProblemCode.IN_FUTURE,
        ProblemCode.SURVEY_ALREADY_OPEN,
    ]


def rated(ratee: answers.About, rater: answers.Respondent = MEMBER, score: int = 3) -> Decision:
    return answers.rate(SURVEY, rater=rater, ratee=ratee, score=score, new_id=ids)


@pytest.mark.requirement("R13")
def test_the_two_axes_are_stored_separately() -> None:
    towards_member = accepted(rated(answers.About(OTHER))).changes[0]
    towards_institution = accepted(rated(answers.About(institution_id=UUID(int=5)))).changes[0]
    assert towards_member.values["axis"] is TrustAxis.MEMBER_MEMBER  # type: ignore[union-attr]  # a Create
    assert towards_institution.values["axis"] is TrustAxis.MEMBER_INSTITUTION  # type: ignore[union-attr]  # a Create


@pytest.mark.requirement("R54")
def test_only_members_answer_and_only_about_members_or_institutions() -> None:
    assert codes(rated(answers.About(OTHER), rater=STRANGER)) == [ProblemCode.MEMBERS_ONLY]
    assert codes(rated(answers.About(STRANGER))) == [ProblemCode.MEMBERS_ONLY]
    assert codes(rated(answers.About(MEMBER))) == [ProblemCode.ABOUT_ONESELF]
    assert codes(rated(answers.About())) == [ProblemCode.ONE_OF_BOTH]
    elsewhere = replace(OTHER, cluster_id=UUID(int=99))
    assert codes(rated(answers.About(elsewhere))) == [ProblemCode.MEMBERS_ONLY]


@pytest.mark.parametrize("score", [-1, 0, 6, 10**9])
def test_a_rating_lies_between_one_and_five(score: int) -> None:
    assert codes(rated(answers.About(OTHER), score=score)) == [ProblemCode.SCORE_OUT_OF_RANGE]


def test_answering_again_replaces_the_answer_and_a_tie_is_entered_once() -> None:
    answered = replace(
        MEMBER,
        answers=(
            answers.Answer(UUID(int=50), SURVEY.id, OTHER.id),
            answers.Answer(UUID(int=51), SURVEY.id, OTHER.id, TieKind.INFO),
        ),
    )
    change = accepted(rated(answers.About(OTHER), rater=answered)).changes[0]
    assert (change.id, type(change).__name__) == (UUID(int=50), "Update")

    def tied(kind: TieKind) -> Decision:
        return answers.tie(SURVEY, source=answered, target=answers.About(OTHER), kind=kind, new_id=ids)

    assert codes(tied(TieKind.INFO)) == [ProblemCode.NOT_UNIQUE]
    assert accepted(tied(TieKind.BUSINESS)).changes


@pytest.mark.requirement("R13")
def test_a_sheet_is_entered_at_once_and_a_known_answer_is_replaced_or_stays() -> None:
    bank = answers.About(institution_id=UUID(int=5))
    known = replace(
        MEMBER,
        answers=(
            answers.Answer(UUID(int=30), SURVEY.id, OTHER.id),
            answers.Answer(UUID(int=31), SURVEY.id, OTHER.id, TieKind.INFO),
        ),
    )
    decision = accepted(
        sheets.enter(
            SURVEY,
            rater=known,
            ratings=[(answers.About(OTHER), 4), (bank, 2)],
            ties=[(answers.About(OTHER), TieKind.INFO), (bank, TieKind.BUSINESS)],
            new_id=ids,
        )
    )
    assert [type(change).__name__ for change in decision.changes] == ["Update", "Create", "Create"]


@pytest.mark.requirement("R13")
def test_one_impossible_answer_refuses_the_whole_sheet_and_names_its_line() -> None:
    decision = sheets.enter(
        SURVEY,
        rater=MEMBER,
        ratings=[(answers.About(OTHER), 4), (answers.About(STRANGER), 4), (answers.About(OTHER), 9)],
        ties=[(answers.About(MEMBER), TieKind.BUSINESS)],
        new_id=ids,
    )
    assert isinstance(decision, Refused)
    assert {(problem.code, problem.path) for problem in decision.problems} == {
        (ProblemCode.MEMBERS_ONLY, ("ratings", "1", "aboutId")),
        (ProblemCode.NOT_UNIQUE, ("ratings", "2", "aboutId")),
        (ProblemCode.SCORE_OUT_OF_RANGE, ("ratings", "2", "score")),
        (ProblemCode.ABOUT_ONESELF, ("ties", "0", "aboutId")),
    }


def test_an_empty_sheet_and_the_sheet_of_a_stranger_are_refused() -> None:
    assert codes(sheets.enter(SURVEY, rater=MEMBER, ratings=[], ties=[], new_id=ids)) == [
        ProblemCode.REQUIRED
    ]
    strange = sheets.enter(SURVEY, rater=STRANGER, ratings=[(answers.About(OTHER), 3)], ties=[], new_id=ids)
    assert codes(strange) == [ProblemCode.MEMBERS_ONLY]


def test_a_closed_round_takes_no_answers_and_is_not_closed_twice() -> None:
    closed = replace(SURVEY, status=SurveyStatus.CLOSED)
    answer = answers.rate(closed, rater=MEMBER, ratee=answers.About(OTHER), score=3, new_id=ids)
    assert codes(answer) == [ProblemCode.WRONG_STATUS]
    assert codes(surveys.close(closed, on=TODAY, today=TODAY)) == [ProblemCode.WRONG_STATUS]
    assert codes(surveys.close(replace(SURVEY, respondents=0), on=START - DAY, today=TODAY)) == [
        ProblemCode.DATES_OUT_OF_ORDER,
        ProblemCode.SURVEY_EMPTY,
    ]


@pytest.mark.requirement("R15")
def test_only_an_open_round_is_cancelled_and_only_with_a_reason() -> None:
    decision = accepted(surveys.cancel(SURVEY, reason="پرسش‌نامه نادرست بود"))
    changed = {"status": SurveyStatus.CANCELLED, "status_reason": "پرسش‌نامه نادرست بود"}
    assert decision.changes == (Update("TrustSurvey", SURVEY.id, changed),)
    assert codes(surveys.cancel(SURVEY, reason="")) == [ProblemCode.REASON_REQUIRED]
    for over in (SurveyStatus.CLOSED, SurveyStatus.CANCELLED):
        done = replace(SURVEY, status=over)
        assert codes(surveys.cancel(done, reason="دیر")) == [ProblemCode.WRONG_STATUS]
        assert codes(surveys.close(done, on=TODAY, today=TODAY)) == [ProblemCode.WRONG_STATUS]
        offered = {one.action for one in surveys.permitted(done, today=TODAY) if one.allowed}
        assert offered == set()


@pytest.mark.requirement("R13")
def test_what_was_entered_wrongly_is_taken_back_only_while_the_round_is_open() -> None:
    left = replace(
        MEMBER,
        is_member=False,
        answers=(
            answers.Answer(UUID(int=60), SURVEY.id, OTHER.id),
            answers.Answer(UUID(int=61), SURVEY.id, OTHER.id, TieKind.INFO),
        ),
    )
    about = answers.About(OTHER)
    rating = answers.remove_rating(SURVEY, rater=left, ratee=about)
    assert accepted(rating).changes == (Remove("TrustRating", UUID(int=60)),)
    tie = answers.remove_tie(SURVEY, source=left, target=about, kind=TieKind.INFO)
    assert accepted(tie).changes == (Remove("Tie", UUID(int=61)),)
    never = answers.remove_tie(SURVEY, source=left, target=about, kind=TieKind.BUSINESS)
    assert codes(never) == [ProblemCode.NOT_ANSWERED]
    bank = answers.remove_rating(SURVEY, rater=left, ratee=answers.About(institution_id=UUID(int=5)))
    assert isinstance(bank, Refused)
    assert [problem.path for problem in bank.problems] == [("institutionId",)]
    assert codes(answers.remove_rating(SURVEY, rater=left, ratee=answers.About())) == [
        ProblemCode.ONE_OF_BOTH
    ]
    closed = replace(SURVEY, status=SurveyStatus.CLOSED)
    assert codes(answers.remove_rating(closed, rater=left, ratee=about)) == [ProblemCode.WRONG_STATUS]


@pytest.mark.requirement("R13", "R15", "R55")
def test_closing_computes_the_figures_once_and_names_the_formula() -> None:
    decision = accepted(surveys.close(SURVEY, on=TODAY, today=TODAY))
    values = decision.changes[0].values  # type: ignore[union-attr]  # an Update has values
    assert (values["member_trust"], values["institution_trust"]) == (50.0, 100.0)
    assert values["social_capital_index"] == round(0.35 * 50 + 0.35 * 100 + 0.3 * values["structure"], 1)  # type: ignore[operator]  # a number
    assert values["formula_version"] == figures.FORMULA_VERSION
    (told,) = decision.events
    assert told.type is EventType.TRUST_SURVEY_CLOSED
    assert (told.payload["before"], told.payload["after"]) == (SurveyStatus.OPEN, SurveyStatus.CLOSED)


@pytest.mark.requirement("R13")
def test_a_trust_that_fewer_people_told_than_the_floor_is_hidden_however_much_they_answered() -> None:
    shy = replace(SURVEY, member_raters=4, member_ratings=36)
    found = figures.figures_of(shy)
    assert found["member_trust"] is None
    assert found["social_capital_index"] is None
    assert found["institution_trust"] == 100.0
    assert found["structure"] is not None


STRUCTURE = (
    "density", "reciprocity", "decentralisation", "transitivity", "connectedness", "institution_ties",
    "structure",
)  # fmt: skip


@pytest.mark.requirement("R13", "I18")
@pytest.mark.parametrize("informants", [0, 1, 4, 5])
def test_the_structure_that_fewer_people_told_than_the_floor_is_hidden_whole(informants: int) -> None:
    """One tie of one member would otherwise be read off the density."""
    told = tuple(tie for tie in SURVEY.ties if tie.source.int < 30 + informants)
    # Many ties of the same few people are still the ties of few.
    told += tuple(replace(tie, target=UUID(int=41)) for tie in told)
    found = figures.figures_of(replace(SURVEY, ties=told))
    assert found["informants_count"] == informants
    assert {found[name] is None for name in STRUCTURE} == {informants < 5}
    assert (found["social_capital_index"] is None) == (informants < 5)
    assert found["member_trust"] == 50.0


def test_a_round_of_ties_alone_is_not_empty() -> None:
    only_ties = replace(
        SURVEY, member_raters=0, member_ratings=0, member_mean=None, institution_raters=0,
        institution_ratings=0, institution_mean=None, respondents=5,
    )  # fmt: skip
    values = accepted(surveys.close(only_ties, on=TODAY, today=TODAY)).changes[0].values  # type: ignore[union-attr]  # an Update
    assert (values["member_trust"], values["social_capital_index"]) == (None, None)
    assert values["density"] is not None


def test_a_falling_index_is_reported() -> None:
    fallen = accepted(surveys.close(replace(SURVEY, former_index=99.0), on=TODAY, today=TODAY))
    assert [event.type for event in fallen.events] == [
        EventType.TRUST_SURVEY_CLOSED,
        EventType.TRUST_INDEX_DROPPED,
    ]
    risen = accepted(surveys.close(replace(SURVEY, former_index=1.0), on=TODAY, today=TODAY))
    assert len(risen.events) == 1


@pytest.mark.parametrize("status", list(ProjectStatus))
def test_a_removed_activity_comes_back_only_while_its_project_runs(status: ProjectStatus) -> None:
    removed = replace(ACTIVITY, project_status=status)
    if status not in {ProjectStatus.ACTIVE, ProjectStatus.SUSPENDED, ProjectStatus.EXITING}:
        assert codes(rules.restore_activity(removed)) == [ProblemCode.PROJECT_NOT_ACTIVE]
        return
    back = Update("TrustActivity", ACTIVITY.id, {"deleted_at": None})
    assert rules.restore_activity(removed) == Accepted(("TrustActivity", ACTIVITY.id), (back,))
