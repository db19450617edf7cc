"""Where scenarios live: presets, reference figures, the autosaved draft."""
