"""What WCAG 2.2 AA asks of every page, as far as a program can see it."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server
from tests.browser.test_journeys import Settled
from ui.contents import CONTENTS

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TITLES = [title for pages in CONTENTS.values() for _, title, _ in pages]


def violations(page: Page, where: str) -> list[str]:
    """Each rule that is broken, with the first place."""
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    return [f"{where}: {one['id']} ({one['impact']}): {one['nodes'][0]['html'][:200]}" for one in found]


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_no_rule_is_broken_on_any_page(
    browser: Browser, server: Server, settled: Settled, appearance: Literal["light", "dark"]
) -> None:
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, base_url=server.address, color_scheme=appearance
    )
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=90_000)
    found = []
    for title in TITLES:
        page.get_by_role("link", name=title, exact=True).click()
        settled(page)
        page.wait_for_timeout(500)
        settled(page)
        found += violations(page, title)
    context.close()
    assert found == []
