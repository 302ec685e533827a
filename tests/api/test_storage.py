"""Files lie in a folder or in a bucket that speaks S3, and one cannot tell which."""

from __future__ import annotations

import datetime
import io
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from services.settings import Settings
from services.storage import Storage, StorageUnavailable, open_storage

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVICE = Path(__file__).with_name("storage_service.py")
CONTENT = b"minutes" * 100_000


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """Start a service with one bucket and return its address."""
    process = subprocess.Popen(
        [sys.executable, SERVICE, "papers", "the-key"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    process.terminate()
    process.wait(10)
    process.stdout.close()


def in_bucket(address: str, **other: object) -> Storage:
    given = {
        "documents_bucket": "papers", "documents_endpoint": address, "documents_access_key": "the-key",
        "documents_secret_key": "the-secret", "documents_prefix": "khoosheh", **other,
    }  # fmt: skip
    return open_storage(Settings.model_validate(given))


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "bucket":
        return in_bucket(request.getfixturevalue("bucket"))
    return open_storage(Settings.model_validate({"documents_folder": str(tmp_path / "papers")}))


async def read(storage: Storage, key: str) -> bytes | None:
    found = await storage.read(key)
    return None if found is None else b"".join([piece async for piece in found])


async def test_a_file_is_kept_read_listed_and_discarded(storage: Storage) -> None:
    await storage.keep("0190", io.BytesIO(CONTENT))
    assert await read(storage, "0190") == CONTENT
    now = datetime.datetime.now(datetime.UTC)
    soon, before = now + datetime.timedelta(minutes=1), now - datetime.timedelta(days=1)
    assert [key async for key in storage.older_than(soon)] == ["0190"]
    assert [key async for key in storage.older_than(before)] == []
    await storage.discard("0190")
    await storage.discard("0190")
    assert await read(storage, "0190") is None


async def test_installations_that_share_a_bucket_do_not_see_each_other(bucket: str) -> None:
    here, there = in_bucket(bucket), in_bucket(bucket, documents_prefix="khoosheh-lorestan")
    await here.keep("0191", io.BytesIO(b"ours"))
    assert await read(there, "0191") is None
    soon = datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=1)
    assert [key async for key in there.older_than(soon)] == []
    await here.discard("0191")


async def test_a_key_that_is_refused_is_a_storage_that_is_not_available(bucket: str) -> None:
    with pytest.raises(StorageUnavailable):
        await in_bucket(bucket, documents_access_key="another").keep("0192", io.BytesIO(b"x"))


async def test_a_folder_that_cannot_be_made_is_a_storage_that_is_not_available(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    storage = open_storage(Settings.model_validate({"documents_folder": str(tmp_path / "file" / "papers")}))
    with pytest.raises(StorageUnavailable):
        await storage.keep("0193", io.BytesIO(b"x"))
