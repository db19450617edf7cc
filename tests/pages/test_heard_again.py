"""An input that is heard of again as it stands is no edit: Streamlit forgets one that an overtaken run left out, and
takes what the browser still shows for something new."""

import copy

import pytest
from streamlit.testing.v1 import AppTest

from model.appetite import InPounds
from model.differences import differences
from model.documents import from_document, to_document
from model.scenario import Scenario
from tests.pages.test_pages import PAGES, opened
from tests.ui.test_inputs import PAGES as TYPED_ON
from tests.ui.test_inputs import _tabs, with_everything
from ui.session import STATE

INPUTS = (
    "text_input",
    "number_input",
    "selectbox",
    "toggle",
    "text_area",
    "multiselect",
    "slider",
    "radio",
    "date_input",
    "button_group",
)
WITHOUT = ("method.py", "room.py", "story.py")
"""Pages without inputs."""


def heard_again(app: AppTest, page: str) -> None:
    """Forgets the value of every input, so that each is heard of as if it had been edited."""
    state = object.__getattribute__(app._session_state, "_state")
    shown: set[str] = {getattr(one, "id", "") for kind in INPUTS for one in app.get(kind)}
    sent = app._tree.get_widget_states()
    assert bool(shown) == (page not in WITHOUT)
    for held in (state._old_state, state._new_widget_state.states):
        for name in shown & {*held}:
            del held[name]
    app._run(sent)


def typed_over() -> Scenario:
    """A scenario in which nothing that a choice brings is as the choice brings it."""
    document = to_document(with_everything())
    for provider in document["providers"]:
        provider["appetite"] = InPounds(loss=1e6, loss_chance=0.07).model_dump(mode="json")
    for risk in document["uncertainty"]["risks"]:
        risk["mitigation"] = {"in_place": False, "probability": 0.03, "impact": 0.4, "cost": 12_345.0}
    for kra in document["framework"]["kras"]:
        for kpi in kra["kpis"]:
            kpi["gate"] = {"level": "poor", "blocks": "performance gain"}
    return from_document(document)


@pytest.mark.parametrize("page", PAGES)
def test_inputs_heard_of_again_as_they_stand_change_nothing(page: str) -> None:
    app = opened(page)
    session = app.session_state[STATE]
    session.begin(typed_over())
    session.draws = 1_024
    app.session_state["later-costs"] = True
    app.run()
    for tab in [None, *_tabs(app)] if page.removesuffix(".py") in TYPED_ON else [None]:
        if tab:
            app.session_state[tab[0]] = tab[1]
            app.run()
        before, steps = copy.deepcopy(session.document), len(session.done)
        heard_again(app, page)
        session = app.session_state[STATE]
        assert not app.exception, (tab, app.exception)
        assert not differences(before, session.document), tab
        assert len(session.done) == steps, tab
