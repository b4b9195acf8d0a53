"""A headless Chromium for tests: opens a page and tells all that the page did."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, Route, sync_playwright

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
MISSING = (
    "no Chromium to open pages with. Debian: apt-get install chromium; "
    "elsewhere put chromium, chromium-browser or google-chrome on the PATH"
)
# The last five keep the browser's own traffic off the network; the sandbox does not run as root.
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What no page of ours may do: fields of Visit.
DEEDS = ("requests", "dialogs", "console", "popups", "navigations", "canary")

# Elements that run, load, send or move something, and attributes that do so on any element.
_FORBIDDEN = """root => {
  const kinds = 'script, iframe, frame, object, embed, applet, form, input, button, select, ' +
    'textarea, base, link, meta, style, svg, math, video, audio, source, template, portal';
  const forbidden = [];
  for (const element of root.querySelectorAll('*')) {
    if (element.matches(kinds)) forbidden.push(element.localName);
    for (const {name, value} of element.attributes) {
      const safe = /^(#|https?:|mailto:)/.test(value);
      const picture = /^data:image\\/(png|jpeg|gif);/.test(value);
      const loads = /^(src|srcset|data|poster|background|action|formaction|ping)$/.test(name);
      if (/^on/.test(name) || /href$/.test(name) && !safe || loads && !picture ||
          name === 'style' && /url|position|expression/.test(value) ||
          /^(id|name)$/.test(name) && value.includes('CANARY'))
        forbidden.push(`${name}=${value.slice(0, 80)}`);
    }
  }
  return forbidden;
}"""


@dataclass
class Visit:
    """What a page did while it was opened, and what it holds.

    `requests` are all but that for the page itself; `canary` is what a script left in
    `window.CANARY`; `nodes` counts elements and attributes that can act;
    `text` is what a reader sees; `pictures` are their widths in pixels, 0 for a broken one.
    """

    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    popups: list[str] = field(default_factory=list)
    navigations: list[str] = field(default_factory=list)
    canary: object = None
    title: str = ""
    nodes: Counter[str] = field(default_factory=Counter)
    text: str = ""
    pictures: list[int] = field(default_factory=list)

    def deeds(self) -> dict[str, object]:
        """All that it did; empty for a page that only shows."""
        return {name: value for name in DEEDS if (value := getattr(self, name))}


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, with a new and empty profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield browser
        browser.close()


def visit(
    browser: Browser,
    url: str,
    serve: Callable[[str], str | bytes | None] = lambda url: None,
    *,
    bypass_csp: bool = False,
) -> Visit:
    """Open `url` and wait until it has been quiet for half a second.

    A file is read; the content of every other URL is what `serve` returns. What it does not
    know is a request of the page's own: noted and answered with nothing, which leaves the
    page where it is. With `bypass_csp` the page's Content-Security-Policy is not in force.
    """
    result = Visit()
    with browser.new_context(bypass_csp=bypass_csp, service_workers="block") as context:

        def answer(route: Route) -> None:
            request_url = route.request.url
            content = serve(request_url)
            if content is not None:
                route.fulfill(body=content)
            elif request_url == url and url.startswith("file:"):
                route.continue_()
            else:
                result.requests.append(request_url)
                if route.request.is_navigation_request():
                    result.navigations.append(request_url)
                route.fulfill(status=204)

        # A window that opens would hold back the dialogs of the page behind it.
        context.add_init_script("window.open = url => void (window.OPENED ??= []).push(`${url}`)")
        page = context.new_page()
        context.route("**/*", answer)
        context.route_web_socket("**/*", lambda socket: result.requests.append(socket.url))
        page.on("dialog", lambda dialog: (result.dialogs.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda message: result.console.append(message.text))
        page.on("pageerror", lambda error: result.console.append(str(error)))
        page.goto(url)
        page.wait_for_load_state("networkidle")
        if page.url != url:
            result.navigations.append(page.url)
        _read(page, result)
    return result


def nodes(browser: Browser, parts: list[str]) -> list[list[str]]:
    """The elements and attributes that could act in each of `parts`; here they cannot."""
    parsed = "new DOMParser().parseFromString(html, 'text/html')"
    with browser.new_context() as context:
        evaluate = context.new_page().evaluate
        return [evaluate(f"html => ({_FORBIDDEN})({parsed})", part) for part in parts]


def _read(page: Page, result: Visit) -> None:
    result.popups = page.evaluate("window.OPENED ?? []")
    result.canary = page.evaluate("window.CANARY === 1 || null")
    result.title = page.title()
    result.nodes = Counter(page.evaluate(f"({_FORBIDDEN})(document)"))
    result.text = page.inner_text("body")
    result.pictures = page.evaluate("[...document.images].map(image => image.naturalWidth)")
