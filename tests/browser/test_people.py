"""Signing in with a real provider: what each account may do, and what no log, link or file gives away."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ARTEFACTS, Server
from tests.browser.provider import CLIENT, SECRET, Provider, free_port

Settled = Callable[[Page], None]
COOKIES = "a-secret-of-the-cookies-which-is-long-enough"
FAY, PAT = ({"email": f"{name.lower()}@council.example", "name": name} for name in ("Fay", "Pat"))


@pytest.fixture
def provider() -> Iterator[Provider]:
    running = Provider()
    yield running
    running.stop()


@pytest.fixture
def app(provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The app with sign-in, as its administrator sets it up, and a library of its own."""
    monkeypatch.setenv("ALLIANCE_DATA", str(tmp_path / "data"))
    secrets = tmp_path / "secrets.toml"
    running = Server("--secrets.files", str(secrets), log="people.log")
    running.port = free_port()
    entries = {
        "redirect_uri": f"http://localhost:{running.port}/oauth2callback",
        "cookie_secret": COOKIES,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "server_metadata_url": f"{provider.address}/.well-known/openid-configuration",
    }
    secrets.write_text("[auth]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in entries.items()))
    running.log.unlink(missing_ok=True)
    running.start()
    yield running
    running.kill()


def signed_in(browser: Browser, app: Server, provider: Provider, account: dict[str, str], settled: Settled) -> Page:
    """A browser of an account that has signed in."""
    page = browser.new_context(
        viewport={"width": 1366, "height": 768}, base_url=f"http://localhost:{app.port}"
    ).new_page()
    page.set_default_timeout(60_000)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to go on")
    provider.account = account
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text(f"Signed in as {account['name']} ({account['email']})")).to_be_visible()
    settled(page)
    return page


def test_people_sign_in_and_see_what_their_part_allows(
    browser: Browser, app: Server, provider: Provider, settled: Settled
) -> None:
    fay = signed_in(browser, app, provider, FAY, settled)
    fay.get_by_role("link", name="Library").click()
    fay.get_by_label("Reason for saving").fill("To begin with")
    fay.get_by_label("Name of the new design").fill("Draft")
    fay.get_by_role("button", name="Save as a new design").click()
    expect(fay.get_by_role("heading", level=1)).to_contain_text("Version 1 of 'Draft' is the newest")
    settled(fay)

    pat = signed_in(browser, app, provider, PAT, settled)
    pat.get_by_role("link", name="Library").click()
    expect(pat.get_by_text("You have no part in any alliance of the library yet")).to_be_visible()

    fay.get_by_role("tab", name="People").click()
    fay.get_by_label("Address of the account").fill(PAT["email"])
    fay.get_by_role("button", name="Record the part").click()
    expect(fay.get_by_text(f"{PAT['email']} is viewer now").first).to_be_visible()
    settled(fay)
    fay.screenshot(path=ARTEFACTS / "people.png")

    pat.reload()
    expect(pat.get_by_role("heading", level=1)).to_contain_text("Version 1 of 'Draft' is the newest")
    expect(pat.get_by_text("Signed in as Pat")).to_be_visible()
    pat.get_by_role("tab", name="Who has agreed").click()
    settled(pat)
    expect(pat.get_by_role("button", name="Record it")).to_have_count(0)

    draft = fay.url.split("s=")[1]
    pat.goto(f"/?s={draft}")
    expect(pat.get_by_text("That draft belongs to another account").first).to_be_visible()
    pat.get_by_role("button", name="Sign out").click()
    expect(pat.get_by_role("heading", level=1)).to_have_text("Sign in to go on")
    pat.goto("/library")
    expect(pat.get_by_role("heading", level=1)).to_have_text("Sign in to go on")

    fay.get_by_role("link", name="In the room").click()
    fay.get_by_role("button", name="Share this screen").click()
    link = fay.locator("code").filter(has_text="?f=").first.inner_text()
    settled(fay)
    log = app.log.read_text()
    for secret in (SECRET, COOKIES, link.split("f=")[1], draft):
        assert secret not in log
    for address in (fay.url, link):
        assert FAY["email"] not in address
    pat.goto(link)
    expect(pat.get_by_text("Sign in to go on")).to_have_count(0)
    pat.get_by_role("link", name="Library").click()
    expect(pat.get_by_text("A link shows the design on the facilitator's screen")).to_be_visible()
    fay.context.close()
    pat.context.close()


def test_a_provider_that_does_not_answer_is_said_without_a_trace(
    browser: Browser, app: Server, provider: Provider
) -> None:
    provider.stop()
    page = browser.new_context(base_url=f"http://localhost:{app.port}").new_page()
    page.goto("/")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Authentication error")).to_be_visible()
    assert "Traceback" not in page.content()
    page.context.close()
