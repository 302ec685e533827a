"""When a password may change and when a letter that opens one may be sent: decisions, and what they write."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from schema.agencies.rules import Giver, UserFacts, stands_above
from schema.decision import Accepted, Change, Create, Decision, Problem, Refused, Update, refuse
from schema.problems import ProblemCode
from schema.vocabulary import LetterKind

SHORTEST: Final = 12
LONGEST: Final = 200

RESET_LASTS: Final = timedelta(hours=1)
INVITATION_LASTS: Final = timedelta(days=7)
LETTERS_AT_ONCE: Final = 3
"""Letters one person is sent within the time a reset lasts."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A letter made ready: the hash kept of its secret, and what nobody reads before it is sent.

    Without a hash there is no secret: the letter leads to the OpenID provider, where people sign in here.
    """

    hash: str | None
    sealed: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of checking the present password: right or not, how long to wait, the new hash."""

    right: bool
    hash: str = ""
    wait_seconds: int = 0


def is_usable(password: str) -> bool:
    """Whether a password is neither too short to be safe nor too long to be meant."""
    return SHORTEST <= len(password) <= LONGEST


def change_password(user_id: UUID, new: str, attempt: Attempt, *, now: datetime) -> Decision:
    """Let a person who knows the present password choose another; what the old one opened ends at once."""
    if attempt.wait_seconds:
        return refuse(ProblemCode.TOO_OFTEN, "currentPassword", seconds=attempt.wait_seconds)
    problems: list[Problem] = []
    if not is_usable(new):
        problems.append(
            Problem(
                ProblemCode.PASSWORD_UNUSABLE, ("newPassword",), {"shortest": SHORTEST, "longest": LONGEST}
            )
        )
    if not attempt.right:
        problems.append(Problem(ProblemCode.PASSWORD_WRONG, ("currentPassword",)))
    if problems:
        return Refused(tuple(problems))
    return Accepted(("User", user_id), (Update("User", user_id, {"password_changed_at": now}),))


def request_reset(
    giver: Giver,
    user: UserFacts,
    letter: Sealed | None,
    *,
    sent_lately: int,
    now: datetime,
    new_id: Callable[[], UUID],
) -> Decision:
    """Send a user a letter to choose a password; nobody's mailbox is flooded."""
    problems: list[Problem] = []
    if user.id != giver.user_id and not stands_above(giver, user):
        problems.append(Problem(ProblemCode.NOT_ALLOWED, ("id",)))
    if user.disabled_at is not None:
        problems.append(Problem(ProblemCode.USER_DISABLED, ("id",)))
    if sent_lately >= LETTERS_AT_ONCE:
        problems.append(
            Problem(ProblemCode.TOO_OFTEN, ("id",), {"seconds": int(RESET_LASTS.total_seconds())})
        )
    if letter is None:
        problems.append(Problem(ProblemCode.LETTER_NOT_WRITTEN, ()))
    if problems or letter is None:
        return Refused(tuple(problems))
    kind = LetterKind.INVITATION if user.password_changed_at is None else LetterKind.PASSWORD_RESET
    return Accepted(("User", user.id), written(user.id, kind, letter, now=now, new_id=new_id))


def invited(made: Accepted, letter: Sealed | None, *, now: datetime, new_id: Callable[[], UUID]) -> Accepted:
    """Let the letter go out with the user it invites; without one, say so."""
    if letter is None:
        return Accepted(
            made.result, made.changes, made.events, (*made.warnings, Problem(ProblemCode.LETTER_NOT_WRITTEN))
        )
    letters = written(made.result[1], LetterKind.INVITATION, letter, now=now, new_id=new_id)
    return Accepted(made.result, (*made.changes, *letters), made.events, made.warnings)


def written(
    user_id: UUID, kind: LetterKind, letter: Sealed, *, now: datetime, new_id: Callable[[], UUID]
) -> tuple[Change, ...]:
    """Return the rows of a letter: the permission its link carries, if it opens anything, and the letter itself."""
    kind = kind if letter.hash else LetterKind.PROVIDER_INVITATION
    ends = now + lasts(kind)
    post: Mapping[str, object] = {
        "kind": kind, "sealed": letter.sealed, "due_at": now, "expires_at": ends,
        "user_id": None if letter.hash else user_id,
    }  # fmt: skip
    permission: Mapping[str, object] = {"user_id": user_id, "hash": letter.hash, "expires_at": ends}
    return (
        *((Create("PasswordReset", new_id(), permission),) if letter.hash else ()),
        Create("Letter", new_id(), post),
    )


def lasts(kind: LetterKind) -> timedelta:
    """Return how long a letter is worth sending, and the link in it good if it opens anything."""
    return RESET_LASTS if kind is LetterKind.PASSWORD_RESET else INVITATION_LASTS
