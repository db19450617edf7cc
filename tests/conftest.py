"""Shared by all tests: drafts go to a folder of the test run, never to the user's own."""

import os
import tempfile

os.environ["ALLIANCE_DATA"] = tempfile.mkdtemp(prefix="alliance-test-")
