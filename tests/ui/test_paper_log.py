"""The assumptions log says who said what, where several people's views are pooled."""

import csv
from io import StringIO

from data import presets
from model.distributions import Pert, StudentT
from model.evidence import Pool, View
from model.scenario import Scenario
from tests.ui.written import DAY, made, session, texts
from ui import paper_log
from ui.paper import Table

POOLED = Pool(
    views=(
        View(name="Dr Osei", weight=1, view=StudentT(centre=0, scale=0.05, df=6)),
        View(name="=M. Price", weight=3, view=Pert(low=-0.05, likely=0, high=0.2)),
    )
)
ABOUT = "What each person says of the ranges that are pooled"


def pooled() -> Scenario:
    scenario = presets.preset(presets.FIRST)
    first, *others = scenario.providers
    return scenario.edited(providers=(first.edited(cost_deviation=POOLED), *others))


def test_each_view_has_a_line_with_its_name_weight_and_range() -> None:
    scenario = pooled()
    table = next(block for block in made("log", scenario).blocks if isinstance(block, Table) and block.about == ABOUT)
    name = f"{scenario.providers[0].name}: cost"
    assert [row[:3] for row in table.rows] == [
        (name, "Dr Osei", "1 of 4, 25%"),
        (name, "=M. Price", "3 of 4, 75%"),
    ]
    assert table.rows[0][3].startswith("9 in 10 between −") and table.rows[0][3].endswith("middle 0% (Student t)")
    assert table.rows[1][3].endswith("(PERT)")
    assert "pooled from 2 views" in " ".join(texts(made("log", scenario)))


def test_the_csv_has_the_views_too_and_counts_them_as_no_inputs() -> None:
    scenario = pooled()
    text = paper_log.comma_separated(session(scenario), DAY).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    said = [row for row in rows if " › view of " in row[0]]
    assert [row[1].split(":")[0] for row in said] == ["weight 1 of 4, 25%", "weight 3 of 4, 75%"]
    assert said[1][0] == f"{scenario.providers[0].name}: cost › view of =M. Price"
    assert rows[-1][0] == "How this was made"
    assert made("log", scenario).title == made("log", presets.preset(presets.FIRST)).title


def test_nothing_is_said_of_views_where_none_are_pooled() -> None:
    assert ABOUT not in " ".join(texts(made("log", presets.preset(presets.FIRST))))
