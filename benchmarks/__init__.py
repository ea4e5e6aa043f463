"""What a run costs, measured against something bare: `make bench`."""
