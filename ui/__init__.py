"""What the screen needs: figures, inputs, state, words. Nothing here computes money."""

import os

# Before numpy is loaded: the model shares its work out over threads of its own; more would be in each other's way.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
