"""What gives way on a narrow screen: the margins first, then what stands side by side scrolls or takes lines of its
own, so that no figure is cut."""

_COLUMN = '[data-testid="stMain"] [data-testid="stColumn"]'
_MORE = 'content: "There is more than fits: scroll to the right for the rest."; position: sticky; left: 0;'
_HOLDS = '> [data-testid="stVerticalBlock"] > [data-testid="stElementContainer"]'
PRICES = ("Term", "Today", "Just accepts at", "Who else then refuses")
"""What stands in a line of prices; where there is no room for one line, beside each."""
_LINES = '[class*="st-key-lines-"]:not(.st-key-lines-prices)'
_PRICE = '.st-key-lines-prices [data-testid="stColumn"]'
_LABELS = "\n  ".join(
    f'{_PRICE}:nth-child({place})::before {{ content: "{said}"; font-size: 0.875rem; }}'
    for place, said in enumerate(PRICES[1:], start=2)
)
NARROW = f"""<style>
@supports (grid-template-rows: subgrid) {{
  @media screen {{
    .st-key-pair-years {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }}
    .st-key-pair-years > *, .st-key-pair-years > * > * {{
      display: grid; grid-row: span 4; grid-template: subgrid / minmax(0, 1fr); min-width: 0; width: 100%;
    }}
  }}
}}
[class*="st-key-lines-"], [class*="st-key-sentences-"] {{ container-type: inline-size; }}
[class*="st-key-try-"] button em {{
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
}}
@media screen and (max-width: 56rem) {{
  .st-key-at-stake > * {{ flex: 1 1 40% !important; width: auto !important; }}
  .st-key-at-stake > * > *, .st-key-at-stake > * > * > * {{ width: 100% !important; }}
  [data-testid="stMain"] :is([data-testid="stMetricLabel"], [data-testid="stMetricValue"]),
  [data-testid="stMain"] button[kind="tertiary"] {{
    &, & * {{ white-space: normal; overflow: visible; height: auto; text-align: left; overflow-wrap: anywhere; }}
  }}
  .st-key-page-halves > * {{ flex: 1 1 100% !important; }}
  .st-key-page-halves > *, .st-key-page-halves [class*="st-key-half-"] {{ width: 100% !important; }}
}}
@media screen and (max-width: 75rem) {{
  [data-testid="stMainBlockContainer"] {{ padding-left: 1rem; padding-right: 1rem; }}
  {_COLUMN}:has({_HOLDS} > :is([data-testid="stTextInput"], [data-testid="stNumberInput"])) {{
    min-width: min(100%, 5rem);
  }}
  {_COLUMN}:has({_HOLDS} > [data-testid="stSelectbox"]) {{ min-width: min(100%, 8.5rem); }}
  {_COLUMN}:has({_HOLDS}[class*="-kind "]) {{ min-width: min(100%, 16rem); }}
  [class*="st-key-lines-"] {{ overflow-x: auto; padding-bottom: 0.25rem; }}
  [class*="st-key-lines-"] [data-testid="stColumn"] {{ min-width: 0 !important; }}
  [class*="st-key-lines-"] [data-testid="stHorizontalBlock"] {{ flex-wrap: nowrap; }}
  [class*="st-key-lines-"] [data-testid="stHorizontalBlock"]:has(> :nth-child(4)) {{ min-width: 27rem; }}
  [class*="st-key-lines-"] [data-testid="stHorizontalBlock"]:has(> :nth-child(5)) {{ min-width: 44rem; }}
  [class*="st-key-lines-"] [data-testid="stHorizontalBlock"]:has(> :nth-child(6)) {{ min-width: 50rem; }}
  [class*="st-key-lines-later"] [data-testid="stHorizontalBlock"]:has(> :nth-child(7)) {{ min-width: 58rem; }}
  [class*="st-key-sentences-"] [data-testid="stTable"] {{ overflow-x: auto; }}
  [class*="st-key-sentences-"] table {{ min-width: 60rem; }}
  :is([class*="st-key-lines-"] [data-testid="stHorizontalBlock"]:has(> :nth-child(4)) > :first-child,
  [class*="st-key-sentences-"] :is(th:first-child, thead > tr > :first-child)) {{
    position: sticky; left: 0; z-index: 1; background: BEHIND;
  }}
  @container (max-width: 27rem) {{ {_LINES}:has(> * > * > :nth-child(4))::before {{ {_MORE} }} }}
  @container (max-width: 44rem) {{ {_LINES}:has(> * > * > :nth-child(5))::before {{ {_MORE} }} }}
  @container (max-width: 50rem) {{ [class*="st-key-lines-"]:has(> * > * > :nth-child(6))::before {{ {_MORE} }} }}
  @container (max-width: 58rem) {{ [class*="st-key-lines-later"]::before {{ {_MORE} }} }}
  @container (max-width: 60rem) {{ [class*="st-key-sentences-"]::before {{ {_MORE} }} }}
}}
@container (max-width: 44rem) {{
  .st-key-lines-prices > :first-child {{ display: none; }}
  .st-key-lines-prices [data-testid="stHorizontalBlock"]:has(> :nth-child(5)) {{
    min-width: 0; flex-wrap: wrap; gap: 0.25rem 1rem; align-items: start; padding-bottom: 0.75rem;
  }}
  {_PRICE} {{ flex: 1 1 40%; }}
  {_PRICE}:first-child {{ position: static; flex: 1 1 100%; }}
  {_PRICE}:first-child p {{ font-weight: 600; }}
  {_PRICE}:last-child {{ flex: 1 1 20%; }}
  {_LABELS}
}}
</style>"""
"""Two charts beside each other stand at one height, though the sentence above one takes more lines. Lines of fields
scroll together, and tables of sentences, under their first column, which takes the colour of the page; a price that can
be tried takes several lines, each figure under what it is. Tiles and halves of a page share all of its width."""
CUT = """<script>
if (!window.namesAreTold) {
  window.namesAreTold = true;
  const tell = (event) => {
    const field = event.target.closest?.(".stMain")?.contains(event.target) && event.target;
    if (!field || !field.matches("input:not([type=range])")) return;
    if (field.scrollWidth > field.clientWidth + 1) field.title = field.value; else field.removeAttribute("title");
  };
  for (const way of ["mouseover", "focusin", "input"]) document.addEventListener(way, tell, true);
}
</script>"""
"""A field or a choice whose text is longer than itself shows all of it where the mouse is over it."""
_SIDEWAYS = """<style>
.st-key-chart-{key} {{ container-type: inline-size; }}
@media screen {{
  .st-key-chart-{key} {{ overflow-x: auto; height: auto !important; flex: none !important; }}
  .st-key-chart-{key} > div {{ min-width: {least}rem; }}
}}
@container (max-width: {least}rem) {{
  .st-key-chart-{key}::before {{ {more} }}
}}
</style>"""


def sideways(key: str, least: float) -> str:
    """The style of a chart that is legible only where it is so wide, in rem: on less it scrolls, and says so."""
    return _SIDEWAYS.format(key=key, least=least, more=_MORE)
