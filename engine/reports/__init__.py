"""Makes the reports that a policy owes from its ledger; writes nothing but closed months."""
