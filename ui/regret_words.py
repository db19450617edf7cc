"""What the two rules of regret choose among designs, in sentences."""

from collections.abc import Mapping, Sequence

from model.base import PENNY
from model.comparison import Outlook
from model.regret import ALLIANCE, Choice
from ui.comparison_words import MOST_NAMED, begun, named, vetoes
from ui.format import listed, money, signed

SMALLEST_REGRET = (
    "Minimax regret (Savage 1951). Regret is what a design brings less than the best of these designs would have "
    "brought in the same situation. This design's largest regret is the smallest. It depends on which designs and "
    "situations are in the table, and needs no chances."
)
BEST_WORST = (
    "Maximin (Wald 1950). The design whose worst situation is least bad. It looks at one situation of each design "
    "only, and needs no chances."
)
WORST_PLACED = (
    "Slack here is that of the worst placed partner alone: how many others fall short, and how far, does not count. "
    "Choose a partner, or all providers, under *For* to see the others."
)
REGRET_APART = (
    "These designs do not assume the same, so the one that comes out best here may only assume better. "
    "*Compare on this design's assumptions*, above, sets that right."
)


def refused(chosen: Sequence[str], outlooks: Mapping[str, Outlook]) -> str:
    """Who would refuse a design that a rule chooses, or how many of several would be refused; nothing where none is."""
    against = {name: found for name in chosen if (found := vetoes(outlooks[name]))}
    if len(chosen) == 1 and against:
        (names,) = against.values()
        return f"would be refused by {listed(names) if len(names) <= MOST_NAMED else f'{len(names)} partners'}"
    how_many = "each" if len(against) == len(chosen) else f"{len(against)} of them"
    return f"{how_many} would be refused" if against else ""


def regretted(least: Choice, worst: Choice, whose: str) -> str:
    """What the two rules choose, and whether they agree."""
    what = "slack" if whose == ALLIANCE else "mean gain"
    first, second = (named(list(one.designs), f"{len(one.designs)} designs alike") for one in (least, worst))
    one = len(least.designs) == 1
    if least.pounds < PENNY:
        said = f"{begun(first)} {'has' if one else 'have'} the best {what} in every situation. "
    else:
        said = (
            f"{begun(first)} {'stays' if one else 'stay'} nearest to the best: in no situation is "
            f"{'its' if one else 'their'} {what} more than {money(least.pounds)} below that of the best design there. "
        )
    tightest = f" {WORST_PLACED}" if whose == ALLIANCE else ""
    if set(least.designs) == set(worst.designs):
        return f"{said}The best worst case says the same: {signed(worst.pounds)} at worst.{tightest}"
    return (
        f"{said}The two rules disagree: {second} {'has' if len(worst.designs) == 1 else 'have'} the best worst case, "
        f"{signed(worst.pounds)}. Which rule to follow is a choice of attitude, not of arithmetic.{tightest}"
    )
