"""A real browser on the whole admin: Debian's chromium, with the CDN answered from the npm packages."""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
import socket
import subprocess
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
import uvicorn

from services.settings import read_settings
from web.app import create_app
from web.house import Appearance

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager

    from playwright.async_api import Browser, BrowserContext, Page, Route
    from starlette.applications import Starlette

    from tests.admin.office import Office

ROOT = Path(__file__).resolve().parents[2]
CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
KINDS = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2"}
# The shell draws the same pages and takes two thirds of the work, for it has no window around them.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Letters are as wide as the font says: on screens of today nothing pulls them to whole pixels.
ARGUMENTS = ["--no-sandbox", "--font-render-hinting=none"]
TOKEN = "thread"
# When the font of the CDN comes.
AT_ONCE = asyncio.Event()
AT_ONCE.set()


def cannot(reason: str) -> None:
    """Skip with the reason; in CI nothing is skipped."""
    if CI:
        pytest.fail(f"{reason}, and in CI nothing is skipped")
    pytest.skip(reason)


def published_files() -> Path:
    """Install the npm packages once per state of their list, and return their folder."""
    wanted = Path(__file__).with_name("package.json")
    folder = ROOT / "var" / "npm" / f"admin-{hashlib.sha256(wanted.read_bytes()).hexdigest()[:16]}"
    if not (folder / "installed").exists():
        npm = shutil.which("npm")
        if npm is None:
            cannot("npm is not installed")
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(wanted, folder)
        command = [str(npm), "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode != 0:
            cannot("the npm packages of tests/admin cannot be installed")
        (folder / "installed").touch()
    return folder / "node_modules"


async def answer_from_packages(route: Route, packages: Path, *, tampered: bool, fonts: asyncio.Event) -> None:
    """Answer an address of the CDN, `/npm/name@version/path`, with the file of the package, fonts in time."""
    name, _, path = unquote(urlsplit(route.request.url).path).removeprefix("/npm/").partition("/")
    file = packages / name.partition("@")[0] / path
    if not file.is_file():
        await route.abort()
        return
    if file.suffix == ".woff2":
        await fonts.wait()
    body = file.read_bytes() + (b"\n" if tampered else b"")
    headers = {"access-control-allow-origin": "*", "content-type": KINDS[file.suffix]}
    await route.fulfill(body=body, headers=headers)


@dataclass
class Site:
    """A browser and an admin that listens."""

    address: str
    browser: Browser
    packages: Path
    complaints: list[str] = field(default_factory=list)
    fonts: asyncio.Event = AT_ONCE

    @asynccontextmanager
    async def reader(
        self,
        *,
        language: str = "fa",
        theme: str = "light",
        width: int = 1366,
        scripts: bool = True,
        tampered: bool = False,
        signed_in: bool = True,
    ) -> AsyncIterator[Page]:
        """Open a page of a reader; everything the console complains about is collected."""
        context: BrowserContext = await self.browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        await context.route(
            "https://cdn.jsdelivr.net/**",
            lambda route: answer_from_packages(route, self.packages, tampered=tampered, fonts=self.fonts),
        )
        cookies = {"language": language} | ({"khoosheh": TOKEN} if signed_in else {})
        await context.add_cookies(
            [{"name": name, "value": value, "url": self.address} for name, value in cookies.items()]
        )
        page = await context.new_page()
        page.on("console", lambda said: self._hear(said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        try:
            yield page
        finally:
            await context.close()

    def _hear(self, kind: str, text: str) -> None:
        # A refused form is answered with 422 or 409, which the console mentions and which is meant.
        if kind in {"error", "warning"} and "status of 4" not in text:
            self.complaints.append(text)


@asynccontextmanager
async def site(app: Starlette) -> AsyncIterator[Site]:
    """Serve an application on a free port and open a browser for it."""
    from playwright.async_api import async_playwright  # noqa: PLC0415 - not every test run needs it

    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        cannot("no chromium is installed (Debian: apt-get install chromium-headless-shell)")
    packages = published_files()
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
            port = listener.getsockname()[1]
            yield Site(f"http://127.0.0.1:{port}", browser, packages)
            await browser.close()
    finally:
        server.should_exit = True
        await serving
        listener.close()


def serving(office: Office, font: str, font_integrity: str) -> AbstractAsyncContextManager[Site]:
    """Serve the admin on the sample with htmx at the address of the settings, and a font or none."""
    settings = read_settings()
    looks = Appearance(settings.htmx_url, settings.htmx_integrity, font, font_integrity, secure=False)
    return site(create_app(office.engine, office.engine.schema, office.sessions, office.engine.today, looks))
