"""The one exception of the checks on content: what is wrong with a file, in both languages."""

from schema.unusable import Unusable


class Unsafe(Exception):
    """The content must not be kept; `reason` completes the sentence "it is not accepted, because …"."""

    def __init__(self, reason: Unusable) -> None:
        super().__init__(str(reason))
        self.reason = reason
