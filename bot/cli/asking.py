"""Questions of `setup`: put to whoever sits there, or answered beforehand on the command line."""

import re
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from core.errors import BadInput
from core.texts import setup as texts

CLEAR = "-"
Check = Callable[[str], Awaitable[str]]  # the value -> what was found; raises BadInput


@dataclass(frozen=True)
class Asking:
    """`kept`: what is set already; `given`: the answers, None: somebody is asked. Values are gathered in `values`."""

    kept: Mapping[str, str]
    given: Mapping[str, str] | None
    values: dict[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """As it will be."""
        return self.values.get(name, self.kept.get(name, ""))

    async def ask(self, name: str, check: Check, *, needed: bool = False) -> str:
        """The value, checked; "" where there is none. Raises BadInput for a given answer that is no good."""
        while True:
            answer = self._answer(name)
            value = "" if answer == CLEAR else answer or self.kept.get(name, "")
            try:
                if not value and needed:
                    raise BadInput(texts.NEEDED)
                if value:
                    tell(await _checked(value, check))
            except BadInput as bad:
                if self.given is not None:
                    raise BadInput(texts.in_setting(name, bad.text)) from None
                tell(texts.fault(bad.text))
                continue
            self.values[name] = value
            return value

    def _answer(self, name: str) -> str:
        if self.given is not None:
            return self.given.get(name, "")
        try:
            tell(texts.question(name, texts.SET_ALREADY if self.kept.get(name) else ""))
            return input().strip()
        except EOFError:
            raise BadInput(texts.ENDED) from None


def tell(text: str) -> None:
    """To whoever sits there."""
    if text:
        print(text, file=sys.stderr)


async def _checked(value: str, check: Check) -> str:
    if not re.fullmatch(r"""[^\s'"`#$\\]+""", value):
        raise BadInput(texts.BAD_LETTERS)
    return await check(value)
