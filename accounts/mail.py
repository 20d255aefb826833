"""What the mail about logins has in common."""

# So that no absence notice answers (RFC 3834, and Exchange's own).
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
