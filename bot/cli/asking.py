"""Questions of `setup`: put to whoever sits there, or answered beforehand on the command line."""

import getpass
import re
import signal
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from core.errors import BadInput
from core.texts import setup as texts

CLEAR = "-"
NO_SECRETS = ("PUBLIC_URL", "ZALO_OA_APP_ID")  # the rest is not shown while it is typed
Check = Callable[[str], Awaitable[str]]  # the value -> what was found; raises BadInput


class Untried(BadInput):
    """The service could not be asked: whoever sits there decides."""


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
                if not (isinstance(bad, Untried) and self._agrees()):
                    continue
            self.values[name] = value
            return value

    def _answer(self, name: str) -> str:
        if self.given is not None:
            return self.given.get(name, "")
        question = texts.question(name, texts.SET_ALREADY if self.kept.get(name) else "")
        return _typed(question, secret=name not in NO_SECRETS)

    def _agrees(self) -> bool:
        return _typed(texts.KEEP_UNTRIED).lower() in texts.YES


def _typed(question: str, *, secret: bool = False) -> str:
    """A line; raises BadInput where there are no more."""
    try:
        with _interruptible():
            if secret and sys.stdin.isatty():  # which drops what was typed before it asks
                return getpass.getpass(f"{question}\n").strip()
            tell(question)
            return input().strip()
    except EOFError:
        raise BadInput(texts.ENDED) from None


@contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl+C ends the waiting at once; asyncio alone would see to it after the next line."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def tell(text: str) -> None:
    """To whoever sits there."""
    if text:
        print(text, file=sys.stderr)


async def _checked(value: str, check: Check) -> str:
    if not re.fullmatch(r"""[^\s'"`#$\\]+""", value):
        raise BadInput(texts.BAD_LETTERS)
    return await check(value)
