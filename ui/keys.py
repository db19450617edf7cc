"""Keys that Streamlit leaves out: Tab goes from field to field and F1 to a field's help, what is typed counts before a
shortcut acts, a menu over the page can be left, and the focus comes back."""

KEYS = """<script>
if (!window.keysAreHeard) {
  window.keysAreHeard = true;
  const menu = '[data-testid="stSidebar"]', opens = '[data-testid="stExpandSidebarButton"]';
  const lies_over = () => innerWidth <= 768 && document.querySelector(menu + '[data-collapsed="false"]');
  const close = () => document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  const soon = (where) => setTimeout(() => document.querySelector(where)?.focus(), 400);
  const help = '[data-testid="stWidgetLabel"] [data-testid="stTooltipIcon"] button', inputs = 'input, textarea';
  const entry = (at) => at.closest('[data-testid="stElementContainer"]');
  let left = null;
  const news = ".st-key-just-changed:not([role])";
  const read_out = () => document.querySelectorAll(news).forEach((said) => said.setAttribute("role", "status"));
  const skip_help = () => document.querySelectorAll(help + ':not([tabindex="-1"])').forEach((about) => {
    about.tabIndex = -1;
    entry(about)?.querySelectorAll(inputs).forEach((field) => field.setAttribute("aria-keyshortcuts", "F1"));
  });
  skip_help();
  read_out();
  new MutationObserver(() => { skip_help(); read_out(); }).observe(document.body, {childList: true, subtree: true});
  const ask = (event, at) => {
    const about = entry(at)?.querySelector(help), reads = at.matches(help), plain = !event.ctrlKey && !event.metaKey;
    const types = event.key.length === 1 && event.key !== " " && plain && !event.altKey;
    if (event.key === "F1" && about) event.preventDefault();
    if (event.key === "F1" && about && !reads) { left = at; about.focus(); }
    else if (reads && (types || event.key === "F1" || event.key === "Escape"))
      (left && entry(left) === entry(at) ? left : entry(at).querySelector(inputs))?.focus();
  };
  document.addEventListener("keydown", (event) => {
    const at = document.activeElement;
    ask(event, at);
    if (event.altKey && !event.ctrlKey && /^Key[BNPUY]$/.test(event.code) && at.matches("input, textarea")) at.blur();
    const chooses = at.matches('[role="combobox"][aria-expanded="true"]');
    if (event.key === "Escape" && lies_over() && !chooses) { close(); soon(opens); }
  }, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest(menu + ' [data-testid="stPageLink-NavLink"]') && lies_over()) setTimeout(close);
    if (event.target.closest(opens)) soon('[data-testid="stSidebarCollapseButton"] button');
  }, true);
}
</script>"""
"""The "?" beside a field's label is no stop of the Tab key: figures typed one after the other would be lost there. F1
goes to it; F1, Escape and whatever is typed there go back to its own field. A "?" beside a heading has no field to ask
from and stays a stop. A field takes what is typed when it is left, and a shortcut does not leave it. Readers of the
screen hear what just changed. On a narrow screen the menu lies over the page: Escape closes it, and so does the choice
of a page; once opened, it has the focus."""

RETURN = """<script>
if (!window.focusReturns) {
  window.focusReturns = true;
  let lever = null, tries = 0;
  const all = '.stMain [data-testid="stSlider"]', label = (one) => one?.querySelector("label")?.innerText;
  const back = () => {
    if (!tries--) return;
    if (document.activeElement === document.body) {
      const same = lever && [...document.querySelectorAll(all)].find((one) => label(one) === lever);
      const title = document.querySelector(".stMain h1");
      if (title) { title.tabIndex = -1; title.style.outline = "none"; }
      (same?.querySelector("input") ?? title)?.focus({preventScroll: true});
    }
    setTimeout(back, 100);
  };
  const watch = () => { const idle = tries <= 0; tries = 30; if (idle) setTimeout(back, 100); };
  document.addEventListener("focusin", (event) => {
    if (event.target.matches(".stMain h1")) return;
    lever = label(event.target.closest(all)) ?? null;
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey ? /^Key[BNPUY]$/.test(event.code) : lever && event.key.startsWith("Arrow")) watch();
  }, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest('[data-testid="stButton"], [data-testid="stPageLink"]')) watch(); else tries = 0;
    const menu = () => document.querySelector('[data-testid="stSidebarContent"]'), at = menu()?.scrollTop;
    if (!at || !event.target.closest('[data-testid="stSidebar"] [data-testid="stPageLink"]')) return;
    const stay = () => { if (menu() && !menu().scrollTop) menu().scrollTop = at; };
    for (let wait = 50; wait <= 4000; wait += 50) setTimeout(stay, wait);
  }, true);
}
</script>"""
"""Where what had the focus is drawn anew, the focus goes back to the lever of the same name, or else to the page's
title, and not to the top of the menu. The menu stays where it was scrolled to when a page is chosen from it."""
