"""The mock server: the reference implementation that faults bend.  Imports the ground and the specification only."""
