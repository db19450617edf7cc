"""Keys that Streamlit leaves out: Tab goes from field to field and F1 to a field's help, what is typed counts before a
shortcut acts, and a menu over the page can be left."""

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
  const keep_below = () => {
    const page = document.querySelector(".stMain"), below = Boolean(lies_over());
    if (page && page.inert !== below) page.inert = below;
  };
  addEventListener("resize", keep_below);
  new MutationObserver(keep_below).observe(document.body, {attributeFilter: ["data-collapsed"], subtree: true});
  new MutationObserver(() => { skip_help(); read_out(); keep_below(); })
    .observe(document.body, {childList: true, subtree: true});
  const types = (event) => event.key.length === 1 && event.key !== " "
    && !event.ctrlKey && !event.metaKey && !event.altKey;
  const ask = (event, at) => {
    const about = entry(at)?.querySelector(help), reads = at.matches(help);
    if (event.key === "F1" && about) event.preventDefault();
    if (event.key === "F1" && about && !reads) { left = at; about.focus(); }
    else if (reads && (types(event) || event.key === "F1" || event.key === "Escape"))
      (left && entry(left) === entry(at) ? left : entry(at).querySelector(inputs))?.focus();
  };
  const line_button = '[class*="st-key-input-"][class*="-remove"] button', lines = '[class*="st-key-lines-"]';
  const types_on = (event, at) => {
    if (!types(event) || !at.matches(line_button)) return;
    const after = (field) => at.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING;
    const next = [...(at.closest(lines)?.querySelectorAll(inputs) ?? [])].find(after);
    next?.focus();
    next?.select();
  };
  document.addEventListener("keydown", (event) => {
    const at = document.activeElement;
    ask(event, at);
    types_on(event, at);
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
from and stays a stop. Who types on at the end of a line, on its button, types into the next line: else the first space
would press it. A field takes what is typed when it is left, and a shortcut does not leave it. Readers of the
screen hear what just changed. On a narrow screen the menu lies over the page: Escape closes it, and so does the choice
of a page; once opened, it has the focus, and what is below has none."""
