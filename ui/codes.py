"""A link as a code to photograph."""

from html import escape

import segno

LARGEST = "min(100%, 46vh)"
"""So that the whole code is on the screen at once, with the page's answer above it."""


def picture(address: str, alt: str) -> str:
    """The QR code of an address as an image in HTML: black on white with its quiet zone, in dark mode too."""
    source = segno.make(address, error="l", micro=False).svg_data_uri(
        border=4, omitsize=True, dark="#000", light="#fff"
    )
    return f'<img alt="{escape(alt, quote=True)}" src="{source}" style="display:block;width:{LARGEST}">'
