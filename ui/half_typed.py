"""What a partner had half typed on its own screen, when the field goes from the page and comes back."""

HALF_TYPED = """<script>
if (!window.halfTypedIsKept) {
  window.halfTypedIsKept = true;
  const own = '[class*="st-key-input-own-"]', half = new Map();
  const fields = 'input:not([role="combobox"], [type="range"], [type="checkbox"], [type="radio"]), textarea';
  const entry = (field) => [...(field.closest(own)?.classList ?? [])].find((name) => name.startsWith("st-key-"))
    ?.replace(/^(st-key-input-own-[0-9]+)-[0-9]+-[0-9]+-/, "$1 ");
  document.addEventListener("input", (event) => {
    const of = event.isTrusted && event.target.matches(fields) && entry(event.target);
    if (of) half.set(of, {field: event.target, text: event.target.value});
  }, true);
  document.addEventListener("keydown", (event) => {
    const sends = event.target.matches("input") || event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && sends) half.delete(entry(event.target));
  }, true);
  document.addEventListener("focusout", (event) => {
    const left = event.target, of = left.matches(fields) && entry(left);
    const sent = () => left.isConnected && document.activeElement !== left;
    if (left.disabled) return;  // it was not left: the connection is lost, and what it holds cannot be sent
    if (of) setTimeout(() => { if (sent()) half.delete(of); });
  });
  const again = (field, text) => {
    const shown = field.matches("textarea") ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(shown.prototype, "value").set.call(field, text);
    field.dispatchEvent(Object.assign(new Event("input", {bubbles: true}), {again: true}));
  };
  new MutationObserver(() => {
    for (const [of, one] of half) {
      if (one.field.isConnected) continue;
      const field = [...document.querySelectorAll(own)].filter((place) => entry(place) === of)
        .map((place) => place.querySelector(fields)).find((found) => found && !found.disabled);
      if (!field) continue;
      one.field = field;
      setTimeout(again, 0, field, one.text);  // once it has what it begins with
    }
  }).observe(document.body, {childList: true, subtree: true});
}
</script>"""
"""A field sends what it holds only once it is left. Where another alliance is loaded on the facilitator's screen, it
goes without that: its text waits for its own alliance, as figures that were entered do, and not for a field of the
same place in the other. A server that was started anew may give the field another key than it had: its text waits for
that, too."""
