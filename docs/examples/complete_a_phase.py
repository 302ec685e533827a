# noqa: INP001 - a script, to be read and run
"""Completes a phase on a running installation (`make run`) and waits for the message in the inbox.

python3 docs/examples/complete_a_phase.py
"""

from __future__ import annotations

import json
import os
import time
import urllib.request
from datetime import date, timedelta
from pathlib import Path
from typing import Any

# `make run` writes there how to reach it; another installation is named by KHOOSHEH_DEMO.
WRITTEN = Path(__file__).resolve().parents[2] / "var" / "demo.json"
DEMO = json.loads(Path(os.environ.get("KHOOSHEH_DEMO", WRITTEN)).read_text(encoding="utf-8"))
TOKEN = next(token["token"] for token in DEMO["tokens"] if token["role"] == "PROVINCE_ADMINISTRATOR")
TODAY = date.today()  # noqa: DTZ011 - an example for the person at this machine
STUDY = {
    "situationFa": "کارگاه‌های خانگی", "nationalEnvironmentFa": "بازار داخلی", "globalEnvironmentFa": "بازار جهانی",
    "baselineLevel": "EMERGING", "targetLevel": "MATURING",
    "sources": [{"kind": "DESK", "titleFa": "آمار استان"}, {"kind": "FIELD", "titleFa": "گفت‌وگو با بافندگان"}],
    "findings": [{"quadrant": "STRENGTH", "textFa": "نقش‌های بومی"}],
    "problems": [{"textFa": "مواد اولیه", "solutions": [{"target": "PROBLEM_REMOVAL", "textFa": "خرید مشترک"}]}],
}  # fmt: skip


def ask(document: str, **variables: object) -> dict[str, Any]:
    """Send a document and return its data."""
    body = json.dumps({"query": document, "variables": variables}).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {TOKEN}"}
    request = urllib.request.Request(DEMO["graphql"], body, headers)  # noqa: S310 - the address of make run
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - as above
        found: dict[str, Any] = json.load(answer)
    if "errors" in found:
        raise SystemExit(json.dumps(found["errors"], ensure_ascii=False))
    data: dict[str, Any] = found["data"]
    return data


def do(mutation: str, shown: str, **given: object) -> str:
    """Run a mutation that must be accepted and return the id of what it shows."""
    name = f"{mutation[0].upper()}{mutation[1:]}Input"
    payload = ask(
        f"mutation ($input: {name}!) {{ {mutation}(input: $input) {{ {shown} {{ id }} problems {{ message }} }} }}",
        input=given,
    )[mutation]
    if payload["problems"]:
        raise SystemExit(f"{mutation}: {payload['problems']}")
    return str(payload[shown]["id"])


def messages() -> list[dict[str, str]]:
    """Return what lies in the inbox, the latest last."""
    found: list[dict[str, str]] = ask("{ inboxEntries(last: 20) { nodes { id title body } } }")[
        "inboxEntries"
    ]["nodes"]
    return found


def main() -> None:
    """Bring a new cluster to the end of its diagnostic study."""
    began = TODAY - timedelta(days=110)
    province = ask('{ provinceByIsoCode(isoCode: "IR-15") { id } }')["provinceByIsoCode"]["id"]
    number = int(time.time())
    cluster = do("createCluster", "cluster", provinceId=province, slug=f"example-{number}",
                 nameFa=f"خوشهٔ نمونه {number}", nameEn=f"Example {number}")  # fmt: skip
    project = do("createProject", "project", clusterId=cluster, plannedStart=str(began),
                 plannedEnd=str(began + timedelta(days=1090)))  # fmt: skip
    do("assignAgent", "agentAssignment", projectId=project)
    do("activateProject", "project", id=project, on=str(began))
    study = do("draftStudy", "diagnosticStudy", projectId=project)
    do("editStudy", "diagnosticStudy", id=study, **STUDY)
    for mutation in ("submitStudy", "acceptStudy"):
        do(mutation, "diagnosticStudy", id=study)
    do("presentStudy", "diagnosticStudy", id=study, documentNumber="1405/12")
    phases = ask("query ($id: ID!) { project(id: $id) { phases { nodes { id code } } } }", id=project)
    phase = next(
        node["id"] for node in phases["project"]["phases"]["nodes"] if node["code"] == "DIAGNOSTIC_STUDY"
    )
    do("completePhase", "phase", id=phase)
    moment = time.monotonic()
    while not (
        found := [entry for entry in messages() if str(number) in entry["body"] and "پایان" in entry["title"]]
    ):
        if time.monotonic() - moment > 60:  # noqa: PLR2004 - long enough to say that nothing comes
            raise SystemExit("No message came within a minute; see what the notification service says.")
        time.sleep(0.01)
    print(f"{found[-1]['title']}: {found[-1]['body']}  ({(time.monotonic() - moment) * 1000:.0f} ms)")  # noqa: T201 - its purpose


if __name__ == "__main__":
    main()
