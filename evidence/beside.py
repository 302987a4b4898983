"""What whoever decides on a submission is told beside its files: what lies in them, what is wrong, what came before."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.evidence import Handed
from core.texts import evidence as texts
from evidence import told
from evidence.desk import Desk
from evidence.questions import known_faults
from evidence.repeated import to_giver, to_office
from records import facts, scans


@dataclass(frozen=True, slots=True)
class Beside:
    """A sentence each: `inside` of archives and films, `faults` of rules, `repeated`: handed in before, by whom;
    `unscanned` and `unseen`: files that were too large for the scanner, that nobody is shown.
    """

    inside: Sequence[str] = ()
    faults: Sequence[str] = ()
    repeated: Sequence[str] = ()
    unscanned: Sequence[str] = ()
    unseen: Sequence[str] = ()


async def beside(desk: Desk, handed: Handed, *, heads: bool) -> Beside:
    """`heads`: for who gives the school's word, else for the office."""
    submission = handed.submission
    return Beside(
        await told.to_office(desk, handed.files),
        await known_faults(desk, submission),
        await (to_giver if heads else to_office)(desk, submission),
        texts.not_scanned(await scans.too_large(desk.session, submission.id)),
        texts.hidden(await facts.hidden(desk.session, submission.id)),
    )
