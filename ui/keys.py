"""Keys that Streamlit leaves out: what is typed counts before a shortcut acts, and a menu over the page can be left."""

KEYS = """<script>
if (!window.keysAreHeard) {
  window.keysAreHeard = true;
  const menu = '[data-testid="stSidebar"]', opens = '[data-testid="stExpandSidebarButton"]';
  const lies_over = () => innerWidth <= 768 && document.querySelector(menu + '[data-collapsed="false"]');
  const close = () => document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  const soon = (where) => setTimeout(() => document.querySelector(where)?.focus(), 400);
  document.addEventListener("keydown", (event) => {
    const at = document.activeElement;
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
"""A field takes what is typed when it is left, and a shortcut does not leave it. On a narrow screen the menu lies over
the page: Escape closes it, and so does the choice of a page; once opened, it has the focus."""
