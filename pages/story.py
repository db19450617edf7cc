"""What is this, in three minutes?"""

from ui import frame, story

story.steps(frame.open_page())
