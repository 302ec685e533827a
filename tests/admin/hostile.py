"""Texts that mean harm or are merely unusual: HTML, templates, SQL, directions, look-alikes, control characters."""

from __future__ import annotations

from typing import Final

# Each tries to call `hit`, which a browser test listens to.
_HANDLERS: Final = (
    "onerror", "onload", "onclick", "onfocus", "onmouseover", "ontoggle", "onanimationend", "onpageshow",
    "onbegin", "onpointerenter",
)  # fmt: skip
_ELEMENTS: Final = (
    "<img src=x {h}=hit()>", "<svg {h}=hit()>", '"><svg/{h}=hit()>', "'><img src=x {h}='hit()'>",
    "<details open {h}=hit()>",
)  # fmt: skip
_ANY_HANDLER: Final = tuple(element.format(h=handler) for handler in _HANDLERS for element in _ELEMENTS)
HTML: Final = (
    *_ANY_HANDLER,
    "<script>hit()</script>", "</script><script>hit()</script>", "<SCRIPT SRC=//x.example/x.js></SCRIPT>",
    "<scr<script>ipt>hit()</scr</script>ipt>", "<iframe srcdoc='<script>hit()</script>'>", "<a href=javascript:hit()>x</a>",
    "javascript:hit()", "JaVaScRiPt:hit()", "data:text/html,<script>hit()</script>", "<base href=//x.example>",
    "<meta http-equiv=refresh content='0;url=//x.example'>", "<link rel=stylesheet href=//x.example/x.css>",
    "<style>*{display:none}</style>", "</style><script>hit()</script>", "<form action=//x.example><button>x",
    "</title><script>hit()</script>", "</textarea><script>hit()</script>", "<!--<script>hit()</script>", "--><script>hit()</script>",
    "]]><script>hit()</script>", "<template><script>hit()</script></template>", "<math><mi xlink:href=javascript:hit()>x",
    "&lt;script&gt;hit()&lt;/script&gt;", "&#60;script&#62;hit()&#60;/script&#62;", "&quot; onfocus=hit() autofocus x=&quot;",
    '" autofocus onfocus=hit() x="', "' autofocus onfocus=hit() x='", "` onmouseover=hit()", '\\"><script>hit()</script>',
    "<div hx-get=/sign-out hx-trigger=load>", "<div data-confirm=x hx-on:load=hit()>", "</dialog></main></body></html>",
    "<div style=position:fixed;inset:0>", "</bdi></td></tr></table>", "</option></select><script>hit()</script>",
    "%3Cscript%3Ehit()%3C/script%3E", "\u003cscript\u003ehit()\u003c/script\u003e", "＜script＞hit()＜/script＞",
)  # fmt: skip
TEMPLATES: Final = (
    "{{ 7*7 }}", "{{ config }}", "{{ ''.__class__.__mro__ }}", "{% for x in range(9) %}x{% endfor %}", "{# x #}", "{%raw%}x{%endraw%}",
    "${7*7}", "#{7*7}", "<%= 7*7 %>", "{{constructor.constructor('hit()')()}}", "%(name)s", "%s%s%s%n", "{0} {name}", "{data.user.id}",
    "$t(hit)", "@{x}", "{slug}", "%%", "%d", "\\{\\{",
)  # fmt: skip
SQL: Final = (
    "'; drop table cluster; --", "' or '1'='1", '" or ""="', "1; select pg_sleep(10)", "') union select null--", "\\'; --", "$$; drop table x; $$",
    "x' and 1=cast((select version()) as int)--", "/* x */", "-- x", "%' or name like '%", "_%_", "\\", "\\\\", "'", "''", '"', '""', "`", "NULL",
    "null", "undefined", "NaN", "true", "0", "-1", "1e309", "$1", ":name", "?",
)  # fmt: skip
_DIRECTIONS: Final = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
DIRECTIONS: Final = tuple(
    text
    for mark in _DIRECTIONS
    for text in (f"گلیم{mark}txt.exe", f"a{mark}b{mark}", f"{mark * 20}خوشه", f"abc{mark}۱۲۳<b>")
)
LOOK_ALIKES: Final = (
    "كليم", "گليم", "گلیم", "مؤسسه", "مئوسسه", "هٔ", "ۀ", "ة", "ى", "ي", "ک", "ك", "ڪ", "۱۲۳", "١٢٣", "123", "ـگـلـیـمـ", "گل‌یم", "گل\u200dیم",
    "گل\u00adیم", "گل\u00a0یم", "گل\u3000یم", "گل\u2003یم", "گُلیمِ", "گلیـــــــــــم", "آ", "ا\u0653", "ﮔﻠﯿﻢ", "Ａｄｍｉｎ", "аdmin", "ad\u200bmin",
    "e\u0301", "é", "z\u0335\u0336\u0337\u0338algo", "👩‍🌾", "🏴\U000e0067\U000e0062\U000e007f", "\ufeffگلیم", "\u2060گلیم", "ﷺ", "﷽", "﷼", "٪", "٬", "٫",
)  # fmt: skip
FORMULAS: Final = ("=1+1", "+1", "-1+2", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1+1", " =1+1", "\u200f=1+1")
LONG: Final = ("گ" * 300, "x" * 300, "گلیم " * 59, "<b>" * 100, "\u0651" * 200, "ـ" * 300)
# Tabs and line breaks are no controls here: a text may have lines.
_LINES: Final = "\t\n\r\x85"
_CODES: Final = (*range(0x20), *range(0x7F, 0xA0))
CONTROLS: Final = tuple(f"گلیم{chr(code)}جاجیم" for code in _CODES if chr(code) not in _LINES)
HALVES: Final = ("x\ud800y", "x\udfffy", "x\ufffey", "x\uffffy")

USABLE: Final = HTML + TEMPLATES + SQL + DIRECTIONS + LOOK_ALIKES + FORMULAS + LONG
UNUSABLE: Final = CONTROLS + HALVES
