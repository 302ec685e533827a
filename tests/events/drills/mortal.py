"""A worker that is killed at a step of its pipeline: `mortal.py <step> <n>` dies at the n-th time it comes there.

Nothing of the worker is replaced; the step runs as it is and the process kills itself with SIGKILL before or
after it, as a machine may that loses its power.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
from typing import TYPE_CHECKING, Any, Final

from services.notifications import fan_out
from services.notifications.channels.webhook import WebhookChannel
from services.notifications.deliveries import Deliveries
from services.notifications.fan_out import FanOut

if TYPE_CHECKING:
    from collections.abc import Callable

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
        if after and (done or done is None) and (left := left - 1) == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    return die


if __name__ == "__main__":
    where, name, after = STEPS[sys.argv[1]]
    setattr(where, name, deadly(getattr(where, name), int(sys.argv[2]), after=after))
    sys.argv = ["services.notifications"]
    runpy.run_module("services.notifications", run_name="__main__")
