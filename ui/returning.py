"""Where the focus is once the page is drawn anew: where it was, or where the next thing is to be entered."""

RETURN = """<script>
if (!window.focusReturns) {
  window.focusReturns = true;
  let held = null, wanted = null, tries = 0;
  const all = '.stMain [data-testid="stElementContainer"]', stops = "input, textarea, button:not([tabindex='-1'])";
  const entry = (at) => at.closest(all);
  const key = (one) => [...one.classList].find((name) => name.startsWith("st-key-"))
    ?.replace(/^st-key-input-(own-)?[0-9]+(-[0-9]+){0,2}-/, "input-");
  const name = (one) => key(one) ?? one.querySelector("label")?.innerText;
  const home = (one) => one.className.match(/st-key-input-own-([0-9]+)-/)?.[1];
  const found = (test) => [...document.querySelectorAll(all)].filter(test);
  const same = () => {
    const one = held && found((other) => name(other) === held.name && home(other) === held.home)[0];
    return one && ([...one.querySelectorAll(stops)][held.at] ?? one.querySelector(stops));
  };
  const rows = (path) => found((one) => new RegExp(`^input-([a-z_]+-)?${path}-[0-9]+-`).test(key(one)));
  const row = (one, path) => Number(key(one).split(`${path}-`)[1].split("-")[0]);
  const last = (path) => rows(path).reduce((most, one) => Math.max(most, row(one, path)), -1);
  const new_row = (path, before) => () => {
    const most = last(path);
    return most > before && rows(path).find((one) => row(one, path) === most)?.querySelector(stops);
  };
  const nowhere = () => document.activeElement === document.body;
  const go = (field) => {
    const text = field.matches('input:not([type="range"], [role="combobox"])');
    let typed = false;
    if (field.matches("h3")) {
      Object.assign(field, {tabIndex: -1}).style.outline = "none";
      for (const moved of ["wheel", "touchmove"])
        addEventListener(moved, () => field.blur(), {once: true, passive: true});
    }
    field.addEventListener("input", () => { typed = true; }, {once: true});
    const select = () => { if (text && !typed && document.activeElement === field) field.select(); };
    field.focus();
    select();
    setTimeout(select, 200);  // it may get its text only after it is there
  };
  const keep_in_sight = (field, left) => {
    if (!left || document.activeElement !== field) return;
    const place = field.getBoundingClientRect(), heads = field.matches("h3, summary");
    const lowest = heads ? innerHeight / 2 : innerHeight;
    if (place.top < 60 || place.bottom > lowest) {
      field.style.scrollMarginTop = "80px";
      field.scrollIntoView({block: heads ? "start" : "center"});
    }
    const rests = document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]');
    setTimeout(keep_in_sight, 200, field, left - (rests ? 1 : 0));
  };
  const address = () => location.pathname.replace(/overview$/, "");
  let page = address();
  const turned = () => {
    if (page === address()) return;
    page = address();
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  };
  const drawn = () => {
    turned();
    const next = wanted?.();
    if (next) { wanted = null; go(next); keep_in_sight(next, 15); }
    else if (held && !held.was.isConnected && nowhere()) { const field = same(); if (field) go(field); }
  };
  new MutationObserver(drawn).observe(document.body, {childList: true, subtree: true});
  const back = () => {
    if (!tries--) return;
    if (nowhere()) {
      const title = document.querySelector(".stMain h1");
      if (title) { title.tabIndex = -1; title.style.outline = "none"; }
      (same() || title)?.focus({preventScroll: true});
    }
    setTimeout(back, 100);
  };
  const watch = () => { const idle = tries <= 0; tries = 30; if (idle) setTimeout(back, 100); };
  document.addEventListener("focusin", (event) => {
    const was = event.target, one = entry(was);
    if (!event.isTrusted || was.matches(".stMain h1")) return;  // lists of choices tell of a focus that is none
    const holds = one && was.matches(stops) && !was.closest('[data-testid="stButton"]') && name(one);
    held = holds ? {name: name(one), home: home(one), at: [...one.querySelectorAll(stops)].indexOf(was), was} : null;
    wanted = null;
  });
  document.addEventListener("focusout", (event) => setTimeout(() => {
    if (tries <= 0 && event.isTrusted && held?.was === event.target && held.was.isConnected && nowhere()) held = null;
  }));
  document.addEventListener("keydown", (event) => {
    const moves = event.key.startsWith("Arrow") && event.target.matches('[type="range"]');
    if (event.altKey ? /^Key[BNPUY]$/.test(event.code) : moves) watch();
  }, true);
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".st-key-again")) pressed_on(event);
  }, true);
  const pressed_on = (event) => {
    const pressed = event.target.closest('[data-testid="stButton"], [data-testid="stPageLink"]');
    if (pressed) watch(); else if (event.isTrusted) tries = 0;  // a menu over the page is closed by a click of its own
    const path = pressed && entry(pressed) && key(entry(pressed))?.match(/^input-(.*)-add$/)?.[1];
    if (path) wanted = new_row(path, last(path));
    if (pressed?.closest(".st-key-to-name")) wanted = () => document.querySelector(".st-key-told input");
    const below = pressed?.closest('[class*="-down-to-"]')?.className.match(/-down-to-(\\S+)/)[1];
    if (below) wanted = () => document.querySelector(`.st-key-${below} :is(h3, summary)`);
    const menu = () => document.querySelector('[data-testid="stSidebarContent"]'), at = menu()?.scrollTop;
    if (!at || !event.target.closest('[data-testid="stSidebar"] [data-testid="stPageLink"]')) return;
    const stay = () => { if (menu() && !menu().scrollTop) menu().scrollTop = at; };
    for (let wait = 50; wait <= 4000; wait += 50) setTimeout(stay, wait);
  };
}
</script>"""
"""Where what had the focus is drawn anew, the focus goes back to the entry of the same key, whatever the age of its
input, or of the same label, but never to that of another alliance; what a button did leads to the page's title, and
not to the top of the menu. A row that was added has it at its first entry, the way to the alliance's name at that, and
the way to a section far down at its heading, where the page is scrolled to unless its reader scrolls it. A button is
never gone back to: another row's *Remove* may stand in its place. Another page begins at its top: one that comes before
the last is emptied takes its place, scrolled as that was. The menu stays where it was scrolled to when a page is chosen
from it."""
