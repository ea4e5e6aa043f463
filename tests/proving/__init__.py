"""Who tests those that test the tester."""
