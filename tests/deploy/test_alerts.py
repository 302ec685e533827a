"""Every alert fires when it should, is silent when it should, and tells its reader where the runbook is."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from services.graphql.metrics import DoorMetrics
from services.notifications.measures import Measures
from web.metrics import PageMetrics

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

Document = dict[str, Any]
Series = dict[str, str]
REQUESTS = 'khoosheh_graphql_requests_total{namespace="khoosheh",operation="q",status="%s"}'
PAGES = 'khoosheh_admin_requests_total{namespace="khoosheh",page="clusters/list",status="%s"}'
SECONDS = 'khoosheh_graphql_seconds_%s{namespace="khoosheh",operation="q"%s}'


@dataclass(frozen=True)
class Story:
    """What happens to an installation, one value a step, and when somebody looks."""

    bad: Series
    good: Series
    at: str
    step: str = "1m"


def errors(bad: int, good: int, minutes: int) -> Series:
    return {REQUESTS % "200": f"0+{good}x{minutes}", REQUESTS % "500": f"0+{bad}x{minutes}"}


def pages(bad: int, good: int, minutes: int) -> Series:
    return {PAGES % "200": f"0+{good}x{minutes}", PAGES % "500": f"0+{bad}x{minutes}"}


def slowness(slow: int, fast: int, minutes: int) -> Series:
    return {
        SECONDS % ("bucket", ',le="0.5"'): f"0+{fast}x{minutes}",
        SECONDS % ("count", ""): f"0+{fast + slow}x{minutes}",
    }


def steady(metric: str, bad: float, good: float, *, minutes: int = 45, also: Series | None = None) -> Story:
    """Tell of a gauge that stands at a bad value, and in the other story at a good one."""
    others = also or {}
    return Story(
        {metric: f"{bad}x{minutes}", **others}, {metric: f"{good}x{minutes}", **others}, f"{minutes}m"
    )


def labelled(metric: str, **labels: str) -> str:
    inside = ",".join(f'{key}="{value}"' for key, value in {"namespace": "khoosheh", **labels}.items())
    return f"{metric}{{{inside}}}"


LIMIT = labelled("kube_horizontalpodautoscaler_spec_max_replicas", horizontalpodautoscaler="graphql")
STORIES: dict[str, Story] = {
    # Two in a hundred fail: twenty times what a month allows.
    "GraphqlErrorsBurnFast": Story(errors(2, 98, 70), errors(1, 999, 70), "70m"),
    # Four in a thousand, for more than a day: nobody is woken, somebody looks.
    "GraphqlErrorsBurnSlowly": Story(errors(4, 996, 400), errors(1, 1999, 400), "1500m", "4m"),
    "GraphqlSlownessBurnsFast": Story(slowness(20, 80, 70), slowness(1, 99, 70), "70m"),
    "GraphqlSlownessBurnsSlowly": Story(slowness(4, 96, 400), slowness(0, 100, 400), "1500m", "4m"),
    "PagesFail": Story(pages(10, 90, 60), pages(1, 99, 60), "50m"),
    "ServiceWithoutReadyPods": steady(
        labelled("kube_deployment_status_replicas_ready", deployment="graphql"), 0, 2
    ),
    "RolloutStuck": steady(
        labelled(
            "kube_deployment_status_condition", deployment="admin", condition="Progressing", status="false"
        ), 1, 0,
    ),
    "MigrationFailed": steady(labelled("kube_job_status_failed", job_name="migrate-post"), 1, 0),
    "ServiceScaledToItsLimit": steady(
        labelled("kube_horizontalpodautoscaler_status_current_replicas", horizontalpodautoscaler="graphql"),
        6, 5,
        also={LIMIT: "6x120"},
    ),
    "NotificationsLate": steady(labelled("khoosheh_notifications_lag_seconds", pod="n-1"), 300, 2),
    "NotificationsBacklog": steady(
        labelled("khoosheh_notifications_queue", pod="n-1", kind="due"), 20000, 300,
        also={labelled("khoosheh_notifications_queue", pod="n-1", kind="unfinished"): "90000x120"},
    ),
    "EventsSetAside": steady(labelled("khoosheh_notifications_queue", pod="n-1", kind="set_aside"), 1, 0),
    # One worker that looks is enough.
    "CalendarNotLookedAt": Story(
        {labelled("khoosheh_notifications_calendar_age_seconds", pod=pod): "3000x45" for pod in ("a", "b")},
        {
            labelled("khoosheh_notifications_calendar_age_seconds", pod="a"): "3000x45",
            labelled("khoosheh_notifications_calendar_age_seconds", pod="b"): "30x45",
        },
        "45m",
    ),
    "DeliveriesGivenUp": Story(
        {labelled("khoosheh_notifications_deliveries_total", channel="WEBHOOK", outcome="EXHAUSTED"): "0+1x90"},
        {labelled("khoosheh_notifications_deliveries_total", channel="WEBHOOK", outcome="EXHAUSTED"): "7x90"},
        "80m",
    ),
    "RecipientsFail": steady(labelled("khoosheh_notifications_failing_seconds", pod="n-1"), 30000, 60),
    "DatabaseInstanceDown": steady(labelled("cnpg_collector_up", pod="database-1"), 0, 1),
    "DatabaseWithoutSynchronousReplica": steady(
        labelled("cnpg_collector_sync_replicas", value="observed"), 0, 1,
        also={labelled("cnpg_collector_sync_replicas", value="expected"): "1x120"},
    ),
    "DatabaseReplicaLags": steady(labelled("cnpg_pg_replication_lag", pod="database-2"), 90, 2),
    "DatabaseConnectionsRunOut": steady(
        labelled("cnpg_backends_total", pod="database-1"), 190, 60,
        also={labelled("cnpg_pg_settings_setting", pod="database-1", name="max_connections"): "200x120"},
    ),
    "DatabaseDiskFills": steady(
        labelled("kubelet_volume_stats_available_bytes", persistentvolumeclaim="database-1"), 1, 9,
        also={labelled("kubelet_volume_stats_capacity_bytes", persistentvolumeclaim="database-1"): "10x120"},
    ),
    "PoolerClientsWait": steady(labelled("cnpg_pgbouncer_pools_cl_waiting", pod="database-pooler-1"), 9, 0),
    "WalArchivingFails": steady(labelled("cnpg_collector_pg_wal_archive_status", value="ready"), 40, 1),
    "BackupTooOld": Story(
        {labelled("barman_cloud_cloudnative_pg_io_last_available_backup_timestamp"): "0x200"},
        {labelled("barman_cloud_cloudnative_pg_io_last_available_backup_timestamp"): "0+600x200"},
        "1900m",
        "10m",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def rules(national: list[Document]) -> list[Document]:
    """Return the rendered PrometheusRules."""
    found = [document for document in national if document["kind"] == "PrometheusRule"]
    assert found
    return found


@pytest.fixture(scope="module")
def alerts(rules: list[Document]) -> dict[str, Document]:
    return {
        rule["alert"]: rule
        for document in rules
        for group in document["spec"]["groups"]
        for rule in group["rules"]
        if "alert" in rule
    }


@pytest.fixture(scope="module")
def promtool(program: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Run promtool on a file and return its complaints; empty when it has none."""
    path = program("promtool", why="checking the alerts; it is in Debian's package prometheus")
    folder = tmp_path_factory.mktemp("rules")

    def run(*command: str, documents: Mapping[str, object]) -> str:
        for name, document in documents.items():
            (folder / name).write_text(yaml.safe_dump(document), encoding="utf-8")
        done = subprocess.run(
            [path, *command], cwd=folder, capture_output=True, text=True, check=False, timeout=300
        )
        return "" if done.returncode == 0 else done.stdout + done.stderr

    return run


def rule_files(rules: list[Document]) -> dict[str, object]:
    return {f"{document['metadata']['name']}.yaml": document["spec"] for document in rules}


def test_promtool_accepts_every_rule(rules: list[Document], promtool: Callable[..., str]) -> None:
    files = rule_files(rules)
    assert promtool("check", "rules", *files, documents=files) == ""


def test_every_alert_has_a_story(alerts: dict[str, Document]) -> None:
    assert STORIES.keys() == alerts.keys()
    assert all(story.bad != story.good for story in STORIES.values())


# A step must be shorter than five minutes where one group asks for what another one records: promtool
# evaluates groups in any order, and what was recorded longer ago than that is not seen.
@pytest.mark.parametrize("step", ["1m", "4m", "10m"])
def test_every_alert_fires_in_its_bad_story_and_not_in_its_good_one(
    rules: list[Document], promtool: Callable[..., str], step: str
) -> None:
    tests: list[dict[str, Any]] = [
        {
            "name": f"{alert} {'fires' if fires else 'is silent'}",
            "interval": step,
            "input_series": [
                {"series": name, "values": values}
                for name, values in (story.bad if fires else story.good).items()
            ],
            "promql_expr_test": [
                {
                    "expr": f'count(ALERTS{{alertname="{alert}",alertstate="firing"}})',
                    "eval_time": story.at,
                    "exp_samples": [{"labels": "{}", "value": 1}] if fires else [],
                }
            ],
        }
        for alert, story in STORIES.items()
        if story.step == step
        for fires in (True, False)
    ]
    assert tests
    # Each story with the rules of its own file alone: all of them at once would take minutes.
    for name, content in rule_files(rules).items():
        own = [test for test in tests if f"'alert': '{test['name'].split()[0]}'" in str(content)]
        suite = {"rule_files": [name], "evaluation_interval": step, "tests": own}
        assert promtool("test", "rules", "suite.yaml", documents={name: content, "suite.yaml": suite}) == ""


def test_a_short_burst_wakes_nobody(rules: list[Document], promtool: Callable[..., str]) -> None:
    """Two bad minutes in a good hour use little of the month's budget."""
    files = rule_files(rules)
    series = {REQUESTS % "200": "0+100x120", REQUESTS % "500": "0x60 5 10 10x60"}
    suite = {
        "rule_files": list(files),
        "evaluation_interval": "1m",
        "tests": [
            {
                "interval": "1m",
                "input_series": [{"series": name, "values": values} for name, values in series.items()],
                "promql_expr_test": [
                    {"expr": 'ALERTS{alertstate="firing"}', "eval_time": f"{minute}m", "exp_samples": []}
                    for minute in (62, 64, 70, 110)
                ],
            }
        ],
    }
    assert promtool("test", "rules", "burst.yaml", documents={**files, "burst.yaml": suite}) == ""


def test_an_alert_tells_who_what_and_where_to_read_on(
    rules: list[Document], promtool: Callable[..., str]
) -> None:
    files = rule_files(rules)
    story = STORIES["GraphqlErrorsBurnFast"]
    suite = {
        "rule_files": list(files),
        "evaluation_interval": "1m",
        "tests": [
            {
                "interval": "1m",
                "input_series": [{"series": name, "values": values} for name, values in story.bad.items()],
                "alert_rule_test": [
                    {
                        "alertname": "GraphqlErrorsBurnFast",
                        "eval_time": "70m",
                        "exp_alerts": [
                            {
                                "exp_labels": {"namespace": "khoosheh", "severity": "page"},
                                "exp_annotations": {
                                    "summary": "khoosheh: the API fails 2% of its requests",
                                    "runbook": "docs/operations.md#graphqlerrorsburnfast",
                                },
                            }
                        ],
                    }
                ],
            }
        ],
    }
    assert promtool("test", "rules", "words.yaml", documents={**files, "words.yaml": suite}) == ""


def test_every_alert_has_a_runbook_in_the_operations_guide(
    alerts: dict[str, Document], repository: Path
) -> None:
    guide = (repository / "docs" / "operations.md").read_text(encoding="utf-8")
    sections = re.split(r"^### ", guide, flags=re.MULTILINE)
    bodies = {section.split("\n", 1)[0].strip(): section.split("\n", 1)[1] for section in sections[1:]}
    for name, alert in alerts.items():
        assert alert["annotations"]["runbook"] == f"docs/operations.md#{name.lower()}"
        assert alert["labels"]["severity"] in ("page", "ticket")
        assert len(bodies[name].split()) > 25, f"{name}: a runbook says what it means and what to do"


def exported() -> set[str]:
    """Return the names of the metrics the services export, as Prometheus sees them."""
    names: set[str] = set()
    registries = DoorMetrics().registry, Measures().registry, PageMetrics().registry
    for family in (family for registry in registries for family in registry.collect()):
        names |= {
            family.name,
            *(f"{family.name}_{suffix}" for suffix in ("total", "bucket", "count", "sum", "created")),
        }
    return names


def test_rules_and_dashboard_ask_only_for_metrics_that_exist(
    rules: list[Document], dashboard: Document
) -> None:
    expressions = [
        rule["expr"] for document in rules for group in document["spec"]["groups"] for rule in group["rules"]
    ]
    expressions += [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    asked = {name for text in expressions for name in re.findall(r"(?<![\w:])khoosheh_\w+", text)}
    assert asked
    assert asked <= exported()
    recorded = {
        rule["record"]
        for document in rules
        for group in document["spec"]["groups"]
        for rule in group["rules"]
        if "record" in rule
    }
    used = {name for text in expressions for name in re.findall(r"khoosheh:[\w:]+", text)}
    assert used <= recorded
    alerts_use = {
        name
        for document in rules
        for group in document["spec"]["groups"]
        for rule in group["rules"]
        if "alert" in rule
        for name in re.findall(r"khoosheh:[\w:]+", rule["expr"])
    }
    assert recorded <= alerts_use, "a recorded series nobody alerts on costs without a use"


@pytest.fixture(scope="module")
def dashboard(national: list[Document]) -> Document:
    """Return the dashboard as Grafana's sidecar finds it."""
    (found,) = (
        document for document in national
        if document["kind"] == "ConfigMap" and document["metadata"]["labels"].get("grafana_dashboard") == "1"
    )  # fmt: skip
    loaded: Document = json.loads(found["data"]["dashboard.json"])
    return loaded


def test_promtool_understands_every_expression_of_the_dashboard(
    dashboard: Document, promtool: Callable[..., str]
) -> None:
    expressions = [
        target["expr"].replace("$namespace", "khoosheh")
        for panel in dashboard["panels"]
        for target in panel["targets"]
    ]
    records = [{"record": f"panel:{index}", "expr": text} for index, text in enumerate(expressions)]
    file = {"groups": [{"name": "dashboard", "rules": records}]}
    assert promtool("check", "rules", "dashboard.yaml", documents={"dashboard.yaml": file}) == ""


def test_the_panels_of_the_dashboard_do_not_overlap(dashboard: Document) -> None:
    taken: set[tuple[int, int]] = set()
    for panel in dashboard["panels"]:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken
        taken |= cells
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])
