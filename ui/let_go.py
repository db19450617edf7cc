"""A slider that is held while the connection is lost: what it shows is sent once that is back."""

LET_GO = """<script>
if (!window.slidersAreLetGo) {
  window.slidersAreLetGo = true;
  const app = document.querySelector('[data-testid="stApp"]');
  const connected = () => app.dataset.testConnectionState === "CONNECTED";
  let held = null, cut = null;
  addEventListener("pointerdown", (event) => {
    held = event.target.closest?.('[data-testid="stSlider"] [role="group"]');
  }, true);
  const let_go = () => {
    held = null;
    if (cut && connected()) soon(true, 50);
  };
  for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, let_go, true);
  const soon = (ran, tries) => {  // once the page is worked out again, to which it is news then
    const runs = app.dataset.testScriptState !== "notRunning";
    if (tries && (runs || !ran)) setTimeout(soon, 100, ran || runs, tries - (runs ? 0 : 1));
    else if (cut && !held && connected()) send();
  };
  const send = () => {
    const thumb = cut.isConnected && cut.querySelector("input:enabled")?.parentElement.parentElement;
    cut = null;
    if (!thumb) return;
    const place = thumb.getBoundingClientRect(), [clientX, clientY] = [place.x + place.width / 2, place.y];
    const one = { bubbles: true, button: 0, pointerId: 1, pointerType: "mouse", isPrimary: true, clientX, clientY };
    thumb.dispatchEvent(new PointerEvent("pointerdown", one));
    dispatchEvent(new PointerEvent("pointerup", one));
  };
  new MutationObserver(() => {
    if (!connected()) cut ??= held;
    else if (cut) soon(false, 50);
  }).observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
}
</script>"""
"""A slider sends its value when it is let go. One that cannot be moved, as while the connection is lost, sends nothing
then, and would show on another value than all figures have. So it is taken and let go again where it stands."""
