"""The district whose officers send documents, with its staff site."""

from dataclasses import dataclass

from tests.drafting.stage import Desks
from tests.web.dossier_stage import DossierStage


@dataclass
class Papers(Desks, DossierStage):
    """`nga` is another officer of hanh's office, `quan-tri` an administrator in it."""

    async def opens(self) -> "Papers":
        await super().opens()
        return self
