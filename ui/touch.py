"""Sliders under a finger: a swipe up or down scrolls the page, and only one to the side moves a slider."""

TOUCH = """<style>
[data-testid="stSlider"] [role="group"] > div, [data-testid="stSlider"] [role="group"] > div > div:has(input) {
  touch-action: pan-y !important;
}
</style>
<script>
if (!window.touchesAreHeard) {
  window.touchesAreHeard = true;
  const FAR = 6, listens = { capture: true, passive: false };
  const track = (event) => event.target.closest?.('[data-testid="stSlider"] [role="group"]');
  let held = null, tapped = false;
  const let_go = () => {
    const first = held;
    held = null;
    first.target.dispatchEvent(new PointerEvent("pointerdown", first));
  };
  document.addEventListener("pointerdown", (event) => {
    if (!event.isTrusted || event.pointerType === "mouse" || !track(event)) return;
    event.stopPropagation();
    held = event;
  }, listens);
  document.addEventListener("pointermove", (event) => {
    if (held?.pointerId === event.pointerId && Math.abs(event.clientX - held.clientX) > FAR) let_go();
  }, listens);
  document.addEventListener("pointerup", (event) => {
    tapped = held?.pointerId === event.pointerId;
    if (tapped) let_go();
  }, listens);
  document.addEventListener("pointercancel", () => { held = null; }, listens);
  document.addEventListener("touchstart", (event) => { if (track(event)) event.stopPropagation(); }, listens);
  document.addEventListener("touchend", (event) => {
    if (tapped && track(event)) event.preventDefault();
    tapped = false;
  }, listens);
}
</script>"""
"""A slider takes its new place as soon as it is touched. What a finger means is known only once it moves: the touch is
kept from the slider until it goes to the side or ends as a tap, and forgotten where the browser scrolls. A tap is also
told as that of a mouse afterwards, which would count twice."""
