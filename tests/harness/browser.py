"""A real browser on a real server: what a person sees, with a keyboard, on a telephone, without scripts.

    def test_letter_confirmed_item_shows_confirmed(open_page, ...):
        page = open_page(make_user(Role.LANO), "/inspection/1/letter/")
        page.get_by_role("button", name="Confirm").click()
        assert_accessible(page)

`open_page(user, path, javascript=False)` is a browser without scripts, `width=PHONE` a telephone. A script error, a
refused inline style or script, or an address that leads outside fails the test in which it happens.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.staticfiles.finders import get_finder
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, Response, sync_playwright

from accounts.models import User

DESK = 1280
PHONE = 390
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def chromium() -> str:
    """Debian's browser; nothing is downloaded."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Browser tests need Chromium: apt-get install chromium."
    return path


@pytest.fixture(scope="session")
def _built_assets() -> None:
    """Builds the browser assets when they are older than their sources, and lets Django find them."""
    subprocess.run([sys.executable, "script/assets"], cwd=settings.BASE_DIR, check=True, stdout=subprocess.DEVNULL)
    settings.STATICFILES_DIRS = [settings.ASSETS_DIR]
    get_finder.cache_clear()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # The driver keeps an event loop in this thread; Django would take every query in a test for one made inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@dataclass
class Site:
    """Opens pages of the live server for people, and notes what goes wrong in them."""

    url: str
    browser: Browser
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    # The status of a fault that a test brings about on purpose.
    awaited: int = 200

    def __call__(
        self,
        user: User | None = None,
        path: str = "/",
        *,
        javascript: bool = True,
        width: int = DESK,
        status: int = 200,
        go: bool = True,
    ) -> Page:
        """A page of a fresh browser in which `user` is signed in; `go=False` leaves it empty, to set a clock first."""
        context = self.browser.new_context(
            base_url=self.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 844 if width == PHONE else 900},
            locale="en-GB",
            timezone_id="Europe/London",
            accept_downloads=True,
        )
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        if user:
            self.sign_in(context, user)
        self.awaited = status
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("request", self._note_request)
        page.on("response", self._note_response)
        if go:
            response = page.goto(path)
            assert response, f"{path} is no page"
            assert response.status == status, f"{path} answered {response.status}"
        return page

    def sign_in(self, context: BrowserContext, user: User) -> None:
        client = Client()
        client.force_login(user, backend=BACKEND)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.url}])

    def _note(self, kind: str, text: str) -> None:
        # The status of a page is the test's own business.
        if kind == "error" and not text.startswith("Failed to load resource"):
            self.complaints.append(text)

    def _note_response(self, response: Response) -> None:
        if response.status >= 500 and response.status != self.awaited:
            self.complaints.append(f"{response.url} answered {response.status}")

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:", "about:")):
            self.complaints.append(f"asked another site: {request.url}")


@pytest.fixture
def open_page(live_server, browser: Browser, _built_assets) -> Iterator[Site]:
    site = Site(live_server.url, browser)
    yield site
    for context in site.contexts:
        context.close()
    assert not site.complaints, "\n".join(site.complaints)


def assert_accessible(page: Page, *, reads_styles: bool = True) -> None:
    """No axe finding of WCAG 2.2 A and AA, nor of its best practice; one main heading; a title of its own.

    `reads_styles=False` where a style sheet imports another: axe would copy it into an inline style to read it, which
    our policy refuses, and the refusal would be taken for the page's own.
    """
    options = {"runOnly": AXE_RULES, "resultTypes": ["violations"], "preload": reads_styles}
    results = Axe().run(page, options=options)
    found = [
        f"{violation['id']}: {violation['help']} at {[node['target'] for node in violation['nodes']][:4]}"
        for violation in results.response["violations"]
    ]
    assert not found, f"{page.url}\n" + "\n".join(found)
    assert page.locator("h1").count() == 1, f"{page.url} has {page.locator('h1').count()} main headings"
    assert not page.title().startswith("–"), f"{page.url} has no title of its own"


def assert_stands_still(page: Page) -> None:
    """The page does not scroll sideways, and nothing sticks out of it unseen."""
    wide = page.evaluate(
        """() => {
            const room = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= room) return [];
            return [...document.querySelectorAll("body *")]
                .filter((one) => one.getBoundingClientRect().right > room + 1)
                .slice(0, 5).map((one) => one.outerHTML.slice(0, 120));
        }"""
    )
    assert not wide, f"{page.url} is wider than the screen:\n" + "\n".join(wide)


def assert_complete_without_scripts(page: Page) -> None:
    """What axe cannot look at there: names of fields, buttons and links; a button in each form; headings in order."""
    assert page.locator("h1").count() == 1
    unnamed = _without_a_name(page.locator("input:not([type=hidden]), select, textarea"))
    assert not unnamed, f"{page.url}: a field has no label: {unnamed}"
    nameless = _without_a_name(page.locator("a[href]:visible, button:visible"))
    assert not nameless, f"{page.url}: nameless: {nameless}"
    dead = page.locator("[hidden]:visible").evaluate_all("all => all.map((e) => e.outerHTML.slice(0, 120))")
    assert not dead, f"{page.url}: waits for scripts and shows itself: {dead}"
    # A button may stand elsewhere and name its form.
    stuck = page.locator("main form:not(:has(button, input[type=submit]))").evaluate_all(
        "all => all.filter((e) => !e.id || !document.querySelector(`button[form=${e.id}]`)).map((e) => e.id)"
    )
    assert not stuck, f"{page.url}: forms without a button: {stuck}"
    levels = [int(tag[1]) for tag in page.locator("h1, h2, h3, h4").evaluate_all("all => all.map((e) => e.tagName)")]
    jumps = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
    assert not jumps, f"{page.url}: headings leave out a level: {levels}"


# The words by which a screen reader calls a field, button or link.
NAME = """(e) => [e.getAttribute("aria-label"),
    ...(e.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent),
    ...[...(e.labels ?? [])].map((label) => label.textContent), e.textContent, e.getAttribute("title")]
    .find((words) => words?.trim())?.trim() ?? "" """


def _without_a_name(elements: Locator) -> list[str]:
    """The HTML of those that have none, found in one question: a long page has hundreds of them."""
    return elements.evaluate_all(
        f"(all) => {{ const name = {NAME}; return all.filter((e) => !name(e)).map((e) => e.outerHTML.slice(0, 160)) }}"
    )


def name_of(element: Locator) -> str:
    return element.evaluate(NAME)


@dataclass(frozen=True)
class Stop:
    """Where the keyboard stands: what the element is called, and whether one can see that it has the focus."""

    tag: str
    name: str
    is_visible: bool


def tab_stops(page: Page, most: int = 200) -> list[Stop]:
    """Presses Tab from the top of the page until it has gone round, and tells each stop. Works with scripts only."""
    page.evaluate("document.activeElement?.blur(); window.scrollTo(0, 0)")
    stops: list[Stop] = []
    seen: set[str] = set()
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => {
                const e = document.activeElement;
                if (!e || e === document.body) return null;
                const style = getComputedStyle(e), box = e.getBoundingClientRect();
                const marked = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
                    || style.boxShadow !== "none";
                const near = e.nextElementSibling && getComputedStyle(e.nextElementSibling, "::before").boxShadow;
                e.dataset.tabStop ??= String(Math.random());
                return {tag: e.tagName.toLowerCase(), key: e.dataset.tabStop,
                    name: (e.getAttribute("aria-label") || e.labels?.[0]?.textContent || e.textContent || "").trim(),
                    shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
                        && (marked || (near && near !== "none"))};
            }"""
        )
        if here is None or here["key"] in seen:
            break
        seen.add(here["key"])
        stops.append(Stop(here["tag"], " ".join(here["name"].split()), bool(here["shown"])))
    return stops


def assert_usable_by_keyboard(page: Page, *, reaches: list[str]) -> None:
    """Every stop can be seen; the first is the skip link; the named ones come in this order."""
    stops = tab_stops(page)
    assert stops, f"{page.url}: Tab goes nowhere"
    assert stops[0].name == "Skip to main content"
    unseen = [stop for stop in stops if not stop.is_visible]
    assert not unseen, f"{page.url}: one cannot see the focus on {unseen}"
    order = iter(stop.name for stop in stops)
    missed = [name for name in reaches if not any(name == stop for stop in order)]
    assert not missed, f"{page.url}: not reached in this order: {missed}; the stops are {[s.name for s in stops]}"
