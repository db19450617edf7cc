"""A draft that is open in two tabs: what both changed, brought together so that neither loses anything."""

import json
from typing import Any

from data import actuals
from data.history import packed, unpacked
from data.merge import Merged, merge
from model.differences import differences

State = dict[str, Any]
"""What a draft holds, as the session writes it down. `done` and `undone` are texts of scenario documents."""

HISTORY = ("done", "undone")
BEGAN = "began"
"""Where an entry for undo says what its document was compared with; no scenario has an entry of this name."""
COMPARED = ("saved", "preset", "version", "alliance")
"""What a document is compared with, and of which of the draft's alliances it is."""
MOST_SAID = 4


def as_text(state: State) -> str:
    """A state as the draft's text; what undo needs takes little room there."""
    return json.dumps(state | {part: packed(state[part]) for part in HISTORY})


def from_text(text: str) -> State:
    """The state in a draft's text; drafts of before have less in them. Raises ValueError or TypeError."""
    usual = {"sheets": {}, "designs": {}, "version": "", "generation": 0, "act": "", "alliance": "0", "left": {}}
    state: State = usual | {"whose": "", "held": "", "ticked": {}, "reasons": {}, "who": ""} | json.loads(text)
    return state | {part: unpacked(state.get(part, [])) for part in HISTORY}


def beginning(state: State) -> str:
    """A state's document for undo, with what it is compared with."""
    return json.dumps({**state["document"], BEGAN: {part: state[part] for part in COMPARED}})


def together(base: State, here: State, there: State) -> State:
    """What the tab `here` and the tab `there` made of the same base. Where both changed an entry, this tab's counts.

    The scenario of the other tab is one step of undo away, and its actual figures and designs stay under other names.
    """
    one = _of_two_alliances(base, here, there) if here["alliance"] != there["alliance"] else _of_one(base, here, there)
    state = one | {"left": there["left"] | here["left"]}
    _, sheets = _sheets(base, here, there, state["valid"])
    designs = merge(base["designs"], here["designs"], there["designs"])
    state["sheets"] = {**sheets.document, **_others(sheets, "former {}")}
    state["reasons"] = merge(base["reasons"], here["reasons"], there["reasons"]).document
    state["designs"] = {**designs.document, **_others(designs, "{} (other tab)")}
    return state


def _of_two_alliances(base: State, here: State, there: State) -> State:
    """Two alliances are never mixed: the one that was loaded, or came back, counts; what was edited in the other
    meanwhile is one step of undo away."""
    came, other = (here, there) if here["alliance"] != base["alliance"] else (there, here)
    state = there | {part: came[part] for part in ("document", "valid", *COMPARED, *HISTORY)}
    if other["document"] != base["document"]:
        state |= {"done": [*came["done"], beginning(other)], "undone": []}
    return state


def _of_one(base: State, here: State, there: State) -> State:
    document = merge(base["document"], here["document"], there["document"]).document
    mine = here["document"] != base["document"]
    state = {**there, "document": document, "valid": (here if mine else there)["valid"]}
    if here["saved"] != base["saved"]:
        state |= {"saved": here["saved"], "preset": here["preset"], "version": here["version"]}
    if there["document"] == base["document"]:
        state |= {"done": here["done"], "undone": here["undone"]}
    elif mine and document != there["document"]:
        state |= {"done": [*there["done"], json.dumps(there["document"])], "undone": []}
    return state


def _sheets(base: State, here: State, there: State, document: Any) -> tuple[State, Merged]:
    """This tab's actual figures and those of both, by the names that providers and KPIs have in a document."""
    was, mine, theirs = (actuals.following(one["sheets"], one["valid"], document) for one in (base, here, there))
    return mine, merge(was, mine, theirs)


def _others(parts: Merged, called: str) -> State:
    """By another name, what the other tab has in place of what this one has."""
    return {called.format(name): part for name, part in parts.other.items() if parts.document.get(name) != part}


def news(base: State, here: State, there: State) -> str:
    """In sentences, what was changed in another tab, and what in both; empty where nothing was."""
    if here["alliance"] != there["alliance"]:
        return _news_of_two(base, here, there)
    both = merge(base["document"], here["document"], there["document"])
    twice = differences(both.document, both.other)
    mine, sheets = _sheets(base, here, there, (here if here["document"] != base["document"] else there)["valid"])
    figures = actuals.differences(sheets.document, sheets.other)
    changed = _changed(base, here, there, both.document) + actuals.differences(mine, sheets.document)
    more = [said for part, said in SAID.items() if there[part] not in (base[part], here[part])]
    if actuals.others(mine, sheets.document):
        more.append(PASTED)
    sentences = []
    if changed or more:
        sentences.append(f"Changed in another tab: {_listed([*changed, *more])}.")
    if twice:
        sentences.append(
            f"Changed here and in another tab: {_listed(twice)} in the other. What was entered here counts; "
            "Undo brings back what the other tab had."
        )
    if figures:
        pages = [page for sheet, page in actuals.PAGES.items() if sheet in actuals.BACK and page in " ".join(figures)]
        back = f" 'Bring back the figures before' on {' and '.join(pages)} has what the other tab had." if pages else ""
        sentences.append(
            f"Typed here and in another tab: {_listed(figures)} in the other. What was entered here counts.{back}"
        )
    return " ".join(sentences)


def _news_of_two(base: State, here: State, there: State) -> str:
    """That another alliance is shown, and where what was edited in the one before is."""
    if here["alliance"] != base["alliance"]:
        return f"Changed in another tab: the alliance before. {BACK}" if there["document"] != base["document"] else ""
    said = f"In another tab the draft went over to '{there['document'].get('name')}', which is shown here now."
    return (
        f"{said} What was entered here is in the alliance before. {BACK}"
        if here["document"] != base["document"]
        else said
    )


BACK = "Undo brings it back with that."


def _changed(base: State, here: State, there: State, document: Any) -> list[str]:
    """What becomes of this tab's document; one step of the other tab alone is told by its name, if it has one."""
    alone = here["document"] == base["document"] and len(there["done"]) == len(base["done"]) + 1
    if alone and there.get("act"):
        return [there["act"]]
    return differences(here["document"], document)


PASTED = "figures that were typed or pasted"
SAID = {
    "saved": "what changes are counted from",
    "designs": "designs kept to compare",
}


def _listed(said: list[str]) -> str:
    """A few of many, in one sentence."""
    more = [f"{len(said) - MOST_SAID} more"] if len(said) > MOST_SAID else []
    return "; ".join([*said[:MOST_SAID], *more])
