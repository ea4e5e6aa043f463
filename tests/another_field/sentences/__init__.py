"""What must be so at the library."""
