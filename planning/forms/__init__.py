"""Forms of the record, by noun. Each takes `member` (who fills it in) and `today`."""
