"""Shared by all tests: drafts go to a folder of the test run, never to the user's own."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")
os.environ["ALLIANCE_DATA"] = tempfile.mkdtemp(prefix="alliance-test-")


@pytest.fixture
def own_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drafts and a library in a folder of the test's own, whatever database the machine names."""
    from data import drafts  # not before the folder of the run is set above

    monkeypatch.setattr(drafts, "FOLDER", tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
