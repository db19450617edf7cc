"""Codes of links: they hold the address, black on white, with a margin."""

import re
from urllib.parse import unquote

import segno

from ui import codes

ADDRESS = "http://meeting-laptop:8501/?f=abcdefghijklmnopqrstuv"


def test_a_code_is_black_on_white_and_says_what_it_is() -> None:
    shown = codes.picture(ADDRESS, 'The "code"')
    assert shown.count("<") == 1
    assert 'alt="The &quot;code&quot;"' in shown
    assert set(re.findall(r"(?:fill|stroke)='([^']+)'", unquote(shown))) == {"#fff", "#000"}


def test_a_code_is_that_of_its_address_with_the_quiet_zone_that_scanners_need() -> None:
    size, _ = segno.make(ADDRESS, error="l", micro=False).symbol_size(border=4)
    shown = codes.picture(ADDRESS, "")
    assert f"viewBox='0 0 {size} {size}'" in unquote(shown)
    assert shown != codes.picture(ADDRESS + "x", "")
