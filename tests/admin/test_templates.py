"""Templates and styles keep their promises: a strict policy, logical properties, one file of script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

WEB = Path(__file__).parents[2] / "web"
TEMPLATES = sorted(WEB.rglob("*.html"))
STYLES = (WEB / "static" / "khoosheh.css").read_text(encoding="utf-8")
FORBIDDEN = {
    r"\sstyle\s*=": "inline styles",
    r"\son[a-z]+\s*=": "inline handlers",
    r"\shx-on": "hx-on",
    r"\bjs:": "computed htmx values",
    r"hx-trigger=\"[^\"]*\[": "htmx trigger filters",
    r"<style\b": "style elements",
    r"<script(?![^>]*\bsrc=)": "inline scripts",
    r"javascript:": "script addresses",
    r"\|\s*safe\b": "unescaped values",
    r"autoescape\s+false": "switched off escaping",
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(WEB).as_posix())
def test_a_template_has_nothing_that_a_strict_policy_forbids(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert [name for pattern, name in FORBIDDEN.items() if re.search(pattern, text)] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(WEB).as_posix())
def test_every_block_that_htmx_asks_for_is_an_element_of_that_name(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    tree = Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).parse(text)
    blocks = {block.name for block in tree.find_all(nodes.Block)} - {
        "title",
        "content",
        "body",
        "drawer",
        "options",
        "inline",
    }
    assert [name for name in blocks if f'id="{name.replace("_", "-")}"' not in text] == []


def test_the_styles_use_logical_properties_only() -> None:
    physical = re.compile(
        r"(?<![\w-])(margin|padding|border)-(left|right|top|bottom)|(?<![\w-])(left|right|top|bottom|width|height)\s*:"
        r"|(?<![\w-])(min|max)-(width|height)\s*:(?![^{]*\)\s*\{)|text-align:\s*(left|right)|float:\s*(left|right)"
    )
    lines = [line.strip() for line in STYLES.splitlines() if "@media" not in line and physical.search(line)]
    assert lines == []


def test_the_styles_keep_what_persian_script_needs() -> None:
    assert "letter-spacing" not in STYLES
    assert "text-transform" not in STYLES
    assert "font-style: italic" not in STYLES
    assert re.search(r"body \{[^}]*line-height: 1\.75", STYLES)


def test_motion_can_be_reduced_and_pages_printed() -> None:
    assert "prefers-reduced-motion: reduce" in STYLES
    assert "@media print" in STYLES


def test_every_token_that_is_used_is_defined() -> None:
    used = set(re.findall(r"var\((--[\w-]+)\)", STYLES))
    assert used <= set(re.findall(r"(--[\w-]+):", STYLES))


def test_every_class_of_a_template_is_in_the_stylesheet() -> None:
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", STYLES)) | {"end"}
    missing = set()
    for template in TEMPLATES:
        for value in re.findall(r'class="([^"]*)"', template.read_text(encoding="utf-8")):
            plain = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", " ", value)
            missing |= {name for name in plain.split() if not name.endswith("-") and name not in known}
    assert missing == set()


def test_every_class_of_the_stylesheet_is_used_somewhere() -> None:
    selectors = re.sub(r"\{[^{}]*\}|/\*.*?\*/", "", STYLES, flags=re.DOTALL)
    texts = "".join(
        path.read_text(encoding="utf-8") for kind in ("*.html", "*.js", "*.py") for path in WEB.rglob(kind)
    )
    whole = set(re.findall(r"[\w-]+", texts))
    # `badge--{{ tone }}`: the end of a name comes from a value, which must be a word that is known as well.
    begun = tuple(set(re.findall(r"([\w-]+-)(?:\{\{|[\"'] ~)", texts)))
    unused = {
        name
        for name in re.findall(r"\.([a-zA-Z][\w-]*)", selectors)
        if name not in whole
        and not any(name.startswith(start) and name.removeprefix(start) in whole for start in begun)
    }
    assert unused == set()


def test_dark_and_light_differ_in_colours_alone() -> None:
    of_a_theme = re.compile(r"prefers-color-scheme|data-theme|light-dark|color-scheme")
    lines = [line.strip() for line in STYLES.splitlines() if of_a_theme.search(line)]
    colour = r"(#[0-9a-f]{6}|rgb\([\d\s./]+\))"
    token = re.compile(rf"--[\w-]+: light-dark\({colour}, {colour}\);")
    schemes = {
        "color-scheme: light dark;",
        ':root[data-theme="light"] { color-scheme: light; }',
        ':root[data-theme="dark"] { color-scheme: dark; }',
        # On paper.
        ":root { color-scheme: light; --page: #fff; --surface: #fff; }",
    }
    assert [line for line in lines if line not in schemes and not token.fullmatch(line)] == []
    asking = [path.name for path in TEMPLATES if "preferences.theme" in path.read_text(encoding="utf-8")]
    assert asking == ["layout.html"]
