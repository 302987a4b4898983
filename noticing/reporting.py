"""What the report of a notice is made of, the same for chat and for the staff site."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.notices import Fate, Notice, Recipient
from core.texts import notice_reports as texts
from evidence.desk import Desk
from noticing.preview import whom
from noticing.report import Tally, tally, without_word
from noticing.sheet import report_xlsx
from noticing.telling import root_of
from records import notice_recipients


@dataclass(frozen=True, slots=True)
class Known:
    """Who got it, and of its root, whose acknowledgements count, who was asked and has said nothing."""

    desk: Desk
    notice: Notice
    root: Notice
    found: Sequence[Recipient]
    asked: Sequence[Recipient]
    whom: str

    @property
    def counted(self) -> Tally:
        return tally(self.found, self.notice.audience)

    @property
    def answered(self) -> Tally:
        return tally(self.asked, self.root.audience, asks=self.root.asks)

    @property
    def silent(self) -> Sequence[Recipient]:
        return without_word(self.asked, self.root.audience) if self.root.asks else ()


async def known_of(desk: Desk, notice: Notice) -> Known:
    """As things stand."""
    root = await root_of(desk, notice)
    found = await notice_recipients.all_of(desk.session, notice.id)
    asked = found if root.id == notice.id else await notice_recipients.all_of(desk.session, root.id)
    return Known(desk, notice, root, found, asked, await whom(desk, notice))


def as_xlsx(known: Known) -> bytes:
    """Every recipient, and the counts on a second sheet."""
    notice, counted, answered = known.notice, known.counted, known.answered
    about = [
        (texts.ABOUT_CODE, notice.code),
        (texts.ABOUT_TEXT, notice.text),
        (texts.ABOUT_WHOM, known.whom),
        (texts.ABOUT_STAGE, texts.stage(notice, known.desk.now, None)),
        (texts.ABOUT_AT, texts.moment(known.desk.now)),
        (texts.ABOUT_ALL, str(counted.all)),
    ]
    about += [(texts.FATES[fate], str(counted.fates[fate])) for fate in Fate if counted.fates[fate]]
    about += [(texts.ACKED, f"{answered.acked}/{answered.asked}")] if known.root.asks else []
    return report_xlsx(known.desk, known.found, about)
