"""What was typed and not sent yet, when its page is left: a field sends what it holds only once it is left itself."""

LEAVING = """<script>
if (!window.leavingIsHeard) {
  window.leavingIsHeard = true;
  const fields = 'input:not([role="combobox"], [type="range"], [type="checkbox"], [type="radio"]), textarea';
  let typed = null;
  document.addEventListener("input", (event) => {
    if ((event.isTrusted || event.again) && event.target.matches(fields)) typed = event.target;
  }, true);
  document.addEventListener("keydown", (event) => {
    const sends = event.target.matches("input") || event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && sends) typed = null;
  });
  document.addEventListener("focusout", (event) => {
    const left = event.target;
    setTimeout(() => { if (typed === left && document.activeElement !== left) typed = null; }, 300);
  });
  const after = (next, wait) => {
    typed.blur();
    typed = null;
    setTimeout(next, wait);
  };
  const rested = (next, tries) => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (app.dataset.testScriptState === "notRunning" || !tries) next();
    else setTimeout(rested, 50, next, tries - 1);
  };
  const same = (button) => button.isConnected ? button
    : [...document.querySelectorAll(saves)].find((one) => one.innerText === button.innerText);
  const saves = '[data-testid="stDownloadButton"] button';
  const presses = '[data-testid="stPageLink"] a, [data-testid="stButton"] button';
  const turned = () => { window.turnedAt = performance.now(); };
  addEventListener("popstate", turned, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest('[data-testid="stPageLink"] a')) turned();
    const with_key = event.ctrlKey || event.metaKey || event.shiftKey;
    if (!event.isTrusted || with_key || !typed?.isConnected) return;
    const pressed = event.target.closest(presses), saved = event.target.closest(saves);
    if (!pressed && !saved) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (pressed) after(() => pressed.click(), 30);
    else after(() => rested(() => same(saved)?.click(), 100), 200);
  }, true);
  window.navigation?.addEventListener("navigate", (event) => {
    if (event.navigationType !== "traverse" || !event.cancelable || !typed?.isConnected) return;
    event.preventDefault();
    after(() => navigation.traverseTo(event.destination.key), 200);
  });
  const send = () => {
    const unsent = typed?.isConnected;
    if (!unsent) return false;
    const later = window.setTimeout;
    const now = (next, ...given) => queueMicrotask(() => next(...given));
    window.setTimeout = (next, wait, ...given) => (wait ? later(next, wait, ...given) : now(next, ...given));
    later(() => { window.setTimeout = later; });
    typed.blur();
    return true;
  };
  addEventListener("beforeunload", (event) => { if (send()) event.preventDefault(); });
  addEventListener("pagehide", send);
}
</script>"""
"""Closed or loaded anew, a page sends what its field holds. The browser asks whether to leave, so that it
has the time to arrive; it does so too in the moment after a field was left. A page that is left has no later: Streamlit
sends in the next moment, so that moment is made this one. The one in which a word is looked for in a
list holds nothing to be sent. A tap leaves a field and presses what it meets at once, and what is pressed was sent
first: a link turned the page and what was typed then asked for a part of the page before, or turned it back. So what is
pressed waits for what was typed, and so do the browser's Back and Forward. A file is asked for beside what runs, so a
download waits until that is done."""
