"""Sentences about evidence.  A check calls nobody, waits for nothing, and knows no number that is not in the catalogue."""
