"""The published documents as they stand: what later ones have changed is changed."""

from core.work import Shelved
from knowledge.amending import amended
from records import amendments, documents
from records.session import Session


async def on_shelf(session: Session) -> list[Shelved]:
    """Every published document, oldest first."""
    return amended(await documents.shelved(session), await amendments.all_of_them(session))
