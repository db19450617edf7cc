"""Other tabs of the same browser that show the same draft: each hears at once what one of them has saved."""

import json

from ui.reconnecting import PRESS

HEARD = f"""<script>
if (!window.draftStands) {{
  const tabs = new BroadcastChannel("drafts"), app = document.querySelector('[data-testid="stApp"]');
  let draft = "", revision = 0, newest = 0, waits = 0;
  const follow = () => {{
    waits = 0;
    if (newest <= revision) return;
    if (app.dataset.testScriptState !== "notRunning") waits = setTimeout(follow, 500);  // such as a search
    else {PRESS};
  }};
  tabs.onmessage = ({{data}}) => {{
    if (data.draft !== draft) return;
    newest = Math.max(newest, data.revision);
    waits ||= setTimeout(follow, 300);
  }};
  window.draftStands = (which, at) => {{
    if (which !== draft) newest = 0;
    if (which !== draft || at > revision) tabs.postMessage({{draft: which, revision: at}});
    [draft, revision] = [which, at];
  }};
}}
</script>"""
"""A tab that nobody touches would go on to show what was before, such as on a projector."""


def stands(draft: str, revision: int) -> str:
    """What tells the others how far a draft is saved."""
    return f"window.draftStands?.({json.dumps(draft)}, {revision});"
