"""Looking at a code that somebody typed, slowly enough that none can be found by trying.

A sender may be wrong five times an hour. Where wrong codes come from everywhere, every code is looked at only some
time after it was first typed, longer with every few wrong ones: changing the account is of no use, and who holds a
right code gets in a little later.
"""

from datetime import timedelta

from core.errors import Refused
from core.message import Inbound, Reply
from core.texts import joining as texts
from handlers.context import Context
from records import guesses, invitations
from records.guesses import Tried
from records.invitations import Invitation

MOST_OWN = 5
FREE_ON_A_PLATFORM = 30
FREE_ALTOGETHER = 60
COUNT_FOR = timedelta(hours=1)
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=1)
_DOUBLES_EVERY = 10  # wrong codes


async def look_at(message: Inbound, ctx: Context, code: str) -> Invitation | Reply:
    """What the code is good for, or what to answer. A wrong one is answered, not refused: its note must stay."""
    platform, sender = message.address.platform, message.sender
    tried = await guesses.since(ctx.session, platform, sender, ctx.now - COUNT_FOR)
    if tried.own >= MOST_OWN:
        raise Refused(texts.TOO_MANY_GUESSES)
    if (wait := pause(tried)) and (tried.held_since is None or tried.held_since + wait > ctx.now):
        if tried.held_since is None:
            await guesses.note(ctx.session, platform, sender, ctx.now, held=True)
        return Reply(texts.slowed((tried.held_since or ctx.now) + wait + SHORTEST))
    found = await invitations.find(ctx.session, code, ctx.now)
    if found is None:
        await guesses.note(ctx.session, platform, sender, ctx.now)
        return Reply(texts.CODE_WRONG)
    return found


def pause(tried: Tried) -> timedelta:
    """How long a code waits until it is looked at."""
    excess = max(tried.platform - FREE_ON_A_PLATFORM, tried.all - FREE_ALTOGETHER)
    if excess < 0:
        return timedelta(0)
    return min(LONGEST, SHORTEST * (1 << min(excess // _DOUBLES_EVERY, 6)))
