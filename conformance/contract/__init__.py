"""The contract: what breaks the interface's schemas, enumerated once and kept as data."""
