"""Killed at any moment while groups are reminded and noticed: nothing is lost, twice goes only what was under way."""

from pathlib import Path

from records.session import Begin
from tests.fakes.chaos import kill_at_random

GROUPS, KILLS = 40, 6
LATER = 31  # seconds: what the dead process had claimed is free


async def test_nothing_is_lost_and_only_what_was_in_flight_at_a_kill_is_repeated(
    database_url: str, begin: Begin, tmp_path: Path
) -> None:
    replicas = 1 if database_url.startswith("sqlite") else 2
    chaos = await kill_at_random(
        begin, database_url, tmp_path, groups=GROUPS, kills=KILLS, replicas=replicas, later=LATER
    )
    assert chaos.kills == KILLS + replicas
    assert chaos.lost == set()
    assert not chaos.unexplained
    assert chaos.most_at_a_kill <= 1
    assert chaos.repeats.total() <= chaos.kills
    assert len(chaos.accepted) == chaos.queued >= 2 * GROUPS
