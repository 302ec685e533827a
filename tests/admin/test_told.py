"""The sentences of notifications are shown with their blanks in words."""

from __future__ import annotations

import pytest

from web.told import kinds, sentence


def test_a_blank_is_told_in_the_words_of_the_language() -> None:
    assert ("name of the phase", True) in sentence("phase.overdue", "en")
    assert ("نام خوشه", True) in sentence("phase.overdue", "fa")
    assert sentence("nothing.known", "fa") == []


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_type_of_event_has_its_sentence_without_a_brace(language: str) -> None:
    for kind in kinds():
        told = "".join(part for part, _ in sentence(kind, language))
        assert told
        assert "{" not in told
