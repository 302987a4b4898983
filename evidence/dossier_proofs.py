"""What was handed in, as a dossier shows it."""

from core.dossier import Exhibit, Proof, Withheld
from core.evidence import Submission, days_late
from core.work import Due


def proof_of(
    submission: Submission, files: tuple[Exhibit | Withheld, ...], due: Due | None = None, *, title: str = ""
) -> Proof:
    """`due`: of the day that it is for, else as it was when it was placed.

    `title`: of the task it was handed in for, where something else stands above it, for which it cannot be late.
    """
    at = submission.handed_in_at or submission.opened_at
    exhibits = tuple(one for one in files if isinstance(one, Exhibit))
    withheld = tuple(one for one in files if isinstance(one, Withheld))
    late, deleted = 0 if title else days_late(due or submission.due, at), bool(submission.deleted_at)
    return Proof(submission.code, submission.state, at, late, exhibits, withheld, deleted, title)
