"""The parts of the page on the alliance's exposure: what each tab shows."""

import pandas as pd
import streamlit as st

from model import effects, sharing, splits, tables
from model.failing import ProviderFails
from ui import burden_words as said
from ui import burdens, charts, frame, in_numbers, kept, panels, show, words
from ui.choices import choice
from ui.decisions import positions
from ui.format import percent, signed, unbroken
from ui.numbers import number
from ui.results import effect, results, shared, table
from ui.session import Session

MOST = 6
"""Providers that fail, one after the other, unless the reader wants more."""

SHARES = {"of the loss": "Of the loss", "of the gain": "Of the gain", "by reserves": "By reserves"}
LOSSES = {"carried": "Carries under the contract", "fair": "Brings: its fair part", "alone": "Alone"}
SPLITS = {"share of pain": "Of pain", "share of gain": "Of gain", "by reserves": "By reserves"}
ROOM = {"of the loss": "Carries now", "largest share": "Largest share within its limit"}
MEASURES = {"Worst 1 in 20": "worst", "Mean": "mean", "Worst 1 in 20, % of reserves": "of reserves"}


def years(session: Session) -> str:
    """How both sides do from year to year. Returns the answer, as all tabs do."""
    found, partners = results(session), table(session, "partners", session.period)
    fans, places, caps = tables.fans(found), tables.fan_places(found), tables.binding(found)
    ghosts, ghost_caps = _saved(session)
    with st.container(key="to-years"):
        label = "Choose one partner, for its years and its worst: Risk appetite"
        st.page_link("pages/appetite.py", label=label, icon=":material/shield:", query_params=session.address)
    providers, commissioners = frame.halves("years")
    with providers:
        st.subheader("Providers together")
        _fan(session, fans["providers"], places["providers"], "Providers", "fan-providers", ghosts.get("providers"))
    with commissioners:
        st.subheader("Commissioners together")
        _fan(
            session,
            fans["commissioners"],
            places["commissioners"],
            "Commissioners",
            "fan-buyers",
            ghosts.get("commissioners"),
        )
    st.subheader("What the alliance saves or overspends in all")
    _fan(session, fans["saving"], places["saving"], "Target cost less actual cost", "fan-saving", ghosts.get("saving"))
    st.subheader("Caps that bind")
    if caps.empty:
        st.markdown(words.caps(caps))
    else:
        figure = charts.chances(caps["any year"], frame.ink(), ghost_caps)
        show.chart(figure, words.caps(caps), caps.round(4), "caps")
    st.subheader("Both sides in figures")
    show.table(panels.partner_figures(partners.loc[[tables.PROVIDERS, tables.COMMISSIONERS]]))
    in_numbers.figures(session, table(session, "years"), "years", "Every year in figures")
    return words.sides(partners, session.period)


def _saved(session: Session) -> tuple[dict[str, pd.DataFrame], pd.Series | None]:
    """The fans and the caps of the starting design, while another is edited."""
    saved = kept.compared(session.saved, session.scenario)
    if saved is None or saved.term.labels() != session.scenario.term.labels():
        return {}, None
    before = results(session, saved)
    caps = tables.binding(before)
    return tables.fans(before), None if caps.empty else caps["any year"]


def _fan(
    session: Session, bands: pd.DataFrame, places: pd.DataFrame, whose: str, key: str, saved: pd.DataFrame | None
) -> None:
    figure = charts.fan(bands, frame.ink(), saved)
    parts = zip(session.scenario.term.labels(), session.scenario.risk_share.phase_in, strict=False)
    shadow = [year for year, part in parts if part == 0]
    show.chart(
        figure, words.fan(bands.join(places), whose, shadow), in_numbers.percentiles(show.rounded(bands)), key, "£"
    )


def carriers(session: Session) -> str:
    """Who carries the bad futures, beside who brings them and who could."""
    found, period = results(session), session.period
    parts = sharing.carriers(found, period)
    left, right = frame.halves("worst")
    with left:
        st.subheader("In the worst and the best 1 in 20", help=said.ABOUT_PARTS)
        shown = parts if parts["loss"].sum() >= said.SMALLEST else parts.head(0)
        _parts("carriers", shown, SHARES, said.carriers(parts, period))
    with right:
        st.subheader("Who brings it, and who carries it", help=said.ABOUT_POOLING)
        _brought(shared(session, "pooled"))
    left, right = frame.halves("shares")
    with left:
        st.subheader("Among the providers", help=said.ABOUT_RESERVES)
        _benchmark(sharing.benchmark(found, period))
    with right:
        st.subheader("Could fixed shares suit everybody?", help=said.ABOUT_ROOM)
        _room(session, parts)
    return said.carriers_title(parts, period)


def _parts(key: str, found: pd.DataFrame, titles: dict[str, str], sentence: str) -> None:
    """Parts of a whole, or only the sentence where there is none."""
    if found.empty:
        st.markdown(unbroken(sentence))
    else:
        show.chart(burdens.parts(found, titles, frame.ink()), sentence, found.round(4), key)


def _brought(found: pd.DataFrame) -> None:
    """What providers' own costs bring, and where it ends."""
    if found["alone"].sum() < said.SMALLEST:
        st.markdown(unbroken(said.pooled(found)))
    else:
        show.chart(burdens.losses(found, LOSSES, frame.ink()), said.pooled(found), found.round(2), "pooled")


def _benchmark(found: pd.DataFrame) -> None:
    """The contract's shares beside those by reserves, and what either is worth."""
    stated = found if len(found) > 1 and found["by reserves"].sum() > 0 else found.head(0)
    _parts("benchmark", stated, SPLITS, said.benchmark(found))
    if not stated.empty:
        columns = {"worth": ("Sure sum, as agreed", "signed"), "best worth": ("Sure sum, by reserves", "signed")}
        show.table(show.labelled(found, columns))


def _room(session: Session, parts: pd.DataFrame) -> None:
    """The largest fixed shares that keep everybody's limit."""
    label = "Each would risk at most (% of its free reserves)"
    part = number(session, label, 0.5, 100.0, 10.0, key="exposure-limit", width=320) / 100
    found = sharing.room(results(session), part, session.period)
    shown = found[found["largest share"] < float("inf")].join(parts["of the loss"])
    _parts("room", shown, ROOM, said.room(found, part))


def side_by_side(session: Session) -> str:
    """What each provider would have under other splits between them."""
    with st.spinner("Settling every future under each split…"):
        found = shared(session, "side_by_side")
    stated = bool(found["of reserves"].notna().any())
    names = [name for name, measure in MEASURES.items() if stated or measure != "of reserves"]
    chosen = st.segmented_control("What is shown", names, default=names[0], key="exposure-measure", required=True)
    measure = MEASURES[chosen or names[0]]
    cells = found[measure].unstack("split")[list(found.index.unique("split"))].loc[found.loc[splits.AGREED].index]
    figure = (
        burdens.matrix(-cells, lambda part: percent(-part), frame.ink(), said.no_part(session.scenario))
        if measure == "of reserves"
        else burdens.matrix(cells, signed, frame.ink())
    )
    show.chart(figure, said.splits(found, session.period), found.round(4), "splits", least=11 + 5.6 * cells.shape[1])
    vetoes = {name: said.veto(positions(session, split)) for name, split in splits.splits(session.scenario).items()}
    rows = {
        split: {
            "How gain and pain are split": how,
            "Hit hardest in its worst 1 in 20": unbroken(said.hardest(found.loc[split])),
            "Worse off there than as agreed": unbroken(said.worse_off(found, split)),
            "Who would refuse to sign": vetoes.get(split, "not tested"),
        }
        for split, how in said.HOW.items()
        if split in cells
    }
    with st.container(key="sentences-splits"):
        show.table(pd.DataFrame.from_dict(rows, orient="index").rename_axis("Split"))
    if missing := said.not_split(session.scenario):
        st.markdown(f":small[{missing}]")
    return said.split_title(found)


def failures(session: Session) -> str:
    """What one provider's failure does to the others."""
    chosen = _chosen(session)
    if not chosen:
        return "Choose a provider to see what its failure would do to the others"
    scenario = session.scenario
    with st.spinner("Settling every future with each failure…"):
        now = effect(session)
        changes = {each.provider: effects.change(effect(session, each), now) for each in chosen}
    partners = tables.partner_names(scenario)
    found = pd.DataFrame(
        {each.name(scenario).removesuffix(" fails"): changes[each.provider]["mean"] for each in chosen}
    )
    found = found.T[partners].rename_axis("who fails")
    for name in found.index:
        found.loc[name, name] = float("nan")
    full = pd.concat({scenario.providers[p].name: change for p, change in changes.items()}, names=["who fails"])
    means = now.column("mean")
    st.subheader("Change of the mean result when another fails")
    figure = burdens.matrix(found.rename(index="{} fails".format), signed, frame.ink(), "leaves")
    show.chart(
        figure, said.failures(found, means, scenario), full.round(2), "failures", least=11 + 5.6 * found.shape[1]
    )
    rows = {
        each.name(scenario): {
            "What happens": each.sentence(scenario),
            "Who loses by it": unbroken(said.failure(found.iloc[i], means, scenario)),
        }
        for i, each in enumerate(chosen)
    }
    with st.container(key="sentences-failures"):
        show.table(pd.DataFrame.from_dict(rows, orient="index").rename_axis("Failure"))
    return said.failures_title(found, means)


def _chosen(session: Session) -> list[ProviderFails]:
    """The failures that the reader asks about: whose, from when, and at what cost."""
    scenario = session.scenario
    labels, names = scenario.term.labels(), [provider.name for provider in scenario.providers]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        year = choice(session, "From", labels, min(1, len(labels) - 1), key="failure-year", width=120)
        premium = number(session, "At more cost (%)", 0.0, 100.0, 15.0, key="failure-premium", width=150)
    failing = st.multiselect("Who fails, one at a time", names, names[:MOST], key=f"failure-who-{'|'.join(names)}")
    ordered = [name for name in names if name in failing]
    return [ProviderFails(names.index(name), labels.index(year), premium / 100) for name in ordered]
