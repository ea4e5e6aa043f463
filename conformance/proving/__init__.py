"""Who tests the tester: the suite against every fault and every lawful variant of the mock (design §10)."""
