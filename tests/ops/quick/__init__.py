"""An installation as in production, at test speed: what waits for minutes there waits for seconds here."""
