"""One person on several chat services, and on which of them she wants to be written to."""

from datetime import timedelta

from core.errors import Refused
from core.message import Choice, Inbound, Reply, Talk
from core.people import State
from core.texts import joining as texts
from handlers.context import Context
from handlers.strangers import unit_name
from records import invitations, memberships, people
from records.invitations import Invitation

VALID_FOR = timedelta(minutes=15)
COMMAND = "/kenh"


async def other_channel(message: Inbound, ctx: Context, rest: str) -> Reply:
    """A code that links another account to the same person, once."""
    assert ctx.person is not None
    code, until = invitations.new_code(), ctx.now + VALID_FOR
    mine = Invitation(ctx.person.unit, ctx.person.role, ctx.person.id, made_by=ctx.person.id)
    await invitations.invite(ctx.session, mine, 1, until, code)
    return Reply(texts.channel_code(code, until))


async def link_to(message: Inbound, ctx: Context, code: str, person: int) -> Reply:
    """The account is this person's; never one that is somebody's already, whom a stranger's code would take over."""
    platform = message.address.platform
    before = await people.holder(ctx.session, platform, message.sender)
    if before and before.id == person:
        return Reply(texts.CODE_OF_YOURS)
    if before and await memberships.of_person(ctx.session, before.id, State.ACTIVE, State.PENDING):
        raise Refused(texts.account_is_anothers(unit_name(ctx, before.unit)))
    if not await invitations.take(ctx.session, code, ctx.now):
        return Reply(texts.CODE_WRONG)
    await people.link(ctx.session, platform, message.sender, person, ctx.now)
    known = await people.find_person(ctx.session, platform, message.sender)
    if known is None:  # has left in the meantime
        return Reply(texts.CODE_WRONG)
    return await ask_which(ctx, person, texts.channel_linked(known.name))


async def ask_which(ctx: Context, person: int, said: str) -> Reply:
    """What is said to who has just been linked, and the question where to write to her, until that is known."""
    accounts = await people.accounts(ctx.session, person)
    if len({account.platform for account in accounts}) < 2 or any(account.preferred for account in accounts):
        return Reply(said, talk=Talk())
    return Reply(f"{said}\n\n{texts.WHICH_CHANNEL}", _channels(accounts), talk=Talk())


async def choose_channel(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The person wants to be written to there; without a name it is asked where."""
    assert ctx.person is not None
    accounts = await people.accounts(ctx.session, ctx.person.id)
    if len(accounts) < 2:
        return Reply(texts.ONE_CHANNEL)
    wanted = rest.casefold().strip()
    for account in accounts:
        if wanted in (account.platform, texts.channel_name(account.platform).casefold()):
            await people.prefer(ctx.session, ctx.person.id, account.platform)
            return Reply(texts.channel_chosen(account.platform))
    return Reply(texts.WHICH_CHANNEL, _channels(accounts))


def _channels(accounts: tuple[people.Account, ...]) -> tuple[Choice, ...]:
    platforms = dict.fromkeys(account.platform for account in accounts)
    return tuple(Choice(texts.by_channel(platform), f"{COMMAND} {platform}") for platform in platforms)
