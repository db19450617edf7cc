"""The version that every result carries. It changes when results may change."""

VERSION = "0.2.0"
