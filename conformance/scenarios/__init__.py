"""Days at work: what the suite does.  A scenario asserts nothing and names no requirement."""
