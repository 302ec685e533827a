"""Invented papers of the sample: short texts, known by name, with the rows that attach them."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from schema.documents.rows import Document, Upload
from schema.vocabulary import DocumentKind, InterfaceLanguage
from services.sample.sheets import MADE_AT

if TYPE_CHECKING:
    from uuid import UUID

    from services.sample.cluster_story import ClusterStory
    from services.sample.sheets import Sheets
    from services.storage import Storage

NOTICE: Final = "این متن برای نمایش ساخته شده و سندی واقعی نیست.\nThis text is invented for demonstration.\n"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: what it is, its title, and what it lies with."""

    kind: DocumentKind
    title_fa: str
    title_en: str
    owner: tuple[str, UUID] | None


def content_of(title_fa: str, title_en: str) -> bytes:
    """Return what is written in a paper."""
    return f"{title_fa}\n{title_en}\n\n{NOTICE}".encode()


def add_paper(story: ClusterStory, number: int, paper: Paper) -> None:
    """Attach a paper; its file is written by `write_papers`."""
    content = content_of(paper.title_fa, paper.title_en)
    file = {
        "file_name": f"{paper.title_fa}.txt",
        "media_type": "text/plain",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    upload = story.sheets.add(Upload, story.identity("Upload", number), attached_at=MADE_AT, **file)
    story.add(
        Document,
        number,
        upload_id=upload,
        kind=paper.kind,
        title_fa=paper.title_fa,
        title_en=paper.title_en,
        language=InterfaceLanguage.FA,
        uploaded_by="sample",
        **({paper.owner[0]: paper.owner[1]} if paper.owner else {}),
        **file,
    )


async def write_papers(storage: Storage, sheets: Sheets) -> None:
    """Write the files of the papers that were loaded."""
    loaded = sheets.sheet(Document)
    for values in loaded.rows:
        row = dict(zip(loaded.names, values, strict=True))
        content = content_of(row["title_fa"], row["title_en"])
        await storage.keep(row["upload_id"].hex, io.BytesIO(content))
