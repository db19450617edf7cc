"""Shared by all tests: drafts go to a folder of the test run, never to the user's own."""

import os
import tempfile

from hypothesis import settings

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")
os.environ["ALLIANCE_DATA"] = tempfile.mkdtemp(prefix="alliance-test-")
