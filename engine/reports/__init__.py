"""Makes the reports that a policy owes from its ledger, and keeps closed months."""
