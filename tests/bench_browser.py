"""Measures in a real Chromium how long the app takes to answer, and what it sends: a part of `make bench`, no test."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from statistics import median

from playwright.sync_api import Locator, Page, WebSocket, sync_playwright

from tests.browser.conftest import FLAGS, IDLE, Server, chromium
from ui.contents import CONTENTS

MOVES, EDITS, ROUNDS = 40, 20, 3
Row = tuple[str, str, str]
Answer = tuple[float, float, int]
"""Milliseconds to the last change of a chart and of anything; bytes received."""

WATCH = """() => {
  const watch = window.watch = {from: 0, chart: 0, any: 0}
  const begin = () => Object.assign(watch, {from: performance.now(), chart: 0, any: 0})
  for (const kind of ['keydown', 'click']) document.addEventListener(kind, begin, true)
  new MutationObserver(changes => {
    for (const {target} of changes) {
      const element = target.nodeType === 1 ? target : target.parentElement
      if (!element?.closest('[data-testid=stMain]')) continue
      watch.any = performance.now()
      if (element.closest('[class*=st-key-chart-]')) watch.chart = watch.any
    }
  }).observe(document, {subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['d']})
}"""
"""Notes when something was last asked, when a chart last changed, and when anything on the page did."""

QUIET = f"""() => {{
  const last = Math.max(watch.from, watch.any)
  return document.querySelector('{IDLE}') && performance.now() - last > 400
}}"""


class Watched:
    """A page of the app, with what it received."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.received = 0
        page.on("websocket", self._count)

    def _count(self, socket: WebSocket) -> None:
        def add(payload: str | bytes) -> None:
            self.received += len(payload)

        socket.on("framereceived", add)

    def open(self, path: str) -> None:
        self.page.goto(path)
        self.page.get_by_role("heading", level=1).wait_for(timeout=90_000)
        self.page.wait_for_selector(IDLE)
        self.page.wait_for_timeout(1_000)
        self.page.evaluate(WATCH)

    def answer(self, act: Callable[[], None]) -> Answer:
        """What comes of an act."""
        before = self.received
        act()
        self.page.wait_for_function(QUIET, timeout=90_000)
        chart, anything = self.page.evaluate("[watch.chart - watch.from, watch.any - watch.from]")
        return float(chart), float(anything), self.received - before


@contextmanager
def app() -> Iterator[Watched]:
    """The app in a browser of laptop size, at the futures that it draws by default."""
    server = Server()
    server.start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield Watched(browser.new_page(base_url=server.address, viewport={"width": 1366, "height": 768}))
        browser.close()
    server.kill()


def slider(watched: Watched) -> list[Answer]:
    """The levers of the overview moved in turn, each one way, so that no contract comes twice."""
    watched.open("/")
    handles = watched.page.get_by_role("slider").all()
    keys = ["ArrowRight" if _in_lower_half(handle) else "ArrowLeft" for handle in handles]
    found = []
    for i in range(MOVES):
        handle, key = handles[i % len(handles)], keys[i % len(handles)]
        handle.focus()
        found.append(watched.answer(partial(handle.press, key)))
    return found[1:]


def _in_lower_half(handle: Locator) -> bool:
    low, now, high = (float(handle.get_attribute(f"aria-value{part}") or 0) for part in ("min", "now", "max"))
    return now <= (low + high) / 2


def uncertain(watched: Watched) -> list[Answer]:
    """The spread of a provider's cost typed, a new one each time."""
    watched.open("/uncertainty")
    spread = watched.page.get_by_label("Scale (%)", exact=True).first
    found = []
    for i in range(EDITS):
        spread.fill(f"{4 + i / 10:.1f}")
        found.append(watched.answer(partial(spread.press, "Enter")))
    return found[1:]


def switches(watched: Watched) -> dict[str, list[Answer]]:
    """Every page opened from the menu, all of them in turn; the first round is left out."""
    watched.open("/")
    found: dict[str, list[Answer]] = {}
    for _ in range(ROUNDS + 1):
        for pages in CONTENTS.values():
            for _file, title, _icon in pages:
                link = watched.page.get_by_role("link", name=title, exact=True)
                found.setdefault(title, []).append(watched.answer(link.click))
    return {title: times[1:] for title, times in found.items()}


def spread(times: list[float]) -> str:
    """'124 ms, 95% within 180 ms'."""
    ordered = sorted(times)
    most = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    return f"{median(times):.0f} ms, 95% within {most:.0f} ms"


def rows() -> tuple[list[Row], list[Row]]:
    """What is asked of the app as a whole with the goals; each page with the time to it and what it is sent."""
    with app() as watched:
        moved, typed, pages = slider(watched), uncertain(watched), switches(watched)
    largest = max(size for _, _, size in moved)
    every = [time for times in pages.values() for _, time, _ in times]
    asked = [
        ("A contract slider, to the charts", "150 ms, 95% within 300 ms", spread([chart for chart, _, _ in moved])),
        ("… to the last figure", "", spread([time for _, time, _ in moved])),
        ("An uncertain input", "400 ms", spread([time for _, time, _ in typed])),
        ("Another page", "300 ms", spread(every)),
        ("Sent after a contract slider, at most", "150 KiB", f"{largest / 1024:.0f} KiB"),
    ]
    by_page = [
        (title, f"{median(time for _, time, _ in times):.0f} ms", f"{max(size for *_, size in times) / 1024:.0f} KiB")
        for title, times in pages.items()
    ]
    return asked, by_page


if __name__ == "__main__":
    for row in (line for part in rows() for line in part):
        print(" | ".join(row))
