"""How allauth behaves here: nobody signs up alone, and mail goes in the reader's language."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """People come in by invitation only."""

    def is_open_for_signup(self, request) -> bool:
        """Never: a member's invitation makes the login."""
        return False
