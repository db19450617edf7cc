"""The alliance, its uncertainties and its arithmetic: pure functions, no screen, no clock."""

from model.version import VERSION

__all__ = ["VERSION"]
