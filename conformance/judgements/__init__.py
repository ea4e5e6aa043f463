"""Judgements: pure functions from values to findings.  No I/O, no clock, no randomness; nothing else of the package."""
