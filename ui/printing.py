"""How a page looks on paper: A4, without what only a screen needs."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

HALF, WHOLE = 440, 890
"""Pixels of a chart that is printed on half the width of a page, or the whole; browsers print charts as they were
drawn, and lose those that stretch."""

PAPER = """
<style>
@media print {
  @page { size: A4 portrait; margin: 8mm 10mm; }
  html { color-scheme: light; }
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stStatusWidget"],
  [data-testid="stTooltipIcon"], [data-testid="stPageLink"], [data-testid="stSlider"], [data-testid="stButtonGroup"],
  [data-testid="stExpander"], [data-testid="stDownloadButton"], [data-testid="stButton"],
  [data-testid="stFileUploader"], [data-testid="stTextArea"], [data-testid="stHeaderActionElements"],
  .st-key-told, .st-key-to-learn,
  [data-testid="stLayoutWrapper"]:has([data-testid="stSlider"]):has(+ [data-testid="stLayoutWrapper"] > .st-key-beside),
  [data-testid="stSidebarCollapsedControl"], [data-testid="stExpandSidebarButton"] { display: none !important; }
  .st-key-board-stress [data-testid="stExpander"], .st-key-board-stress[data-testid="stExpander"] {
    display: block !important;
  }
  html, body, #root, .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"] {
    position: static !important; display: block !important; height: auto !important; overflow: visible !important;
    inset: auto !important;
  }
  [data-testid="stMainBlockContainer"] { padding: 0 2px !important; max-width: none !important; }
  html { font-size: 10px !important; }
  [data-testid="stHorizontalBlock"] { display: flex !important; }
  [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"]) { flex-wrap: nowrap !important; }
  [data-testid="stColumn"] { min-width: 0 !important; }
  [data-testid="stPlotlyChart"], [data-testid="stMetric"], [data-testid="stAlert"], [data-testid="stSelectbox"], tr,
  h1, h2, h3, li, .st-key-whose-mind { break-inside: avoid; }
  h1, h2, h3, :has(> [data-testid="stHeading"]), :has(> [data-testid="stSelectbox"]),
  .st-key-lines-prices > :first-child { break-after: avoid; }
  :has(> [data-testid="stMetric"]), [data-testid="stLayoutWrapper"]:has(> * > * > [data-testid="stMetric"]) {
    width: auto !important; flex: 1 1 0 !important; min-width: 0 !important;
  }
  [data-testid="stTable"], [data-testid="stTable"] * { overflow: visible !important; }
  [data-testid="stTable"] :is(th, td) { white-space: normal !important; padding: 0.3rem 0.5rem !important; }
  [data-testid="stPlotlyChart"] { zoom: 0.72; }
  .st-key-beside [data-testid="stPlotlyChart"] { zoom: 0.55; }
  :has(> [data-testid="stPlotlyChart"]), [class*="st-key-chart-"] { height: auto !important; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  @supports (zoom: tan(atan2(100cqw, attr(width px)))) {
    [data-testid="stPlotlyChart"], .st-key-beside [data-testid="stPlotlyChart"] { zoom: 1; }
    .js-plotly-plot { container-type: inline-size; }
    .js-plotly-plot .svg-container { width: 100% !important; height: auto !important; }
    .js-plotly-plot .main-svg { zoom: min(0.75, tan(atan2(100cqw, attr(width px)))); }
    .js-plotly-plot .main-svg:first-of-type { position: static !important; display: block; }
  }
}
</style>
"""
"""Streamlit scrolls inside the page; on paper everything flows. It also puts columns below each other there,
which is undone here. Smaller letters fit what a screen shows. A chart stays as wide as it was drawn on the screen, so
browsers that can divide the room for it by that width shrink it until it fits; for others a laptop's width fits."""
HEADER = """<style>
@media print {{
  [data-testid="stMainBlockContainer"]::before {{
    content: "{said}"; display: block; font-size: 9px; margin-bottom: 0.5rem;
  }}
}}
</style>"""
"""What stands at the head of every page that is printed."""
STYLE = """
<style>
@media print {
  [data-testid="stSelectbox"], [data-testid="stLayoutWrapper"]:has(> .st-key-chooser) { display: none !important; }
  [data-testid="stLayoutWrapper"]:has(> [class*="st-key-half-"]) { width: 49% !important; flex: 0 0 49% !important; }
  [data-testid="stLayoutWrapper"]:has(> [class*="st-key-whole-"]) { width: 100% !important; flex: 0 0 100% !important; }
  [class*="st-key-half-"], [class*="st-key-whole-"] { width: 100% !important; break-inside: avoid; }
  [class*="st-key-half-"] [data-testid="stPlotlyChart"], [class*="st-key-whole-"] [data-testid="stPlotlyChart"] {
    zoom: 0.78;
  }
  [class*="st-key-half-"] :has(> [data-testid="stPlotlyChart"]), [class*="st-key-half-"] [class*="st-key-chart-"],
  [class*="st-key-whole-"] :has(> [data-testid="stPlotlyChart"]), [class*="st-key-whole-"] [class*="st-key-chart-"] {
    height: auto !important;
  }
  [class*="st-key-half-"] .js-plotly-plot .main-svg { zoom: 0.85; }
  [class*="st-key-whole-"] .js-plotly-plot .main-svg { zoom: 0.75; }
  @supports (zoom: tan(atan2(100cqw, attr(width px)))) {
    [class*="st-key-half-"] .js-plotly-plot .main-svg { zoom: min(0.85, 0.85 * tan(atan2(100cqw, attr(width px)))); }
    [class*="st-key-whole-"] .js-plotly-plot .main-svg { zoom: min(0.75, 0.75 * tan(atan2(100cqw, attr(width px)))); }
  }
  [data-testid="stTable"] :is(th, td) { padding: 0.1rem 0.5rem !important; }
  [data-testid="stVerticalBlock"] { gap: 0.6rem !important; }
  html { font-size: 9.6px !important; }
}
</style>
"""
"""What a page that is made to be printed has beside that: charts on half the width of the paper, or the whole."""


def header(said: str) -> str:
    """The style that prints a line at the head of a page, whatever signs it has."""
    return HEADER.format(said="".join(sign if sign.isalnum() or sign == " " else f"\\{ord(sign):06x}" for sign in said))


def printable() -> None:
    """Makes the browser's own printing give this page on as few sheets as it can, nothing cut off."""
    st.html(STYLE)


def half(key: str) -> DeltaGenerator:
    """Room for a chart that is printed on half the width of a page."""
    return st.container(width=HALF, key=f"half-{key}", gap="xsmall")


def whole(key: str) -> DeltaGenerator:
    """Room for a chart that is printed on the whole width of a page."""
    return st.container(width=WHOLE, key=f"whole-{key}")


def together(key: str) -> DeltaGenerator:
    """Room for what is printed on one sheet, if it fits on one."""
    return st.container(key=f"whole-{key}")
