"""Breeds workers, each a process of its own, some of which are killed at a step of their pipeline.

A line of standard input asks for one: {"environment", "step" (or null), "times"}; it dies at the n-th time it
comes to the step. Nothing of a worker is replaced: the step runs as it is and the process kills itself with
SIGKILL before or after it, as a machine may that loses its power. Beside its work a worker keeps a diary (a line
when a post begins, when it is answered and when that is written down), which outlives it and tells why a post came
twice.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import TYPE_CHECKING, Any, Final

from services.notifications import fan_out
from services.notifications.__main__ import main
from services.notifications.channels.webhook import WebhookChannel
from services.notifications.deliveries import Deliveries
from services.notifications.fan_out import FanOut, Routed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from services.notifications.channels.delivery import Outcome
    from services.notifications.channels.webhook import Post
    from services.notifications.deliveries import Finished

STEPS: Final[dict[str, tuple[Any, str, bool]]] = {
    "before deliveries are made": (fan_out, "_make", False),
    "after deliveries are made": (fan_out, "_make", True),
    "after routing is committed": (FanOut, "_route", True),
    "before leasing": (Deliveries, "take", False),
    "after leasing": (Deliveries, "take", True),
    "before posting": (WebhookChannel, "post", False),
    "after posting": (WebhookChannel, "post", True),
    "before writing down": (Deliveries, "finish", False),
    "after writing down": (Deliveries, "finish", True),
}


def deadly(step: Callable[..., Any], times: int, *, after: bool) -> Callable[..., Any]:
    """Return a step at which the process dies the n-th time it does something."""
    left = times

    async def die(*given: Any, **named: Any) -> Any:
        nonlocal left
        if not after and (left := left - 1) == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        done = await step(*given, **named)
        # Looking for work and finding none is no step.
        if after and (done or done is None) and done != Routed() and (left := left - 1) == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    return die


def keep_diary(path: str) -> None:
    """Have posts, answers and what is written down noted in a file that a kill does not empty."""
    diary = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    post, finish = WebhookChannel.post, Deliveries.finish

    async def noted_post(channel: WebhookChannel, given: Post) -> Outcome:
        os.write(diary, b"posted %s\n" % str(given.id).encode())
        outcome = await post(channel, given)
        os.write(diary, b"answered %s\n" % str(given.id).encode())
        return outcome

    async def noted_finish(deliveries: Deliveries, finished: Sequence[Finished]) -> None:
        await finish(deliveries, finished)
        os.write(diary, b"".join(b"written %s\n" % str(one.delivery.id).encode() for one in finished))

    setattr(WebhookChannel, "post", noted_post)  # noqa: B010 - a method is not assigned otherwise
    setattr(Deliveries, "finish", noted_finish)  # noqa: B010 - as above


def live(environment: dict[str, str], step: str | None, times: int) -> None:
    """Be a worker until it ends, or until the step is reached so many times."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.update(environment)
    log = os.open(environment["LOG_FILE"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    if environment["DIARY"]:
        keep_diary(environment["DIARY"])
    if step is not None:
        where, name, after = STEPS[step]
        setattr(where, name, deadly(getattr(where, name), times, after=after))
    main()


def breed() -> None:
    """Fork a worker for every line of standard input and print its process id; imports are done only once."""
    # Nobody waits for the dead.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            told = json.loads(line)
            try:
                live(told["environment"], told["step"], told["times"])
            finally:
                os._exit(1)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    breed()
