"""Request-wide wiring that no package brings."""

import secrets


class RequestReference:
    """Give each request a short reference that error pages show and logs carry."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.reference = secrets.token_hex(4)
        return self.get_response(request)
