"""A server that is killed in the middle of a move, and started again: what the screen shows is what counts."""

import re

from playwright.sync_api import Browser, expect

from data import room
from tests.browser.conftest import IDLE, Server
from tests.browser.test_nothing_is_lost import draft, opened

WHO = "Recovery charity"


def test_a_lever_that_was_held_while_its_server_was_killed_counts_as_it_shows(
    browser: Browser, own_server: Server
) -> None:
    page = opened(browser.new_page(base_url=own_server.address), f"/?s={draft()}")
    lever = page.get_by_role("slider", name="Cap on total pain")
    lever.scroll_into_view_if_needed()
    place = lever.bounding_box()
    assert place
    page.mouse.move(place["x"], place["y"])
    page.mouse.down()
    page.mouse.move(place["x"] - 20, place["y"], steps=5)
    expect(lever).not_to_have_value("100")
    shown = lever.input_value()
    own_server.kill()
    expect(lever).to_be_disabled()
    page.mouse.up()
    own_server.start()
    expect(page.locator(".st-key-just-changed")).to_contain_text(f"Cap on total pain: 100% → {shown}%")
    expect(lever).to_have_value(shown)
    page.close()


FORM = """field => field.closest('[class*="st-key-input-own-"]').className"""
"""What names the input that a field is of; a server that was started anew names it otherwise."""


def test_what_a_partner_has_half_typed_stays_though_its_form_was_drawn_anew_before_the_server_was_killed(
    browser: Browser, own_server: Server
) -> None:
    hosts = draft()
    room.share(hosts, [WHO])
    page = opened(browser.new_page(base_url=own_server.address), f"/room?f={room.links(hosts)[WHO]}")
    page.get_by_text("In pounds and chances", exact=True).first.click()
    loss = page.get_by_role("textbox", name=re.compile("^Loss that must stay unlikely"))
    expect(loss).to_be_visible()
    page.wait_for_selector(IDLE)
    loss.fill("650000")
    loss.press("Enter")
    expect(loss).to_have_value("650,000")
    page.wait_for_selector(IDLE)
    loss.press("Control+a")
    page.keyboard.type("62")
    was = loss.evaluate(FORM)
    own_server.kill()
    expect(loss).to_be_disabled()
    own_server.start()
    expect(loss).to_be_enabled()
    for _ in range(300):  # until its form is the new server's
        if loss.evaluate(FORM) != was:
            break
        page.wait_for_timeout(100)
    assert loss.evaluate(FORM) != was
    page.wait_for_selector(IDLE)
    expect(loss).to_have_value("62")
    expect(loss).to_be_focused()
    page.keyboard.type("0000")
    page.keyboard.press("Enter")
    expect(loss).to_have_value("620,000")
    page.close()
