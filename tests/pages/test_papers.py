"""The page that makes papers: each says what its page says, and its files are written when they are asked for."""

import re
from datetime import date, datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data import library, positions, presets
from data.records import Version
from model.appetite import InPounds
from model.scenario import Scenario
from model.tables import partner_names
from tests.pages.test_pages import opened
from tests.people import ADA
from tests.ui.written import made, texts
from ui import (
    designs,
    paper,
    paper_alliance,
    paper_board,
    paper_joining,
    paper_pdf,
    paper_positions,
    papers,
    stamps,
    verdicts,
)
from ui.comparison_charts import SAVED
from ui.paper import Table
from ui.papers import ABOUT, ALLIANCE, BOARD, JOINING, NONE
from ui.range_words import unformatted
from ui.session import STATE

DRAWS = 1_024


def shown(page: str, preset: str, label: str, whose: str) -> AppTest:
    app = opened(page)
    session = app.session_state[STATE]
    session.draws = DRAWS
    session.begin(presets.preset(preset))
    app.run()
    next(box for box in app.selectbox if box.label == label).set_value(whose).run()
    assert not app.exception
    return app


ICON = re.compile(r"^:material/\w+: ")


def lines(app: AppTest) -> list[str]:
    """Every sentence of a page as it reads; small print and what leads elsewhere left out."""
    said = [ICON.sub("", line) for element in app.main.markdown for line in element.value.splitlines()]
    plain = (unformatted(line.removeprefix("- ")).replace("\u2060", "") for line in said)
    return [line for line in plain if line and not line.startswith(":small")]


def test_papers_for_one_partner_are_told_apart_and_the_one_to_read_before_it_signs_comes_first() -> None:
    app = opened("papers.py")
    box = next(one for one in app.selectbox if one.label == "Paper")
    joining, board = (next(i for i, one in enumerate(box.options) if one.startswith(kind)) for kind in (JOINING, BOARD))
    assert joining < board
    assert "before it signs" in box.options[joining] and "what to ask for" in box.options[joining]
    assert "risk appetite" in box.options[board]
    box.set_value(BOARD).run()
    assert "what to ask for stand in *Should we join?*" in app.main.markdown[0].value


@pytest.mark.parametrize("preset", presets.names())
@pytest.mark.parametrize(
    ("kind", "page", "label"), [("board", "appetite.py", "Whose board"), ("joining", "joining.py", "Who decides")]
)
def test_a_paper_says_what_the_page_says(kind: str, page: str, label: str, preset: str) -> None:
    scenario = presets.preset(preset)
    whose = partner_names(scenario)[-1 if kind == "board" else 0]
    app = shown(page, preset, label, whose)
    paper = made(kind, scenario, whose)
    said = " ".join(texts(paper)).replace("\u2060", "")
    assert unformatted(app.title[0].value).replace("\u2060", "") == paper.title
    for line in lines(app):
        assert "futures drawn" in line or line.removesuffix(".") in said
    cells = {
        text.replace("\u2060", "")
        for block in paper.blocks
        if isinstance(block, Table)
        for row in block.rows
        for text in row
    }
    for table in app.main.table:
        assert {unformatted(str(cell)).replace("\u2060", "") for cell in table.value.to_numpy().ravel()} <= cells | {
            "not asked"
        }
    for metric in app.main.metric:
        assert metric.value.replace("\u2060", "") in cells


def test_papers_say_for_whom_they_are_and_the_first_is_for_all_partners() -> None:
    app = opened("papers.py")
    box = next(box for box in app.selectbox if box.label == "Paper")
    assert box.value == ALLIANCE and all(" – for " in option for option in box.options)
    assert not any(one.label == "Whose paper" for one in app.selectbox)


@pytest.mark.parametrize("kind", list(ABOUT))
def test_each_paper_has_a_preview_and_its_files(kind: str) -> None:
    app = opened("papers.py")
    next(box for box in app.selectbox if box.label == "Paper").set_value(kind).run()
    assert not app.exception
    assert "is ready" in app.title[0].value
    files = [button.proto.label for button in app.main.get("download_button") if "Download as" in button.proto.label]
    assert files == ["Download as Word", "Download as PDF", *["Download as CSV"] * (kind == "Assumptions log")]
    assert any("design" in element.value and "seed" in element.value for element in app.main.markdown)


def test_a_changed_design_is_held_against_the_saved_one() -> None:
    app = opened("baseline.py")
    next(i for i in app.text_input if i.label == "Fee (%), Recovery charity").set_value("9").run()
    app.switch_page("pages/papers.py").run()
    said = " ".join(element.value for element in app.main.markdown)
    assert "What changed from the starting design" in said
    next(box for box in app.selectbox if box.label == "Held against").set_value(NONE).run()
    assert "What changed" not in " ".join(element.value for element in app.main.markdown)


def test_a_paper_can_be_about_a_kept_design() -> None:
    app = opened("papers.py")
    session = app.session_state[STATE]
    session.designs = {"Ours": presets.preset("project-alliance")}
    session.invited = ("Ours",)  # as what is taken in is
    app.run()
    next(box for box in app.selectbox if box.label == "Design").set_value("Ours").run()
    assert not app.exception
    assert presets.preset("project-alliance").id in " ".join(element.value for element in app.main.markdown)
    assert session.scenario.name != presets.preset("project-alliance").name


def test_a_paper_is_about_the_design_at_work_also_once_it_is_kept_by_name() -> None:
    app = opened("papers.py")
    session = app.session_state[STATE]
    session.scenario = session.scenario.edited(name="Ours")
    session.designs = {"Mine": session.scenario}
    app.run()
    assert not app.exception
    assert next(box for box in app.selectbox if box.label == "Design").value == "Mine"


@pytest.mark.usefixtures("own_library")
def test_versions_in_the_library_can_be_chosen_for_a_paper() -> None:
    first = presets.preset("small-charities")
    second = first.edited(baseline=first.baseline.edited(price_growth=0.07))
    begun = library.begin("Charities", "The draft", first, ADA, "To begin")
    made_next = library.save(begun.design, second, begun.id, ADA, "Prices")
    assert not isinstance(made_next, library.Moved)
    app = opened("papers.py")
    session = app.session_state[STATE]
    session.draws = DRAWS
    session.begin(second, version=made_next.id)
    app.run()
    design = next(box for box in app.selectbox if box.label == "Design")
    assert {"Version 1 of The draft", "Version 2 of The draft"} <= set(design.options)
    design.set_value("Version 1 of The draft").run()
    assert not app.exception
    said = " ".join(element.value for element in app.markdown)
    assert "· Design 'The draft', version 1, saved " in unformatted(said)
    next(box for box in app.selectbox if box.label == "Design").set_value("Version 2 of The draft").run()
    against = next(box for box in app.selectbox if box.label == "Held against")
    assert against.value == "Version 1 of The draft"  # the starting design is version 2 itself
    assert first.id in said


def kind_of(app: AppTest) -> str:
    """The first line of the paper on the page."""
    return unformatted(next(one.value for one in app.markdown if " · " in one.value and one.value.startswith(":small")))


@pytest.mark.usefixtures("own_library")
def test_a_paper_names_the_version_that_it_is_about_or_that_it_was_changed_since() -> None:
    scenario = presets.preset("small-charities")
    version = library.begin("Charities", "The *draft*", scenario, ADA, "To begin")
    day = stamps.dated(datetime.fromisoformat(version.saved_at))
    app = opened("papers.py")
    session = app.session_state[STATE]
    session.draws = DRAWS
    assert "version" not in kind_of(app)
    session.begin(scenario, version=version.id)
    app.run()
    assert f"· Design 'The *draft*', version 1, saved {day} by Ada" in kind_of(app)
    session.write(("providers", 0, "fee_rate"), 0.01)
    session.designs = {"Ours": cheaper(scenario)}
    app.run()
    assert f"· Design 'The *draft*', changed since version 1 (saved {day} by Ada)" in kind_of(app)
    next(box for box in app.selectbox if box.label == "Design").set_value("Ours").run()
    assert "version" not in kind_of(app)
    assert "· Design 'Ours'" in kind_of(app)


@pytest.mark.usefixtures("own_library")
def test_a_paper_is_called_by_the_name_that_was_chosen_and_says_why_it_was_kept() -> None:
    scenario = presets.preset("small-charities")
    version = library.begin("Charities", "As we began", scenario, ADA, "To begin")
    app = opened("papers.py")
    session = app.session_state[STATE]
    session.draws = DRAWS
    session.begin(scenario, version=version.id)
    app.run()
    session.write(("providers", 0, "fee_rate"), 0.01)
    designs.keep(session, "Charity capped at £20k", session.scenario, "Its board *asked*")
    designs.keep(session, "Loaded", scenario)
    app.run()
    first = "· Design 'Charity capped at £20k': 'As we began', changed since version 1 (saved "
    assert first in kind_of(app)
    assert "Why this design was kept: Its board *asked*" in unformatted(" ".join(one.value for one in app.markdown))
    next(box for box in app.selectbox if box.label == "Design").set_value("Loaded").run()
    assert "· Design 'Loaded': 'As we began', version 1, saved " in kind_of(app)
    assert "was kept" not in " ".join(one.value for one in app.markdown)


@pytest.mark.usefixtures("own_library")
def test_files_of_papers_are_named_after_their_design(sealed_after_another: tuple[Version, Version]) -> None:
    session = seen(sealed_after_another[1]).session_state[STATE]
    design = session.scenario

    def file() -> str:
        return papers.file_name(papers.Chosen(ALLIANCE, "", designs.seen(session, session.scenario), None, ""))

    assert file() == f"alliance-paper-base-offer-v2-{design.id}"
    session.write(("providers", 0, "fee_rate"), 0.02)
    assert file() == f"alliance-paper-{session.scenario.id}"
    designs.keep(session, "Room: 40", session.scenario)
    assert file() == f"alliance-paper-room-40-{session.scenario.id}"


@pytest.mark.usefixtures("own_library")
def test_what_is_on_the_screen_and_saved_goes_by_its_version_first() -> None:
    scenario = presets.preset("small-charities")
    app = opened("papers.py")
    session = app.session_state[STATE]
    session.draws = DRAWS
    session.begin(scenario)
    app.run()
    session.write(("providers", 0, "fee_rate"), 0.01)
    designs.keep(session, "Found A", scenario.edited(baseline=scenario.baseline.edited(price_growth=0.07)))
    designs.keep(session, "Found E", session.scenario, "All would sign")
    designs.keep(session, "As loaded: Charities", scenario)
    version = library.begin("Charities", "Agreed in the room 30 Nov", session.scenario, ADA, "All agreed")
    app.run()
    assert next(box for box in app.selectbox if box.label == "Design").value == "Found E"
    session.begin(session.scenario, version=version.id)
    app.run()
    design, against = (next(box for box in app.selectbox if box.label == it) for it in ("Design", "Held against"))
    assert design.value == "Version 1 of Agreed in the room 30 Nov"
    assert set(design.options) == {design.value, "Found A", "As loaded: Charities"}
    day = stamps.dated(datetime.fromisoformat(version.saved_at))
    first = f"· Design 'Agreed in the room 30 Nov', version 1, saved {day} by Ada, also called 'Found E'"
    assert first in kind_of(app)
    assert "Why this design was kept: All would sign" in unformatted(" ".join(one.value for one in app.markdown))
    assert against.value == "As loaded: Charities"
    design.set_value("Found A").run()
    assert "· Design 'Found A'" in kind_of(app)
    against = next(box for box in app.selectbox if box.label == "Held against")
    assert against.value == "Version 1 of Agreed in the room 30 Nov"


@pytest.mark.parametrize("before", ["As loaded: Lambeth", "As it began: Lambeth", "Before the first save"])
def test_a_paper_is_not_held_against_a_variant_that_nobody_chose(before: str) -> None:
    app = opened("papers.py")
    session = app.session_state[STATE]
    session.draws = DRAWS
    session.designs = {"Ours": cheaper(session.scenario)}
    app.run()
    against = next(box for box in app.selectbox if box.label == "Held against")
    assert against.value == NONE
    session.designs |= {before: presets.preset(presets.FIRST).edited(story="As it was told.")}
    app.run()
    assert next(box for box in app.selectbox if box.label == "Held against").value == before


def cheaper(scenario: Scenario) -> Scenario:
    """The same alliance with another fee."""
    first, *others = scenario.providers
    return scenario.edited(providers=(first.edited(fee_rate=0.02), *others))


@pytest.fixture
def sealed_after_another(own_library: None) -> tuple[Version, Version]:
    """Two versions of a design of which somebody refuses by its limits: the second sealed."""
    first = presets.preset("lambeth-living-well")
    begun = library.begin("Lambeth", "Base *offer*", first, ADA, "To begin")
    second = first.edited(baseline=first.baseline.edited(price_growth=0.07))
    newest = library.save(begun.design, second, begun.id, ADA, "Prices")
    assert isinstance(newest, Version)
    for partner in partner_names(second):
        positions.take(newest.id, partner, "accept", "", ADA)
    positions.put_seal(newest.id, ADA)
    return begun, newest


def seen(version: Version, page: str = "papers.py") -> AppTest:
    app = opened(page)
    session = app.session_state[STATE]
    session.draws = DRAWS
    session.begin(library.scenario(version), version=version.id)
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize("kind", list(ABOUT))
def test_a_paper_of_a_sealed_version_says_so_first(kind: str, sealed_after_another: tuple[Version, Version]) -> None:
    begun, newest = sealed_after_another
    app = seen(newest)
    next(box for box in app.selectbox if box.label == "Paper").set_value(kind).run()
    everybody = verdicts.number(len(partner_names(library.scenario(newest)))).lower()
    said = [unformatted(line) for one in app.main.markdown for line in one.value.split("\n\n")]
    day = stamps.dated(datetime.fromisoformat(newest.saved_at))
    assert f"Version 2 of 'Base *offer*', accepted by all {everybody} partners, sealed on {day}." in said
    assert "blocked by" not in " ".join(said) and "draft" not in kind_of(app)
    if kind == BOARD:
        assert any("By the limits entered, " in line and line.endswith(" would refuse.") for line in said)
    app = seen(begun)
    assert "sealed" not in " ".join(one.value for one in app.main.markdown)


def alliance_paper(app: AppTest) -> paper.Paper:
    return paper_alliance.paper(app.session_state[STATE], date(2026, 11, 30))


def after(made: paper.Paper, heading: str) -> list[paper.Block]:
    """What stands below a heading."""
    at = next((i for i, block in enumerate(made.blocks) if block == paper.Heading(heading)), len(made.blocks))
    rest = made.blocks[at + 1 :]
    return list(rest[: next((i for i, one in enumerate(rest) if isinstance(one, paper.Heading)), len(rest))])


@pytest.mark.usefixtures("own_library")
def test_the_paper_for_everybody_says_where_each_partner_stands_on_the_version_and_why_it_was_saved() -> None:
    scenario = presets.preset("lambeth-living-well")
    version = library.begin("Lambeth", "Draft", scenario, ADA, "A *first* offer")
    day = stamps.dated(datetime.fromisoformat(version.saved_at))
    app = seen(version)
    [said] = after(alliance_paper(app), "Where each partner stands")
    why = f"Version 1 of 'Draft' was saved on {day} by Ada: A *first* offer"
    assert said == paper.Text(f"{why}. No partner has recorded yet where it stands on it.")
    positions.take(version.id, "Recovery charity", "not yet", "", ADA)
    positions.take(version.id, "Recovery charity", "accept with conditions", "A cap at £20k", ADA)
    made = alliance_paper(app)
    text, table = after(made, "Where each partner stands")
    assert text == paper.Text(f"{why}. {paper_positions.SAID}") and isinstance(table, paper.Table)
    assert {row[0]: row[1:] for row in table.rows} == {
        name: ("◐ accepts with conditions", "A cap at £20k", f"on {day} by Ada")
        if name == "Recovery charity"
        else ("– nothing recorded", "", "")
        for name in partner_names(scenario)
    }
    assert paper_pdf.pages(paper_pdf.written(made)) <= 3
    session = app.session_state[STATE]
    session.write(("providers", 0, "fee_rate"), 0.01)
    assert not after(alliance_paper(app), "Where each partner stands")


@pytest.mark.parametrize(("make", "page"), [(paper_board, "appetite.py"), (paper_joining, "joining.py")])
@pytest.mark.usefixtures("own_library")
def test_a_partners_own_paper_and_page_say_where_it_stands_on_the_version_and_why_that_was_saved(
    make: Any, page: str
) -> None:
    version = library.begin("Lambeth", "Draft", presets.preset("small-charities"), ADA, "A *first* offer")
    day, name = stamps.dated(datetime.fromisoformat(version.saved_at)), "Peer support charity"
    app = seen(version, page)
    session = app.session_state[STATE]
    why = f"Version 1 of 'Draft' was saved on {day} by Ada: A *first* offer. {name}"

    def has(line: str) -> bool:
        found = make.paper(session, name, date(2026, 11, 30))
        return line in found.about and paper_pdf.pages(paper_pdf.written(found)) <= 2

    assert has(f"{why} has not recorded yet where it stands on it.")
    positions.take(version.id, name, "not yet", "", ADA)
    assert has(f"{why} does not accept it yet, as recorded on {day} by Ada.")
    positions.take(version.id, name, "accept with conditions", "Subject to *Cabinet* approval", ADA)
    last = f"{why} accepts it with conditions, as recorded on {day} by Ada: Subject to *Cabinet* approval."
    assert has(last)
    next(box for box in app.selectbox if name in box.options).set_value(name).run()
    assert last in [unformatted(line) for one in app.main.markdown for line in one.value.split("\n\n")]
    session.write(("providers", 0, "fee_rate"), 0.01)
    assert not any(line.startswith("Version 1") for line in make.paper(session, name, date(2026, 11, 30)).about)


def test_the_contract_as_offered_can_be_had_with_the_limits_that_were_entered_since() -> None:
    scenario, who = presets.preset("small-charities"), "Peer support charity"
    place = [one.name for one in scenario.providers].index(who)
    app = opened("papers.py")
    session = app.session_state[STATE]
    session.draws = DRAWS
    session.begin(scenario)
    app.run()
    session.whose = who
    session.write(("providers", place, "appetite"), InPounds(loss=30_000.0, loss_chance=0.05).model_dump(mode="json"))
    app.run()

    def box(label: str) -> Any:
        return next(one for one in app.selectbox if one.label == label)

    def told() -> str:
        return " ".join(lines(app))

    since = "Starting design, with what partners have entered since"
    assert not any(one.label == "Design" and since in one.options for one in app.selectbox), "this design is that"
    session.write(("providers", place, "pain_cap", "part"), 0.32)
    app.run()
    box("Paper").set_value(JOINING).run()
    assert "asked to join" in told() and "not the terms of the starting design" in told()
    box("Design").set_value(since).run()
    assert not app.exception
    assert f"{who} would refuse: losing more than £30k has" in told()
    assert "not the terms of" not in told() and f"· '{since}'" in kind_of(app)
    assert box("Held against").value == SAVED


def test_a_paper_of_what_was_changed_since_it_was_sealed_says_so_first_and_leads_to_what_was_agreed(
    sealed_after_another: tuple[Version, Version],
) -> None:
    _, newest = sealed_after_another
    app = seen(newest)
    assert not any("not what was agreed" in one.value for one in (*app.warning, *app.markdown))
    app.session_state[STATE].write(("providers", 0, "fee_rate"), 0.01)
    app.run()
    begins = (
        "This is not what was agreed: it was changed since version 2 of 'Base *offer*', accepted by all six partners"
    )
    [told] = [one.value for one in app.warning if "agreed" in one.value]
    assert unformatted(told).startswith(begins)
    about = next(one.value for one in app.main.markdown if "not what was agreed" in one.value)
    assert unformatted(about).startswith(begins), "the paper says so before anything else"
    next(one for one in app.button if one.key == "take-agreed").click().run()
    assert not app.exception
    assert next(one for one in app.selectbox if one.label == "Design").value == "Version 2 of Base *offer*"
    assert not any("not what was agreed" in one.value for one in (*app.warning, *app.markdown))
    assert any("Where each partner stands" in one.value for one in app.main.markdown)


@pytest.mark.usefixtures("own_library")
def test_a_paper_of_what_was_changed_since_positions_were_taken_says_so() -> None:
    version = library.begin("Lambeth", "Draft", presets.preset("lambeth-living-well"), ADA, "To begin")
    app = seen(version)
    app.session_state[STATE].write(("providers", 0, "fee_rate"), 0.01)
    app.run()
    assert not app.warning
    positions.take(version.id, "Recovery charity", "not yet", "", ADA)
    app.run()
    said = "Partners took their positions on something else: this was changed since version 1 of 'Draft'."
    assert [unformatted(one.value) for one in app.warning] == [said]


def test_a_version_that_is_the_starting_design_goes_by_its_name(sealed_after_another: tuple[Version, Version]) -> None:
    _, newest = sealed_after_another
    app = seen(newest)
    design, against = (next(box for box in app.selectbox if box.label == it) for it in ("Design", "Held against"))
    assert design.value == "Version 2 of Base *offer*" and against.value == "Version 1 of Base *offer*"
    assert "Starting design" not in design.options
    said = unformatted(" ".join(one.value for one in app.main.markdown))
    assert "starting design" not in said and "What changed from 'Version 1 of Base *offer*'" in said
    app = seen(newest, "compare.py")
    (first,) = (box for box in app.selectbox if box.label == "Held against")
    assert first.value == "Version 1 of Base *offer*" and "Starting design" not in first.options
    session = app.session_state[STATE]
    assert designs.unused(session, "version 2 of base *offer*")
    session.write(("providers", 0, "fee_rate"), 0.02)
    assert list(designs.every(session)) == ["Version 2 of Base *offer*", designs.EDITED]
    session.version = ""
    assert list(designs.every(session)) == [SAVED, designs.EDITED]


def test_risk_appetite_of_a_sealed_version_says_so(sealed_after_another: tuple[Version, Version]) -> None:
    _, newest = sealed_after_another
    said = " ".join(one.value for one in seen(newest, "appetite.py").main.markdown)
    assert "sealed on" in said and "By the limits entered" in said and "blocked by" not in said
    assert "has agreed to" in said and "is asked to" not in said


def test_the_paper_of_an_older_version_is_not_held_against_a_newer_one(
    sealed_after_another: tuple[Version, Version],
) -> None:
    begun, newest = sealed_after_another
    app = seen(begun)
    against = next(box for box in app.selectbox if box.label == "Held against")
    assert against.value == NONE and "Version 2 of Base *offer*" in against.options
    app = seen(newest)
    next(box for box in app.selectbox if box.label == "Design").set_value("Version 1 of Base *offer*").run()
    assert next(box for box in app.selectbox if box.label == "Held against").value == NONE


def test_designs_kept_with_another_alliance_are_not_offered_for_a_paper() -> None:
    app = opened("papers.py")
    session = app.session_state[STATE]
    session.designs = {"Mine": cheaper(session.scenario), "Theirs": presets.preset("project-alliance")}
    app.run()
    (designs,) = (box for box in app.selectbox if box.label == "Design")
    assert "Mine" in designs.options and "Theirs" not in designs.options
