"""Where the keyboard is and what is chosen: for whoever uses no mouse, or lets the system choose every colour."""

_CHOSEN = ':is([role="radio"], [role="tab"], [role="option"], [aria-pressed="true"])[data-selected="true"]'
_THUMB = '[data-testid="stSlider"] [role="group"] > div > div:has(input)'
_SWITCH = '[data-testid="stCheckbox"] label > div:not([data-testid])'
KEYBOARD = f"""<style>
[data-testid="stPageLink-NavLink"]:focus-visible {{ outline: 2px solid currentColor; outline-offset: -2px; }}
[data-testid="stSidebar"][data-collapsed="true"] * {{ visibility: hidden !important; }}
[data-testid="stSidebarCollapseButton"] {{ visibility: visible !important; }}
@media (max-width: 768px) {{
  body:has([data-testid="stSidebar"][data-collapsed="false"]) [data-testid="stMain"] {{ opacity: 0.4; }}
}}
@media (forced-colors: active) {{
  :focus-visible, [role="option"][data-focused="true"], {_THUMB}:has(:focus-visible),
  label:has(:focus-visible) > div:not([data-testid]) {{ outline: 3px solid Highlight !important; }}
  :focus-visible, [role="option"] {{ outline-offset: -3px !important; }}
  button:focus-visible, {_THUMB}, {_SWITCH} {{ outline-offset: 2px !important; }}
  [data-testid="stSlider"] [role="group"] > div > div:first-child, {_THUMB}, {_SWITCH} > div {{
    forced-color-adjust: none; background: CanvasText !important;
  }}
  [data-testid="stSliderThumbValue"] {{ forced-color-adjust: auto; }}
  {_SWITCH} {{ border: 1px solid CanvasText; }}
  {_CHOSEN}, label[data-selected="true"] > div:not([data-testid]) {{
    forced-color-adjust: none; background: Highlight !important;
  }}
  {_CHOSEN} * {{ color: HighlightText !important; }}
}}
</style>"""
"""A closed sidebar is left out of the way of the Tab key; one that lies over the page keeps the key to itself, and its
way out can always be seen. Streamlit shows focus by a shadow, and sliders, switches and what is chosen by a background:
where the system chooses the colours, it drops both."""
