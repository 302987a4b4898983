"""What was handed in, as a dossier shows it."""

from core.dossier import Exhibit, Proof, Withheld
from core.evidence import Submission, days_late


def proof_of(submission: Submission, files: tuple[Exhibit | Withheld, ...], title: str = "") -> Proof:
    """`title`: of the task it was handed in for, where something else stands above it, for which it cannot be late."""
    at = submission.handed_in_at or submission.opened_at
    exhibits = tuple(one for one in files if isinstance(one, Exhibit))
    withheld = tuple(one for one in files if isinstance(one, Withheld))
    late, deleted = 0 if title else days_late(submission.due, at), bool(submission.deleted_at)
    return Proof(submission.code, submission.state, at, late, exhibits, withheld, deleted, title)
