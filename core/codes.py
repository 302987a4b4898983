"""How the codes look that people call a thing by (records.codes makes them)."""

import re

CODE = r"(?=[a-z]*[2-9])[a-z2-9]{6}"  # over folded text
_CODE = re.compile(CODE, re.IGNORECASE)


def is_code(text: str) -> bool:
    """Whether it is one, as it is written or folded: "H7K2QM"."""
    return _CODE.fullmatch(text.strip()) is not None
