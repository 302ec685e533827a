"""The Jinja environments, one per way of reading, with macros and formats at hand in every template."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from schema.access import may
from schema.vocabulary import UserRole
from web import differences, told
from web.address import local_path
from web.carried import carried
from web.charts import figures, network, tile_map, timeline
from web.dates import month_name
from web.devices import device_of
from web.labels import label
from web.localisation import Localisation, as_day
from web.next_step import next_step
from web.places import by_code, fill, place_in
from web.preferences import CHOICES, read_preferences
from web.references import present_things
from web.role_book import actions_by_thing, actions_of, reach_of
from web.stored import stored_now
from web.type_labels import type_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from web.preferences import Preferences

ROOT: Final = Path(__file__).parent
MACROS: Final = (
    "icons",
    "ui",
    "account",
    "forms",
    "charts",
    "cluster_parts",
    "indicator_parts",
    "plan_parts",
    "type_parts",
    "papers",
)


@cache
def environment(preferences: Preferences) -> Environment:
    """Build the environment of one way of reading; templates are compiled once in each."""
    reader = Localisation(preferences)
    made = Environment(
        loader=FileSystemLoader(ROOT),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]  # comes with the i18n extension
        reader.translations.gettext, reader.translations.ngettext, newstyle=True
    )
    made.globals |= {
        "reader": reader,
        "number": reader.number,
        "percent": reader.percent,
        "money": reader.money,
        "digits": reader.digits,
        "date": reader.date,
        "moment": reader.moment,
        "month": reader.month,
        "term": reader.term,
        "name": reader.name,
        "title": reader.title,
        "label": lambda field: reader.text(label(field)),
        "translated": reader.text,
        "month_name": lambda month: month_name(month, preferences.calendar, preferences.language),
        "static": static_address,
        "timeline": timeline.timeline,
        "tile_map": tile_map,
        "figures": figures,
        "differences": differences,
        "told": told,
        "carried": lambda event: carried(event["payload"], event["subject"], reader),
        "type_name": lambda subject: reader.text(type_label(str(subject).partition("_")[0])),
        "network": network,
        "next_step": next_step,
        "counted": figures.counted_pairs,
        "dict": dict,
        "present_things": present_things,
        "stored_now": stored_now,
        "device_of": device_of,
        "day_of": as_day,
        "place_in": place_in,
        "fill": fill,
        "by_code": by_code,
        "local": local_path,
        "reach_of": reach_of,
        "actions_of": actions_of,
        "actions_by_thing": actions_by_thing,
        "may": lambda role, action: may(UserRole(role), action),
    }
    made.globals["past_macros"] = made.get_template("macros/past.html").module
    made.filters["query"] = query
    for macros in MACROS:
        made.globals[macros] = made.get_template(f"macros/{macros}.html").module
    return made


def compile_templates() -> None:
    """Compile every template for both languages, so that the first reader does not wait."""
    for language in CHOICES["language"]:
        made = environment(read_preferences({"language": language}))
        for name in made.list_templates(extensions=["html"]):
            made.get_template(name)


def render(preferences: Preferences, template: str, values: Mapping[str, Any], block: str = "") -> str:
    """Render a template, or only the block asked for when the template has it."""
    loaded = environment(preferences).get_template(template)
    if block not in loaded.blocks:
        return loaded.render(values)
    context = loaded.new_context(dict(values))
    return loaded.environment.concat(loaded.blocks[block](context))


def query(parameters: Mapping[str, str | None]) -> str:
    """Write the parameters that have a value as the query of an address."""
    given = {name: value for name, value in parameters.items() if value}
    return f"?{urlencode(given)}" if given else ""


@cache
def static_address(name: str) -> str:
    """Return the address of a static file with a mark of its content, so that it can be kept for long."""
    content = (ROOT / "static" / name).read_bytes()
    return f"/static/{name}?v={sha256(content).hexdigest()[:12]}"
