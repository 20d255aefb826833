"""Characters that steer the direction of writing: in somebody's text they would turn the text around it."""

STEERING = frozenset({0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)})

_LEFT_OUT = dict.fromkeys(STEERING)


def without_steering(text: str) -> str:
    """`text` without such characters; every one of its letters stays."""
    return text.translate(_LEFT_OUT)
