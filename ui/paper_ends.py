"""What papers end with: what differs from another design, and by what the figures were made."""

from collections.abc import Callable, Mapping
from datetime import date
from itertools import accumulate
from typing import NamedTuple

import pandas as pd

from data.own import OWN
from model import comparison, premises
from model.changes import Change
from model.kinds import KINDS, PARTNERS
from model.renames import as_called
from model.scenario import Scenario
from model.version import VERSION
from ui import accounts, comparison_words, show, stamps, versions
from ui import comparison as compared
from ui.decisions import outlook
from ui.format import ABOUT_ERRORS, listed
from ui.paper import Block, Bullets, Heading, tabled
from ui.range_words import unformatted
from ui.session import Session
from ui.verdicts import MARKS

SCHEDULE = "Financial framework schedule"
"""The paper that has the terms."""
PAIN = "Chance of pain, or of paying more"
"""Of providers and commissioners in one column."""
NOTHING = 0.5
"""Pounds within which nothing changes."""
ENTRIES = 5
"""Lines of differences that are written out; all of those of terms, targets and new names are."""
APART = "The two do not assume the same costs or other inputs, so part of the change is assumed and not agreed."
NOTES = {"note": "reasons or sources", "owner": "who answers for them", "date": "when they were looked at"}
"""What may be noted on entries, in the order in which it is asked for."""
ROOM = 330
"""Characters of differences that are written out on one page, in whole lines."""


def agreed(session: Session) -> tuple[str, ...]:
    """That all partners accept the design, and when it was sealed, where they do."""
    said = versions.agreed(session, session.scenario)
    return (f"{said}.",) if said else ()


def made(session: Session, day: date) -> list[Block]:
    """By what the figures were made, and how sure they are."""
    return [Heading("How these figures were made"), Bullets(tuple(basis(session, day)))]


def basis(session: Session, day: date) -> list[str]:
    """By what the figures were made, in sentences."""
    scenario = session.scenario
    kind = ["Illustrative figures, not those of real organisations."] if scenario.illustrative else []
    drawn = (
        f"{session.draws:,} futures of the whole term were drawn, seed {session.seed}; the same design and seed give "
        "the same figures again."
    )
    design = (
        f"{scenario.name}: design {scenario.id}, a fingerprint of everything that decides results. "
        f"Model version {VERSION}. {stamps.dated(day)}."
    )
    return [*kind, drawn, ABOUT_ERRORS, design]


class Before(NamedTuple):
    """The design that a paper's own is held against: what both are called, and the other itself."""

    here: str
    name: str
    design: Scenario

    def beside(self, own: Scenario) -> dict[str, Scenario]:
        """Both by name, this one with its partners called as they are in the paper's own."""
        return {self.name: as_called(own, self.design), self.here: own}


def changed(session: Session, before: Before | None) -> list[Block]:
    """What differs from another design, and what that brings everybody; nothing where there is no other."""
    if before is None:
        return []
    heading, *brought = changed_in_brief(session, before)
    return [heading, *_clauses(before.beside(session.scenario)), *brought]


def changed_in_brief(
    session: Session, before: Before | None, lines: Callable[[list[Change]], list[str]] | None = None
) -> list[Block]:
    """The same without the contracts' words, for a paper that has little room. `lines`: how what differs is said, if
    not by kind alone."""
    if before is None:
        return []
    both = before.beside(session.scenario)
    differing = comparison.inputs_that_differ(before.design, session.scenario)
    said = (lines or by_kind)(differing)
    if premises.otherwise(session.scenario, before.design):
        said.append(APART)
    table = comparison.table({name: outlook(session, design, session.scenario) for name, design in both.items()})
    sides = unformatted(comparison_words.better_and_worse(table, before.name, before.here))
    changes = _changes(table.xs(before.here, level="design"))
    return [
        _heading(before, differing),
        Bullets((*said, sides)),
        *([] if changes.empty else [tabled(changes, "What the change brings each partner", ("Would it sign?",))]),
    ]


def changed_in_a_line(session: Session, before: Before | None, name: str) -> list[Block]:
    """The same for a paper that has little room: the first entries that differ, and what that brings one partner."""
    if before is None:
        return []
    differing = comparison.inputs_that_differ(before.design, session.scenario)
    both = before.beside(session.scenario)
    table = comparison.table({called: outlook(session, design, both[before.name]) for called, design in both.items()})
    here = _changes(table.xs(before.here, level="design"))
    brought = [f"For {name}: {_brought(here.loc[name])}."] if name in here.index else []
    lines = own_first(name, differing, _as_one_line)
    terms = _terms(before, differing)
    since = Heading(f"What was entered since {unformatted(comparison_words.called(before.name))}")
    return [since if terms else _heading(before, differing), Bullets((*terms, *lines, *brought))]


def _heading(before: Before, found: list[Change]) -> Heading:
    """What is told below it; where only partners entered anything for themselves, that the terms are the same."""
    name = unformatted(comparison_words.called(before.name))
    same = f"The terms are those of {name}; what was entered since"
    return Heading(same if _terms_are_the_same(found) else f"What changed from {name}")


def _terms(before: Before, found: list[Change]) -> list[str]:
    """Whose terms these are, and where they stand, where only partners entered anything for themselves."""
    name = unformatted(comparison_words.called(before.name))
    said = f"The terms are those of {name}; the {SCHEDULE} has every one."
    return [said] if _terms_are_the_same(found) else []


def _terms_are_the_same(found: list[Change]) -> bool:
    """Whether only partners entered anything for themselves."""
    own = any(map(_is_own, found))
    return own and all(_is_own(one) or _is_noted(one) for one in found)


def with_own(found: list[Change]) -> list[str]:
    """By kind, and what partners may enter for themselves, such as appetites and estimates, in a line for each partner;
    what is left, and notes, as counts."""
    own = [one for one in found if _is_own(one)]
    lines = [f"Own figures: {one.said}." for one in own if one.alike]
    apart: dict[str, list[str]] = {}
    for name, said in (part for one in own if not one.alike for part in one.by_partner()):
        apart.setdefault(name, []).append(said)
    lines += [f"Own figures of {name}: {'; '.join(said)}." for name, said in apart.items()]
    rest = [one for one in found if not (_is_own(one) or _is_noted(one))]
    lines = _sentences(rest) + lines
    return [*lines, *_more(_left(rest)), *_notes(found)] if lines else by_kind(found)


def own_first(name: str, found: list[Change], lines: Callable[[list[Change]], list[str]] | None = None) -> list[str]:
    """For a partner's own paper: all that changed of its own entries, then what else did, by `lines` if not by kind."""
    own = [said for one in found for said in one.of(name)]
    rest = [left for left in (one.besides(name) for one in found) if left] if own else found
    others = (lines or by_kind)(rest) if rest or not own else []
    return [*([f"Entries of {name}: {'; '.join(own)}."] if own else []), *others]


def _as_one_line(found: list[Change]) -> list[str]:
    """As much as there is room for in one line; where there are only notes, how many."""
    return _notes(found) if found and all(map(_is_noted, found)) else [in_room(found)]


def _is_own(change: Change) -> bool:
    """Whether it is of what partners may enter for themselves."""
    section, _, entry, *_ = (*change.each[0].path, "", "", "")
    return section in PARTNERS and entry in OWN


def by_kind(found: list[Change]) -> list[str]:
    """A sentence for each kind of change: every term and target, and of the rest as much as there is room for."""
    left = _left(found)
    return [*(_sentences(found) or ["Nothing differs."]), *_more(left), *_notes(left)]


def _sentences(found: list[Change]) -> list[str]:
    """Those that are written out, by kind."""
    said = {kind: "; ".join(one.said for one in _shown(found) if one.kind == kind) for kind in KINDS}
    return [f"{KINDS[kind]}: {line}." for kind, line in said.items() if line]


def _is_noted(change: Change) -> bool:
    """Whether it is only noted on another entry."""
    return change.each[0].noted


def _more(left: list[Change]) -> list[str]:
    """How many other entries there are, if any."""
    entries = sum(one.entries for one in left if not _is_noted(one))
    return [f"{entries} more {'entry differs' if entries == 1 else 'entries differ'}."] if entries else []


def _notes(found: list[Change]) -> list[str]:
    """How many of these are only noted on entries, if any, and what such notes say."""
    parts = [str(each.path[-1]) for one in found if _is_noted(one) for each in one.each]
    kinds = listed([said for part, said in NOTES.items() if part in parts])
    differ = "note on an entry differs" if len(parts) == 1 else "notes on entries differ"
    return [f"{len(parts)} {differ} too: {kinds}."] if parts else []


def _shown(found: list[Change]) -> list[Change]:
    """Those that are written out by kind."""
    return [one for i, one in enumerate(found) if i < ENTRIES or one.kind in ("terms", "targets") or one.renamed]


def _left(found: list[Change]) -> list[Change]:
    """Those that are only counted then."""
    shown = _shown(found)
    return [one for one in found if one not in shown]


def in_room(found: list[Change]) -> str:
    """The first changes in whole lines, as many as there is room for, and how many entries are left out."""
    ends = accumulate(len(one.said) for one in found)
    shown = max(1, sum(end <= ROOM for end in ends))
    said = "; ".join(one.said for one in found[:shown]) or "Nothing differs."
    notes = sum(one.entries for one in found[shown:] if _is_noted(one))
    entries = sum(one.entries for one in found[shown:]) - notes
    counts = {f"{entries} more": entries, f"{notes} {'note' if notes == 1 else 'notes'} on entries": notes}
    more = [text for text, count in counts.items() if count]
    return f"{said}; and {' and '.join(more)}" if more else said


def _brought(row: pd.Series) -> str:
    """'mean −£12k (change −£3k), mean of worst 1 in 20 −£98k (change −£45k)'."""
    mean, more, worst, worse, *_ = row
    return f"mean {mean} (change {more}), mean of worst 1 in 20 {worst} (change {worse})"


def _clauses(both: Mapping[str, Scenario]) -> list[Block]:
    """What the contracts say differently."""
    differing = comparison.clauses_that_differ(both)
    if differing.empty:
        return []
    shown = differing.map(lambda text: accounts.signs(text) or "–").rename_axis("About")
    names = {name: unformatted(comparison_words.heading(name)) for name in both}
    return [tabled(shown.rename(columns=names), "What the contracts say differently", tuple(names.values()))]


def _changes(here: pd.DataFrame) -> pd.DataFrame:
    """Mean, worst 1 in 20 and chance of pain of every partner for whom any of them changes, with what changed them."""
    moved = here[["mean change", "worst change"]].abs().max(axis=1, skipna=False)
    here = here[~(moved < NOTHING)]  # who is new has no change, and stays
    shown = show.labelled(here, {name: (f"{name} {title}", unit) for name, (title, unit) in compared.FIGURES.items()})
    shown.columns = pd.Index(["Mean", "Change of mean", "Mean of worst 1 in 20", "Change of that", PAIN])
    shown["Would it sign?"] = [MARKS.get(verdict, "") for verdict in here["verdict"]]
    return shown.rename_axis("Partner")
