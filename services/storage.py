"""Where files lie: one interface over a folder of this machine or a bucket that speaks S3."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, S3Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from datetime import datetime
    from typing import IO

    from obstore.store import ObjectStore, S3Config

    from services.settings import Settings

FOLDER: Final = "uploads"
CHUNK: Final = 256 * 1024


class StorageUnavailable(Exception):
    """The place where files lie does not answer, or answers with a failure of its own."""


class Storage:
    """Keeps, reads and discards files by a key of ours; never by a name that somebody gave.

    The store is opened when it is first needed: whoever starts without one still answers everything else.
    """

    def __init__(self, opening: Callable[[], ObjectStore]) -> None:
        self._opening = opening

    @cached_property
    def _store(self) -> ObjectStore:
        return self._opening()

    async def keep(self, key: str, content: IO[bytes]) -> None:
        """Write a whole file under a key; what fails half-way is not there afterwards."""
        with _available():
            await obstore.put_async(self._store, f"{FOLDER}/{key}", content)

    async def read(self, key: str) -> AsyncIterator[bytes] | None:
        """Return the content in pieces, or nothing when there is no such file."""
        with _available():
            try:
                found = await obstore.get_async(self._store, f"{FOLDER}/{key}")
            except (NotFoundError, FileNotFoundError):
                return None
        return _pieces(found)

    async def discard(self, key: str) -> None:
        """Delete a file; one that is not there is as good as deleted."""
        with _available():
            try:
                await obstore.delete_async(self._store, f"{FOLDER}/{key}")
            except (NotFoundError, FileNotFoundError):
                return

    async def older_than(self, moment: datetime) -> AsyncIterator[str]:
        """Name the keys of all files that were written before a moment."""
        with _available():
            async for page in obstore.list(self._store, f"{FOLDER}/"):
                for entry in page:
                    if entry["last_modified"] < moment:
                        yield entry["path"].rpartition("/")[2]


def open_storage(settings: Settings) -> Storage:
    """Name the place of the settings: their bucket, or the folder when they name none."""
    return Storage(lambda: _bucket(settings) if settings.documents_bucket else _folder(settings))


def _folder(settings: Settings) -> ObjectStore:
    return LocalStore(Path(settings.documents_folder).absolute(), mkdir=True)


def _bucket(settings: Settings) -> ObjectStore:
    name, secret = settings.documents_access_key, settings.documents_secret_key
    config: S3Config = {"region": settings.documents_region}
    if settings.documents_endpoint:
        config["endpoint"] = settings.documents_endpoint
    if name and secret:
        config["access_key_id"] = name.get_secret_value()
        config["secret_access_key"] = secret.get_secret_value()
    return S3Store(
        settings.documents_bucket,
        prefix=settings.documents_prefix or None,
        config=config,
        client_options={
            "allow_http": settings.documents_endpoint.startswith("http://"),
            "timeout": timedelta(seconds=60),
            "connect_timeout": timedelta(seconds=5),
        },
        retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=20)},
    )


async def _pieces(found: obstore.GetResult) -> AsyncIterator[bytes]:
    with _available():
        async for piece in found.stream(min_chunk_size=CHUNK):
            yield bytes(piece)


@contextmanager
def _available() -> Iterator[None]:
    """Turn what the client of the store says into one exception of ours."""
    try:
        yield
    except (BaseError, OSError) as error:
        raise StorageUnavailable(str(error).splitlines()[0][:300]) from error
