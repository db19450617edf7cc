"""The version that every result carries. It changes when results may change."""

VERSION = "0.3.0"
