"""Names of rows that stay in sight while a chart is scrolled sideways, as the first column of a table does."""

HELD = """<script>
if (!window.namesAreHeld) {
  window.namesAreHeld = true;
  const hold = (chart) => {
    const names = chart.querySelector(".yaxislayer-above");
    if (!names) return;
    names.querySelector(".behind-names")?.remove();
    names.style.transform = chart.scrollLeft ? `translateX(${chart.scrollLeft}px)` : "";
    if (!chart.scrollLeft) return;
    const room = names.getBBox(), behind = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const colour = getComputedStyle(chart.closest(".stApp")).backgroundColor;
    const [x, y, width, height] = [room.x - 8, room.y - 12, room.width + 12, room.height + 24];
    Object.entries({ class: "behind-names", x, y, width, height, fill: colour })
      .forEach(([name, value]) => behind.setAttribute(name, value));
    names.prepend(behind);
  };
  document.addEventListener("scroll", (event) => {
    if (event.target.matches?.('[class*="st-key-chart-"]')) hold(event.target);
  }, { capture: true, passive: true });
}
</script>"""
"""What is drawn behind the names hides what passes under them. It is measured anew with each move, because a chart may
have been drawn anew since."""
