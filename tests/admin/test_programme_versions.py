"""The national office drafts a version of the programme on the screen and sees what it would make late."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from tests.admin.sending import hidden
from web.forms import Field
from web.rows import rows_at

if TYPE_CHECKING:
    from tests.admin.office import Office

WINDOW = Field(
    "windows",
    "rows",
    required=False,
    label="",
    rows=(
        Field("code", "choice", required=True, label=""),
        Field("minMonths", "number", required=True, label=""),
    ),
)


def rows_of(text: str) -> dict[str, str]:
    """Return what the rows of the lists on a page would send as they are."""
    inputs = re.findall(r'name="(\w+\.\d+\.\w+)"[^>]* value="([^"]*)"(?! class)', text)
    boxes = re.findall(r'type="checkbox" id="(\w+\.\d+\.\w+)" name="[^"]+" value="true" checked', text)
    chosen = {
        name: value
        for name, options in re.findall(
            r'<select[^>]* name="(\w+\.\d+\.\w+)"[^>]*>(.*?)</select>', text, re.DOTALL
        )
        for value in re.findall(r'value="([^"]+)" selected', options)
    }
    texts = {
        name: unescape(value)
        for name, value in inputs
        if not name.endswith(".remove") and not name.endswith(".mandatory")
    }
    return texts | chosen | dict.fromkeys(boxes, "true")


def test_a_list_is_opened_with_what_has_all_a_row_needs() -> None:
    phases: list[dict[str, Any]] = [
        {"code": "DIAGNOSTIC_STUDY", "minMonths": 4, "gates": [{"key": "field_research"}]},
        {"code": "TRUST_BUILDING", "minMonths": None, "gates": []},
    ]
    data = {"programmeTemplate": {"phases": phases}}
    assert [one["code"] for one in rows_at(data, "programmeTemplate.phases", WINDOW)] == ["DIAGNOSTIC_STUDY"]
    gate = Field("gates", "rows", required=False, label="", rows=(WINDOW.rows[0],))
    assert [(one["code"], one["key"]) for one in rows_at(data, "programmeTemplate.phases.gates", gate)] == [
        ("DIAGNOSTIC_STUDY", "field_research")
    ]


async def test_the_next_version_is_drafted_from_the_one_in_force(own_office: Office) -> None:
    pool = own_office.engine.pool
    in_force = await pool.fetchval("select id from programme_template where version = 1")
    path = f"/templates/ProgrammeTemplate_{in_force}/versions/new"
    opened = (await own_office.client.get(path)).text
    rows = rows_of(opened)
    windows = {name: value for name, value in rows.items() if name.startswith("windows")}
    assert {name.rpartition(".")[2] for name in windows} == {"code", "minMonths", "maxMonths"}
    assert "field_research" in rows.values()
    study = next(name for name, value in windows.items() if value == "DIAGNOSTIC_STUDY").rpartition(".")[0]
    share = next(name for name, value in rows.items() if value == "gate_share_gap").rpartition(".")[0]
    sent = hidden(opened) | rows | {"nameFa": "برنامهٔ ۱۴۰۶", "nameEn": "Programme of 1406"}
    refused = await own_office.client.post(path, data=sent | {f"{share}.value": "۷"})
    assert refused.status_code == 422
    assert 'aria-invalid="true"' in refused.text.split(f'id="{share}.value"')[1][:400]
    drafted = await own_office.client.post(
        path, data=sent | {f"{study}.minMonths": "۲", f"{study}.maxMonths": "۳", f"{share}.value": "۰٫۳"}
    )
    assert drafted.status_code == 303, drafted.text[-3000:]
    page = (await own_office.client.get(drafted.headers["location"])).text
    assert "برنامهٔ ۱۴۰۶" in page
    assert "<del>۰٫۲</del>" in page
    assert "/publish" in page
    gates = await pool.fetch(
        "select t.version, count(*) as gates from programme_template t join phase_template p on p.template_id = t.id"
        " join gate_template g on g.phase_template_id = p.id group by 1 order by 1"
    )
    assert len({row["gates"] for row in gates}) == 1
