""" "Đã nhận": by a button, or in words; in a group anybody of it says so for the unit, in private each for herself."""

from datetime import timedelta

from core.message import Choice, Inbound, Reply
from core.texts import notice_reports as texts
from core.texts import notices as notice_texts
from handlers.context import Context
from handlers.evidence import desk_of
from noticing.sending import ACK, TEST
from records import memberships, notice_acks
from records.named import named_in

TESTED = timedelta(minutes=30)  # so long after a test copy, "đã nhận" may be an answer to it


async def acknowledge(message: Inbound, ctx: Context, rest: str) -> Reply | None:
    """ "CODE", the notice that is answered, else the only one that waits for it here."""
    person = ctx.person.id if ctx.person else None
    units = {one.unit for one in await memberships.of_person(ctx.session, person)} if person else None
    code = rest.strip()
    if not code and message.reply_to:
        key = (await named_in(ctx.session, message.address, message.reply_to)).key
        code = TEST if key.startswith(notice_acks.TEST_KEY) else await notice_acks.code_of(ctx.session, key)
    if code == TEST:
        return Reply(texts.TEST_ACKED)
    if not code:
        tested = not message.group and await notice_acks.tested_since(ctx.session, message.address, ctx.now - TESTED)
        hers = (None, ()) if message.group else (person, units or ())
        open_ones = await notice_acks.open_for(ctx.session, message.address, *hers)
        if not open_ones:
            return Reply(texts.TEST_ACKED if tested else texts.NOTHING_TO_ACK)
        if len(open_ones) > 1 or tested:
            picks = (Choice(notice_texts.beginning(text) or code, f"{ACK} {code}") for code, text in open_ones)
            return Reply(f"{texts.TEST_ACKED}\n{texts.WHICH_ACK}" if tested else texts.WHICH_ACK, tuple(picks))
        [(code, _)] = open_ones
    name = message.sender_name or texts.SOMEBODY
    done = await notice_acks.note(ctx.session, code, message.address, person, units, name, ctx.now, group=message.group)
    if done is None:
        return Reply(texts.NOT_FOR_YOU)
    if message.group and not done.fresh and message.pressed:
        return None  # one word for the group is enough
    units_of_it = ", ".join(map(desk_of(ctx).short_name, (done.unit, *done.also)))
    return Reply(texts.acked(units_of_it, done.by, fresh=done.fresh, when=done.at))
