"""Proving: what the suite detects.  With the command, the demo and the API the only importer of the mock."""
