"""The app as on a machine that sends late what is drawn: how late, in seconds, and then what Streamlit is told."""

import sys

from streamlit.runtime import runtime
from streamlit.web.cli import main

if __name__ == "__main__":
    assert "MESSAGE_FLUSH_INTERVAL_SECS" in vars(runtime)  # another version may call it otherwise, and send at once
    vars(runtime)["MESSAGE_FLUSH_INTERVAL_SECS"] = float(sys.argv.pop(1))
    main()
