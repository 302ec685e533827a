"""The sample: the facts of the source text and of public reports, loaded once, the same everywhere."""

from __future__ import annotations

import asyncio
import hashlib
import importlib
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import asyncpg
import pytest

from schema.provinces.reference import LORESTAN_COUNTIES, PROVINCES
from schema.rows import Record
from schema.vocabulary import SubProjectType
from services.database import row_modules
from services.sample.__main__ import main
from services.sample.load import copy_sample, load_sample
from services.sample.lorestan.facts import SLUG
from services.sample.lorestan.workshops import WORKERS, WORKSHOPS, workers_of
from services.sample.progress import bar, silent
from services.sample.reference import day
from services.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

DEMONSTRATED_ON = day("1405-09-02")
# Who may see a cluster is said of accounts, which the demonstration makes.
OF_ACCOUNTS: Final = {"agency_cluster", "user_cluster"}
INVARIANTS: Final = Path(__file__).resolve().parents[1] / "invariants.sql"


@pytest.fixture(scope="module")
def loaded(module_database_url: str) -> str:
    """Load the sample once for this module and return the address of its database."""

    async def load() -> bool:
        connection = await asyncpg.connect(module_database_url)
        try:
            return await copy_sample(connection, silent) is not None
        finally:
            await connection.close()

    assert asyncio.run(load())
    return module_database_url


@pytest.fixture
async def sample(loaded: str) -> AsyncIterator[asyncpg.Connection[asyncpg.Record]]:
    """Connect to the loaded sample."""
    connection = await asyncpg.connect(loaded)
    yield connection
    await connection.close()


@pytest.mark.requirement("R1")
async def test_the_lorestan_cluster_has_its_products_and_all_counties_of_its_province(
    sample: asyncpg.Connection[asyncpg.Record],
) -> None:
    products = await sample.fetch(
        "select p.name_fa from product p join cluster c on c.id = p.cluster_id where c.slug = $1"
        " order by ordinal",
        SLUG,
    )
    assert [row["name_fa"] for row in products] == ["گلیم", "جاجیم", "ماشته"]
    counties = await sample.fetchval(
        "select count(*) from cluster_county n join cluster c on c.id = n.cluster_id where c.slug = $1", SLUG
    )
    assert counties == len(LORESTAN_COUNTIES)
    assert (
        await sample.fetchval(
            "select p.iso_code from cluster c join province p on p.id = c.province_id where c.slug = $1", SLUG
        )
        == "IR-15"
    )


@pytest.mark.requirement("R3", "R12")
async def test_the_study_of_lorestan_ended_within_three_to_four_jalali_months(
    sample: asyncpg.Connection[asyncpg.Record],
) -> None:
    phases = await sample.fetch(
        "select f.* from phase f join cluster c on c.id = f.cluster_id where c.slug = $1 order by ordinal",
        SLUG,
    )
    assert [row["ordinal"] for row in phases] == [1, 2, 3, 4, 5]
    study = phases[0]
    assert (study["actual_start"], study["window_start"], study["window_end"]) == (
        day("1394-03-16"),
        day("1394-06-16"),
        day("1394-07-16"),
    )
    assert study["window_start"] <= study["actual_end"] <= study["window_end"]


async def test_the_workshops_are_numbered_and_together_have_the_reported_number_of_workers(
    sample: asyncpg.Connection[asyncpg.Record],
) -> None:
    rows = await sample.fetch(
        "select s.* from stakeholder s join cluster c on c.id = s.cluster_id"
        " where c.slug = $1 and s.kind = 'WORKSHOP' order by s.name_en",
        SLUG,
    )
    assert (len(rows), rows[0]["name_fa"]) == (WORKSHOPS, "کارگاه ۰۰۱")
    assert sum(row["workers_count"] for row in rows) == WORKERS
    assert all(workers_of(number) > 0 for number in range(1, WORKSHOPS + 1))


async def test_the_sample_names_no_person_and_no_way_to_reach_one(
    sample: asyncpg.Connection[asyncpg.Record],
) -> None:
    assert not await sample.fetchval(
        "select count(*) from stakeholder where kind = 'PERSON' or contact_name is not null"
        " or phone is not null or email is not null"
    )
    assert not await sample.fetchval("select count(*) from agent_assignment where user_id is not null")


@pytest.mark.requirement("R25", "I7", "I9")
async def test_one_of_the_three_plan_versions_was_approved_after_the_former_had_run_out(
    sample: asyncpg.Connection[asyncpg.Record],
) -> None:
    plans = await sample.fetch(
        "select a.* from action_plan a join cluster c on c.id = a.cluster_id where c.slug = $1"
        " order by version",
        SLUG,
    )
    assert [plan["status"] for plan in plans] == ["SUPERSEDED", "SUPERSEDED", "APPROVED"]
    late = [plans[index]["approved_on"] > plans[index - 1]["next_due_on"] for index in (1, 2)]
    assert late == [True, False]


@pytest.mark.requirement("R39", "R40", "R41", "R42", "R43", "R44")
async def test_the_sub_projects_of_lorestan_are_of_every_type(
    sample: asyncpg.Connection[asyncpg.Record],
) -> None:
    types = await sample.fetch(
        "select s.type, count(*) from sub_project s join cluster c on c.id = s.cluster_id"
        " where c.slug = $1 group by s.type",
        SLUG,
    )
    assert {row["type"] for row in types} == {kind.value for kind in SubProjectType}
    assert 18 <= sum(row["count"] for row in types) <= 24


@pytest.mark.requirement("R46")
async def test_one_of_the_four_networks_is_registered(sample: asyncpg.Connection[asyncpg.Record]) -> None:
    networks = await sample.fetch(
        "select n.kind, n.registration_status from network n join cluster c on c.id = n.cluster_id"
        " where c.slug = $1",
        SLUG,
    )
    assert len(networks) == 4
    registered = [row["kind"] for row in networks if row["registration_status"] == "REGISTERED"]
    assert registered == ["EXPORT_CONSORTIUM"]


async def test_every_page_about_lorestan_has_something_to_show(
    sample: asyncpg.Connection[asyncpg.Record],
) -> None:
    least = {
        "diagnostic_study": 1, "study_source": 4, "study_problem": 3, "study_solution": 3, "phase_gate": 5,
        "trust_activity": 10, "trust_participant": 60, "trust_survey": 3, "trust_rating": 200, "tie": 100,
        "supervision_visit": 6, "self_reliance_assessment": 1, "council_meeting": 3, "document": 4,
    }  # fmt: skip
    for table, count in least.items():
        found = await sample.fetch(
            f"select t.is_sample from {table} t join cluster c on c.id = t.cluster_id where c.slug = $1",  # noqa: S608 - tables of ours
            SLUG,
        )
        assert len(found) >= count, table
        assert all(row["is_sample"] for row in found), f"{table}: what is invented says so"


@pytest.mark.requirement("R47", "R48", "R49", "R50", "R51")
async def test_every_exit_of_the_provinces_was_decided_and_is_handed_over_step_by_step(
    sample: asyncpg.Connection[asyncpg.Record],
) -> None:
    exits = await sample.fetch(
        "select e.status, p.status as project, e.announced_on - d.decided_on as waited, e.window_start,"
        " array_agg(s.done_on is not null order by s.due_on) as done"
        " from exit_process e join cluster_project p on p.id = e.project_id"
        " join council_decision d on d.id = e.decision_id and d.subject = 'EXIT'"
        " join handover_step s on s.exit_id = e.id group by e.id, p.id, d.id"
    )
    assert {(row["status"], row["project"]) for row in exits} == {
        ("ANNOUNCED", "EXITING"),
        ("COMPLETED", "COMPLETED"),
    }
    for row in exits:
        assert row["waited"] > 0
        assert row["done"] == ([True] * 3 if row["status"] == "COMPLETED" else [True, False, False])


async def test_every_noun_has_a_row_that_pages_and_walks_can_show(
    sample: asyncpg.Connection[asyncpg.Record],
) -> None:
    models = {
        model
        for module in row_modules()
        for model in vars(importlib.import_module(module)).values()
        if isinstance(model, type) and issubclass(model, Record) and "cluster_id" in model._meta.fields_map
    }
    tables = {model._meta.db_table for model in models} - OF_ACCOUNTS
    empty = [
        table
        for table in sorted(tables)
        if not await sample.fetchval(f"select exists (select 1 from {table})")  # noqa: S608 - tables of ours
    ]
    assert empty == []


# What these rest on is written by commands, and the sample is copied: the trail of its audit is short.
TRAIL: Final = {"I10", "I12: an exit is announced only"}


async def test_the_sample_breaks_no_invariant(sample: asyncpg.Connection[asyncpg.Record]) -> None:
    sections = re.split(r"^-- (?=I[0-9]+: )", INVARIANTS.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    broken = {
        sentence: [str(row[0]) for row in rows]
        for sentence, query in (section.split("\n", 1) for section in sections)
        if not sentence.startswith(tuple(TRAIL)) and (rows := await sample.fetch(query))
    }
    assert broken == {}


@pytest.mark.requirement("R13", "R15")
async def test_the_rounds_of_trust_rise_and_stand_on_enough_answers(
    sample: asyncpg.Connection[asyncpg.Record],
) -> None:
    rounds = await sample.fetch("select * from trust_survey order by round")
    assert [row["round"] for row in rounds] == [1, 2, 3]
    index = [row["social_capital_index"] for row in rounds]
    assert index == sorted(index)
    assert all(row["member_ratings_count"] >= 5 for row in rounds)


async def test_the_papers_of_the_sample_lie_in_the_storage(database_url: str, tmp_path: Path) -> None:
    settings = read_settings(database_url=database_url, documents_folder=str(tmp_path), database_pool_min=1)
    assert await load_sample(settings, silent)
    assert not await load_sample(settings, silent)
    connection = await asyncpg.connect(database_url)
    rows = await connection.fetch("select upload_id, sha256 from document")
    await connection.close()
    assert rows
    for row in rows:
        content = (tmp_path / "uploads" / row["upload_id"].hex).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["sha256"]


async def test_every_other_province_has_one_cluster_marked_as_invented(
    sample: asyncpg.Connection[asyncpg.Record],
) -> None:
    rows = await sample.fetch(
        "select p.name_en, count(c.id) clusters, bool_and(c.is_sample) invented from province p"
        " left join cluster c on c.province_id = p.id group by p.name_en"
    )
    assert len(rows) == len(PROVINCES)
    assert {row["clusters"] for row in rows} == {1}
    assert [row["name_en"] for row in rows if not row["invented"]] == ["Lorestan"]


async def test_the_studies_of_the_provinces_are_on_track_at_risk_and_overdue_in_autumn_1405(
    sample: asyncpg.Connection[asyncpg.Record],
) -> None:
    rows = await sample.fetch(
        "select case when $1 > window_end then 'OVERDUE' when $1 > window_start then 'AT_RISK'"
        " else 'ON_TRACK' end as health, count(*) from phase"
        " where status = 'IN_PROGRESS' and window_end is not null group by 1",
        DEMONSTRATED_ON,
    )
    assert {row["health"] for row in rows} == {"ON_TRACK", "AT_RISK", "OVERDUE"}


async def test_nothing_in_the_sample_happened_in_the_future(
    sample: asyncpg.Connection[asyncpg.Record],
) -> None:
    dates = {
        "phase": ("actual_start", "actual_end"),
        "cluster_project": ("actual_start", "actual_end"),
        "sub_project": ("actual_start", "actual_end"),
        "action_plan": ("approved_on", "presented_on"),
        "milestone": ("done_on",),
        "support_commitment": ("committed_on",),
        "network": ("formed_on", "registered_on", "designated_on"),
    }
    ahead = [
        f"{table}.{column}"
        for table, columns in dates.items()
        for column in columns
        if await sample.fetchval(f"select count(*) from {table} where {column} > $1", DEMONSTRATED_ON)  # noqa: S608 - names of ours
    ]
    assert ahead == []


async def test_every_event_of_the_sample_lies_in_the_past_and_left_an_audit_entry(
    sample: asyncpg.Connection[asyncpg.Record],
) -> None:
    events = await sample.fetch("select type, at from event order by at")
    assert events[0]["type"] == "cluster.identified"
    assert events[-1]["at"].date() < DEMONSTRATED_ON
    assert await sample.fetchval("select count(*) from audit_entry") == len(events)


async def test_loading_again_changes_nothing(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        assert await copy_sample(connection, silent)
        before = await connection.fetch("select id, xmin::text from cluster order by id")
        assert not await copy_sample(connection, silent)
        assert await connection.fetch("select id, xmin::text from cluster order by id") == before
    finally:
        await connection.close()


async def test_ids_are_the_same_on_every_machine(sample: asyncpg.Connection[asyncpg.Record]) -> None:
    assert str(await sample.fetchval("select id from cluster where slug = $1", SLUG)) == (
        "01a0cb8f-e400-7f02-bf6e-f85402705b2e"
    )


def test_a_scale_out_of_range_is_refused_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refusal:
        main(["--scale", "0"])
    assert refusal.value.code == 2
    assert "whole number from 1 to 100" in capsys.readouterr().err


def test_progress_is_written_as_lines_where_there_is_no_terminal() -> None:
    out = io.StringIO()
    show = bar(out)
    for done in range(0, 101, 10):
        show(done, 100, "cluster")
    assert out.getvalue().count("\n") == 5
    assert out.getvalue().splitlines()[-1].startswith("100 %")
