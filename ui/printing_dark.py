"""A page in dark colours is printed in light ones: ink on paper, as from a page in light colours."""

from dataclasses import fields

from ui.look import DARK, LIGHT

_TEXT = '[data-testid="stAppViewContainer"]'
_KEPT = 'svg *, .dots *, .range *, [data-testid="stAlertContainer"]'


def _rgb(colour: str) -> str:
    return ", ".join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))


def _pairs() -> dict[str, str]:
    """Each colour of figures in the dark, and what it is in the light."""
    found: dict[str, str] = {}
    for one in fields(DARK):
        dark, light = getattr(DARK, one.name), getattr(LIGHT, one.name)
        if isinstance(dark, str) and dark.startswith("#"):
            found.setdefault(dark, light)
        elif isinstance(dark, tuple):
            found |= {a: b for a, b in zip(dark, light, strict=True) if a not in found}
    return found


def _figures() -> str:
    """Plotly writes colours beside each shape, pictures of dots and ranges as names."""
    drawn = "\n".join(
        f'  .main-svg :is([style*="{how}: rgb({_rgb(dark)})"], [{how}="rgb({_rgb(dark)})"]) {{'
        f" {how}: {light} !important; }}"
        for dark, light in _pairs().items()
        for how in ("fill", "stroke")
    )
    named = " ".join(
        f"--{name}: {getattr(LIGHT, name)} !important;" for name in ("text", "grid", "gain", "pain", "neither", "ghost")
    )
    return f"{drawn}\n  .dots, .range {{ {named} }}"


LIGHTER = f"""<style>
@media print {{
  html, body, .stApp, {_TEXT} {{ background: {LIGHT.behind} !important; color: {LIGHT.text} !important; }}
  {_TEXT} *:not(svg *) {{ color: {LIGHT.text} !important; border-color: #C3CCD5 !important; }}
  {_TEXT} *:not({_KEPT}) {{ background-color: transparent !important; }}
  [data-testid="stAlertContainer"] {{ border: 1px solid; }}
{_figures()}
  canvas, .main-svg .heatmaplayer image {{ filter: invert(1) hue-rotate(180deg); }}
}}
</style>"""
"""Only browsers know that a page is printed, so all of it is style."""
