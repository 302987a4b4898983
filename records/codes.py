"""What people call a thing by that they hand in, write to many or ask for."""

import secrets

_LETTERS, _DIGITS = "ABCDEFGHJKMNPQRSTUVWXYZ", "23456789"  # without I, L, O, 0, 1: they look alike


def new_code() -> str:
    """Six characters, one of them a digit, so that no word is taken for a code: "H7K2QM"."""
    code = [secrets.choice(_LETTERS + _DIGITS) for _ in range(5)]
    code.insert(secrets.randbelow(6), secrets.choice(_DIGITS))
    return "".join(code)
