"""Documents that say something else of a task."""

from dataclasses import replace

from core.work import Obligation, TaskRef
from knowledge.index import Index
from tests.evidence.stage import District


def with_task(here: District, ref: TaskRef, **other: object) -> None:
    """As if the document said that of this task."""
    volumes = [volume.shelved for volume in here.school.index.volumes]
    at = next(n for n, one in enumerate(volumes) if one.id == ref.document)
    tasks = list(volumes[at].plan.obligations)
    changed: Obligation = replace(tasks[ref.number], **other)  # type: ignore[arg-type]
    tasks[ref.number] = changed
    volumes[at] = replace(volumes[at], plan=replace(volumes[at].plan, obligations=tuple(tasks)))
    here.school.index = Index.of(volumes, here.school.index.tree)
