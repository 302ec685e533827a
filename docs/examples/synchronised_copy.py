# noqa: INP001 - a script, to be read and run
"""Keeps a synchronised copy of every cluster within a token's reach in one SQLite file.

KHOOSHEH_URL=… KHOOSHEH_TOKEN=… python3 docs/examples/synchronised_copy.py copy.sqlite

The first run copies everything, each further run only what has changed since. Nothing but the standard library.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import time
import urllib.error
import urllib.request
from typing import Any

CLUSTER = """id slug nameFa nameEn status province { isoCode }
  phases { nodes { code status plannedStart plannedEnd actualStart actualEnd } }"""
END = "{ changes(last: 1) { pageInfo { endCursor } } }"
CHANGES = """query ($after: String) { changes(first: 100, after: $after) {
  nodes { cluster { id } } pageInfo { hasNextPage endCursor } } }"""
SOME = f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on Cluster {{ {CLUSTER} }} }} }}"
IDS = """query ($after: String) { clusters(first: 100, after: $after) {
  nodes { id } pageInfo { hasNextPage endCursor } } }"""


def ask(query: str, **variables: object) -> dict[str, Any]:
    """Send a document; wait and try again when told to."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    headers = {
        "Authorization": f"Bearer {os.environ['KHOOSHEH_TOKEN']}",
        "Content-Type": "application/json",
    }
    request = urllib.request.Request(os.environ["KHOOSHEH_URL"], body, headers)  # noqa: S310 - the address given
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310 - as above
                answer = json.load(response)
        except urllib.error.HTTPError as refused:
            if refused.code not in {429, 503, 504}:
                raise SystemExit(refused.read().decode()) from None
            time.sleep(float(refused.headers.get("Retry-After", "2")))
            continue
        if answer.get("errors"):
            raise SystemExit(answer["errors"][0]["message"])
        data: dict[str, Any] = answer["data"]
        return data


def every(query: str, field: str, after: str | None = None) -> tuple[list[dict[str, Any]], str | None]:
    """Follow a list to its end; return what it holds and the last cursor."""
    found: list[dict[str, Any]] = []
    while True:
        page = ask(query, after=after)[field]
        found += page["nodes"]
        after = page["pageInfo"]["endCursor"] or after
        if not page["pageInfo"]["hasNextPage"]:
            return found, after


def synchronise(copy: sqlite3.Connection) -> str:
    """Bring the copy up to date and say what was done."""
    copy.execute("create table if not exists cluster (id text primary key, content text not null)")
    copy.execute("create table if not exists place (cursor text)")
    kept = {found for (found,) in copy.execute("select id from cluster")}
    row = copy.execute("select cursor from place").fetchone()
    if row is None:
        # The cursor is taken first: what changes while we copy is read again, and never missed.
        events, cursor = [], ask(END)["changes"]["pageInfo"]["endCursor"]
    else:
        events, cursor = every(CHANGES, "changes", row[0])
    changed = {event["cluster"]["id"] for event in events if event["cluster"]}
    # What comes into our reach or leaves it has not changed and tells nothing; the list knows.
    listed = {cluster["id"] for cluster in every(IDS, "clusters")[0]}
    wanted = sorted((changed | (listed - kept)) & listed)
    current: list[dict[str, Any]] = []
    for start in range(0, len(wanted), 50):
        some = ask(SOME, ids=wanted[start : start + 50])["nodes"]
        current += [cluster for cluster in some if cluster]
    with copy:
        copy.executemany(
            "insert or replace into cluster values (?, ?)",
            [(cluster["id"], json.dumps(cluster, ensure_ascii=False)) for cluster in current],
        )
        copy.executemany("delete from cluster where id = ?", [(found,) for found in kept - listed])
        copy.execute("delete from place")
        copy.execute("insert into place values (?)", (cursor,))
    return f"{len(listed)} clusters, {len(current)} read, {len(kept - listed)} gone"


if __name__ == "__main__":
    sys.stdout.write(f"{synchronise(sqlite3.connect(sys.argv[1]))}\n")
