"""What a browser calls itself, in a few words: people recognise "Chrome, Android", not a version number."""

# What stands in the header, and what it stands for. The first that fits: browsers name their ancestors, too.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def name_of(user_agent: str) -> str:
    """Browser and system, or what is known of them; empty when neither is."""
    found = (next((name for part, name in table if part in user_agent), "") for table in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, found))
