"""Days at the library."""
