"""A room that is shared."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.sharing import opened, session


@pytest.fixture
def host() -> AppTest:
    app = opened("room")
    session(app).draws = 1_024
    session(app).keep()
    next(b for b in app.button if b.label == "Share this screen").click().run()
    return app
