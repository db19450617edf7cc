"""Who carries the risk, in sentences. Tables in, plain English out."""

from collections.abc import Callable

import pandas as pd

from model.acceptance import Position
from model.scenario import Scenario
from model.splits import AGREED, BY_RESULT, unstated
from model.tables import COMMISSIONERS
from ui.format import chance_with_error, listed, money, moved, of_reserves, percent, signed
from ui.range_words import literal
from ui.words import over

SMALLEST = 0.5
"""Pounds. What is less is nothing."""

HOW = {
    AGREED: "As the contract says",
    "Equal": "The same to each provider",
    "By fee": "In proportion to fees",
    "By budget": "In proportion to target costs",
    "By reserves": "In proportion to free reserves",
    BY_RESULT: (
        "Each year's gain to those who spent less than their own target, its pain to those who spent more, "
        "in proportion"
    ),
}
ABOUT_PARTS = (
    "What each partner loses, on average, in the same futures: the worst 1 in 20 of the whole alliance (its Euler part "
    "of the alliance's CVaR). The parts add up to the whole; a part below nothing means that the partner gains there."
)
ABOUT_POOLING = (
    "The fair part is Shapley's: what a provider's own over- and underspends add to the worst 1 in 20, on average over "
    "all orders in which providers might have joined the pool."
)
ABOUT_RESERVES = (
    "Borch's and Wilson's benchmark: a common risk is worth most to all together if each has it in proportion to its "
    "risk tolerance, here its free reserves. The sure sum is the certainty equivalent at that tolerance."
)
ABOUT_ROOM = (
    "The worst 1 in 20 (CVaR) of a fixed share is that share of the whole's, so the largest share that a partner can "
    "have is its limit divided by the alliance's average loss there."
)


def share(part: float, error: float) -> str:
    """'46% ± 0.1%'; a part may be less than nothing."""
    return chance_with_error(part, error, percent)


def carriers_title(table: pd.DataFrame, period: str) -> str:
    """Who carries most of the alliance's bad futures."""
    if table["loss"].sum() < SMALLEST:
        return _no_loss(table, period)
    most = table.loc[table["loss"].idxmax()]
    said = f"{most.name} carries {percent(most['of the loss'])} of the alliance's worst 1 in 20 {over(period)}"
    if most.isna()["of the gain"]:
        return f"{said}; there is nothing to gain in its best"
    return f"{said}, and has {percent(most['of the gain'])} of its best"


def _no_loss(table: pd.DataFrame, period: str) -> str:
    saved = -float(table["loss"].sum())
    what = f"still saves {money(saved)}" if saved >= SMALLEST else "loses nothing"
    return f"Even in its worst 1 in 20 the alliance {what} {over(period)}: there is no loss to carry"


def carriers(table: pd.DataFrame, period: str) -> str:
    """Whose part of the bad futures differs most from its part of the good ones."""
    if table["loss"].sum() < SMALLEST:
        return f"{_no_loss(table, period)}."
    said = (
        f"In the worst 1 in 20 of the whole alliance {over(period)} services cost {money(table['loss'].sum())} more "
        "than target on average"
    )
    if table["of the gain"].isna().all():
        most = table.loc[table["loss"].idxmax()]
        return f"{said}; **{most.name}** carries {share(most['of the loss'], most['of the loss s.e.'])} of it."
    apart = table.loc[(table["of the loss"] - table["of the gain"]).abs().idxmax()]
    return (
        f"{said}, in the best they save {money(table['gain'].sum())}. The two parts differ most for **{apart.name}**: "
        f"{share(apart['of the loss'], apart['of the loss s.e.'])} of the loss, "
        f"{share(apart['of the gain'], apart['of the gain s.e.'])} of the gain."
    )


def pooled(table: pd.DataFrame) -> str:
    """What pooling takes away, and who carries less or more than it brings."""
    alone, whole = float(table["alone"].sum()), float(table["fair"].sum())
    if alone < SMALLEST:
        return "No provider overspends in its own worst 1 in 20, so there is nothing to pool."
    providers = table.drop(index=COMMISSIONERS)
    most = providers.loc[providers["fair"].idxmax()]
    less = f"that is {money(alone - whole)} less" if alone - whole >= SMALLEST else "pooling takes nothing away"
    return (
        f"Each by itself, providers would overspend {money(alone)} in all in their own worst 1 in 20. Pooled, their "
        f"worst 1 in 20 costs {_lost(whole)}: {less}. **{most.name}** brings {_lost(most['fair'])} of it as its fair "
        f"part and carries {_lost(most['carried'])}; commissioners carry {_lost(table.loc[COMMISSIONERS, 'carried'])}."
    )


def _lost(pounds: float) -> str:
    """A loss in a sentence; less than nothing is said with its sign."""
    return money(pounds) if pounds >= SMALLEST else "nothing" if pounds > -SMALLEST else f"{money(pounds)} (a gain)"


def benchmark(table: pd.DataFrame) -> str:
    """How far the contract's split is from one by reserves, and what that is worth."""
    if table["by reserves"].isna().all():
        return "No provider has free reserves stated, so there is nothing to set the contract's shares against."
    if not table["by reserves"].sum():
        return "Free reserves that are stated are £0, so there is nothing to set the contract's shares against."
    if len(table) == 1:
        return f"{table.index[0]} is the only provider: all of the providers' part is its own."
    apart = table.loc[(table["share of pain"] - table["by reserves"].fillna(0.0)).abs().idxmax()]
    held = (
        "has no reserves stated" if apart.isna()["by reserves"] else f"has {percent(apart['by reserves'])} of reserves"
    )
    said = (
        f"The larger its reserves, the more a provider can afford to share. **{apart.name}** bears "
        f"{percent(apart['share of pain'])} of pain, gets {percent(apart['share of gain'])} of gain, and {held}. "
    )
    if table["by reserves"].isna().any():
        return f"{said}Providers without reserves stated are left out of the benchmark."
    now, best = float(table["worth"].sum()), float(table["best worth"].sum())
    error = float((table["best worth s.e."] ** 2 + table["worth s.e."] ** 2).sum() ** 0.5)
    more = (
        "" if best - now < max(2 * error, SMALLEST) else f", {money(best - now)} more than the {signed(now)} as agreed"
    )
    return f"{said}Shared by reserves, what providers have would be worth a sure {signed(best)} to them in all{more}."


def room(table: pd.DataFrame, part: float) -> str:
    """Whether fixed shares could suit everybody's limits."""
    if table.empty:
        return "No partner has free reserves stated, so there are no limits to keep."
    total = float(table["largest share"].sum())
    if total == float("inf"):
        return "The alliance does not lose in its worst 1 in 20, so any share keeps every limit."
    if not total:
        return (
            "Free reserves that are stated are £0, of which no part can be risked: **no fixed shares would suit all**."
        )
    able = f"If each risked {percent(part)} of its reserves in the worst 1 in 20, partners could carry {percent(total)}"
    verdict = (
        "so **no fixed shares would suit all**; they could"
        if total < 1
        else "so fixed shares that suit all exist; they do"
    )
    return f"{able} of what the alliance gains or loses, {verdict} from {percent(part / total)} of reserves on."


def split_title(table: pd.DataFrame) -> str:
    """Who is hit hardest as agreed, and which split spares the hardest hit most."""
    if table.index.get_level_values("provider").nunique() == 1:
        return "With one provider there is nothing to split: all of the providers' part is its own"
    hardest = {str(split): hit(table.loc[split]) for split in table.index.unique("split")}
    name, burden = hardest[AGREED]
    if max(burden for _, burden in hardest.values()) <= 0:
        return "No provider loses in its worst 1 in 20, however they split what they gain and bear"
    if burden <= 0:
        return "As agreed, no provider loses in its worst 1 in 20; under other splits some would"
    weigh = _weigh(table)
    lost = f"{weigh(burden)} of its reserves" if weigh is percent else weigh(burden)
    best = min(hardest, key=lambda split: hardest[split][1])
    if hardest[best][1] > 0.99 * burden:
        return f"No other split spares the hardest hit: {literal(name)} loses {lost} in its worst 1 in 20 as agreed"
    least = f"nobody more than {weigh(hardest[best][1])}" if hardest[best][1] > 0 else "nobody anything"
    return (
        f"As agreed, {literal(name)} is hit hardest and loses {lost} in its worst 1 in 20; split {_how(best)}, {least}"
    )


def _how(split: str) -> str:
    """A split within a sentence: 'split equally'."""
    return {AGREED: "as agreed", "Equal": "equally", BY_RESULT: "by own results"}.get(split, split.lower())


def hit(figures: pd.DataFrame) -> tuple[str, float]:
    """Who loses most in its worst 1 in 20, against reserves where all have them, and that part; else in pounds."""
    burden = figures["of reserves"] if figures["of reserves"].notna().all() else -figures["worst"]
    return str(burden.idxmax()), float(burden.max())


def _weigh(table: pd.DataFrame) -> Callable[[float], str]:
    """How a burden of `hit` is written."""
    return percent if table["of reserves"].notna().all() else money


def splits(table: pd.DataFrame, period: str) -> str:
    """How to read the splits, on the one who would lose most by a change."""
    lead = (
        f"Each provider's own figures {over(period)}, on the same futures. Splits move money between providers, not "
        "between them and commissioners, except where a partner's own cap binds."
    )
    worst = table["worst"].unstack("split")
    change = worst.drop(columns=AGREED).sub(worst[AGREED], axis=0)
    if change.empty or float(change.min().min()) > -SMALLEST:
        return lead
    split = str(change.min().idxmin())
    name = str(change[split].idxmin())
    more = money(-float(change.min().min()))
    costs = f"split {_how(split)}, its worst 1 in 20 costs {more} more"
    return f"{lead} **{literal(name)}** has most to lose by a change: {costs}."


def no_part(scenario: Scenario) -> str:
    """What stands where nothing is a part of reserves: with £0 there is none, though they are stated."""
    return "–" if any(provider.reserves == 0 for provider in scenario.providers) else "none stated"


def not_split(scenario: Scenario) -> str:
    """Why there is no split by reserves, where some have stated theirs and others have not."""
    missing = unstated(scenario)
    if not missing or len(missing) == len(scenario.providers):
        return ""
    return f"Not split by reserves: those of {listed([literal(name) for name in missing])} are not stated."


def worse_off(table: pd.DataFrame, split: str) -> str:
    """Whose worst 1 in 20 is worse under a split than as agreed, by more than luck explains; the most first."""
    now, then = table.loc[AGREED], table.loc[split]
    luck = 2 * (now["worst s.e."] ** 2 + then["worst s.e."] ** 2) ** 0.5
    more = now["worst"] - then["worst"]
    worse = more[more > luck.clip(lower=SMALLEST)].sort_values(ascending=False)
    return (
        listed([f"{literal(str(name))} ({signed(-pounds)})" for name, pounds in worse.items()]) if len(worse) else "–"
    )


def hardest(figures: pd.DataFrame) -> str:
    """Who is hit hardest under a split, with what it loses."""
    name, burden = hit(figures)
    if burden <= 0:
        return "nobody loses"
    row = figures.loc[name]
    part = "" if row.isna()["of reserves"] else f", {percent(row['of reserves'])} of its reserves"
    return f"{literal(name)} ({signed(row['worst'])}{part})"


def failures_title(table: pd.DataFrame, now: pd.Series) -> str:
    """Whose failure costs another most: changes of the mean, who fails down, partners across, NaN for itself."""
    lost = float(table.min().min())
    if not lost < -SMALLEST:
        return "No provider's failure would cost another partner anything on average over the term"
    failed = str(table.min(axis=1).idxmin())
    name = str(table.loc[failed].idxmin())
    return f"If {literal(failed)} fails, {literal(name)} loses most on average over the term: {moved(now[name], lost)}"


def failures(table: pd.DataFrame, now: pd.Series, scenario: Scenario) -> str:
    """What failures do to other providers, apart from commissioners; `now`: each partner's mean without."""
    names = [provider.name for provider in scenario.providers if provider.name in table]
    others = table[names]
    lead = (
        "By how much each partner's mean result over the whole term changes if another fails; the futures are the same."
    )
    if others.isna().all().all() or float(others.min().min()) > -SMALLEST:
        return f"{lead} No failure costs another provider anything: commissioners bear it."
    failed = str(others.min(axis=1).idxmin())
    name = str(others.loc[failed].idxmin())
    lost = moved(now[name], float(others.loc[failed, name]))
    return f"{lead} Among providers it is **{literal(name)}** that loses most, if {literal(failed)} fails: {lost}."


def failure(changes: pd.Series, now: pd.Series, scenario: Scenario) -> str:
    """Who loses by one failure, the most first, and what part of reserves the result then takes."""
    reserves = {provider.name: provider.reserves for provider in scenario.providers}
    reserves |= {buyer.name: buyer.reserves for buyer in scenario.commissioners}
    lost = changes[changes < -SMALLEST].sort_values()
    said = [
        f"{literal(name)} ({moved(now[name], pounds)}{taken(now[name] + pounds, reserves[name])})"
        for name, pounds in lost.head(3).items()
    ]
    return listed(said) if said else "nobody"


def taken(result: float, reserves: float | None) -> str:
    """', 266% of its reserves' after a result that is a loss, where they are stated."""
    part = of_reserves(-result, reserves) if result < -SMALLEST else ""
    return f", {part}" if part else ""


def veto(found: tuple[Position, ...]) -> str:
    """Who would refuse, of all partners."""
    return listed([literal(one.partner) for one in found if one.verdict == "refuses"])
