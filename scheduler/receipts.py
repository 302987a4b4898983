"""Telling people what has become of their files: in the transaction that makes it so."""

from collections.abc import Callable, Sequence
from datetime import datetime

from core.clock import Clock
from core.message import Outbound
from core.texts import files as texts
from records import outbox, received, uploads
from records.files import FileStore
from records.received import Giver, Settled
from records.session import Begin, Session
from records.uploads import Part, Upload


async def tell(session: Session, giver: Giver, now: datetime) -> None:
    """One receipt for all that is settled and not told of; none while another file of the person is on its way.

    The files of the person are held (`received.hold`).
    """
    settled = await received.to_tell(session, giver)
    if not settled:
        return
    code = await received.give_code(session, giver, [one.id for one in settled])
    quoted = settled[-1].message_id if giver.group else ""
    message = Outbound(giver.address, _said(settled, now, code), reply_to=quoted, group=giver.group)
    person = None if giver.group else giver.person
    await outbox.put(session, message, f"{outbox.RECEIPT}{settled[0].id}", now, person=person)


async def finish_upload(session: Session, upload: Upload, now: datetime) -> Sequence[Part] | None:
    """Close the page: what came whole is received, and the person told. The files of the page; None: it was closed."""
    if not await uploads.hold(session, upload.id):
        return None
    await received.hold(session, upload.giver)
    parts = await uploads.parts(session, upload.id)
    for part in parts:
        if part.file:
            await received.hand_in(session, upload.giver, part.id, part.file, now)
    await uploads.close(session, upload.id, now)
    await tell(session, upload.giver, now)
    return parts


async def close_forgotten(begin: Begin, store: FileStore, clock: Clock, told: Callable[[], None]) -> None:
    """Finish the pages whose people left without closing them: what came whole is theirs and ours to confirm."""
    async with begin() as session:
        ids = await uploads.forgotten(session, clock())
    for id in ids:
        async with begin() as session:
            parts = await finish_upload(session, await uploads.get(session, id), clock())
        for part in parts or ():
            store.coming(part.id).unlink(missing_ok=True)
    if ids:
        told()


def _said(settled: Sequence[Settled], now: datetime, code: str) -> str:
    stored = [one.file for one in settled if one.file]
    missing = [one.name or texts.nameless(one.kind, "") for one in settled if not one.file]
    said = [texts.receipt(stored, now, code)] if stored else []
    return "\n".join([*said, texts.lost(missing)] if missing else said)
