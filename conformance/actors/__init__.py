"""Who the suite plays: parties with the verbs of their trade."""
