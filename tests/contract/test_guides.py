"""A guide that is not what the code says is named, and `make check` fails; nothing is written by looking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services import guides

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_stale_guide_is_named_and_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(guides, "DOCS", tmp_path)
    assert guides.main(checked=False) == 0
    assert guides.main(checked=True) == 0
    (tmp_path / "events.md").write_text("# Events of long ago\n", encoding="utf-8")
    assert guides.main(checked=True) == 1
    assert capsys.readouterr().err == "docs/events.md is not what the code says; run `make guides`.\n"
    assert (tmp_path / "events.md").read_text(encoding="utf-8") == "# Events of long ago\n"
