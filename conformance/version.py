"""The version of the suite, where the build and the reports read it."""

__version__ = "0.1.0"
