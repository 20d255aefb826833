"""Pages of accounts: coming in, oneself, the people of a service, the audit trail."""
