"""What is open on a sub-project: its own arrows, its parts, its networks and what is promised to it."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from schema.decision import Accepted, Decision, Permission, Problem, Refused, permission
from schema.problems import ProblemCode
from schema.risks.rules import RiskHome
from schema.risks.rules import raise_ as raise_risk
from schema.sub_projects import budgets, carrying, definition, handover, outputs, places, progress, rules
from schema.sub_projects.rules import SubProjectFacts
from schema.support.commitments import Promise, commit
from schema.vocabulary import CommitmentKind, Currency, CurrencyUnit, FundingSource


def permitted(sub_project: SubProjectFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a sub-project today; what needs a reason is asked as if one were given."""
    return (
        permission("editSubProject", definition.edit_answer(sub_project)),
        permission("withdrawSubProject", definition.withdraw(sub_project)),
        permission("startSubProject", rules.start(sub_project, on=today, today=today)),
        permission("reportProgress", progress.report_answer(sub_project)),
        permission("suspendSubProject", rules.suspend(sub_project, reason="-")),
        permission("resumeSubProject", rules.resume(sub_project)),
        permission("completeSubProject", rules.complete(sub_project, on=today, today=today)),
        permission("cancelSubProject", rules.cancel(sub_project, reason="-")),
        permission("carryOverSubProject", _asked(sub_project, carrying.uncarried(sub_project))),
        permission("transferSubProject", handover.transfer_answer(sub_project)),
        places.place_answer(sub_project),
        permission("raiseRisk", _raised(sub_project, today)),
        *_permitted_parts(sub_project, today),
    )


def _raised(sub_project: SubProjectFacts, today: date) -> Decision:
    """Ask whether something may be raised, as if it were."""
    home = RiskHome(sub_project.id, sub_project.cluster_id, sub_project.status)
    return raise_risk(home, {}, on=today, today=today, new_id=lambda: sub_project.id)


def _permitted_parts(sub_project: SubProjectFacts, today: date) -> tuple[Permission, ...]:
    def new_id() -> UUID:
        return sub_project.id

    step = {"name_fa": "-", "name_en": "-", "weight": progress.LEAST_WEIGHT}
    line = {"source": FundingSource.OTHER, "planned": Decimal(1)}
    unchangeable = handover.unchangeable(sub_project)
    untied = () if sub_project.networks else (Problem(ProblemCode.NETWORK_NOT_ASSIGNED),)
    added = budgets.add_line(
        sub_project, line, currency=Currency.IRR, unit=CurrencyUnit.NEW_RIAL, new_id=new_id
    )
    promised = commit(
        sub_project,
        sub_project.id,
        Promise(CommitmentKind.SERVICE),
        {},
        on=today,
        today=today,
        new_id=new_id,
    )
    return (
        permission("assignNetwork", _asked(sub_project, unchangeable)),
        permission("releaseNetwork", _asked(sub_project, (*unchangeable, *untied))),
        permission("addMilestone", progress.add_milestone(sub_project, step, new_id=new_id)),
        permission("addBudgetLine", added),
        permission("addSubProjectOutput", outputs.add(sub_project, {}, new_id=new_id)),
        permission("makeSupportCommitment", promised),
    )


def _asked(sub_project: SubProjectFacts, problems: tuple[Problem, ...]) -> Decision:
    return Refused(problems) if problems else Accepted(("SubProject", sub_project.id), ())
