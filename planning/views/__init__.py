"""The pages of a service, by noun."""
