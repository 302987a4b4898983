"""What the bot has asked somebody for: what is sent next goes with the command that asked, for a while."""

from datetime import UTC, datetime, timedelta

from core.message import Talk
from handlers.context import Context

FOR = timedelta(minutes=30)


def await_next(command: str, about: str, now: datetime) -> Talk:
    """What is sent next belongs to this command; `about`: what it is about, for the command to read."""
    return Talk(f"{command} {about} {now.timestamp():.0f}")


def awaited_by(command: str, ctx: Context) -> str:
    """What the sender was asked about by this command not long ago; empty: nothing."""
    asked, _, rest = ctx.talk.question.partition(" ")
    about, _, seconds = rest.rpartition(" ")
    if asked != command or not seconds.isdecimal():
        return ""
    return about if ctx.now - datetime.fromtimestamp(int(seconds), UTC) <= FOR else ""
