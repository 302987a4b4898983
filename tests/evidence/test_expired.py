"""What was deleted at the end of its time has no files any more: it is not handed in, confirmed or shared."""

from pathlib import Path

import pytest
from sqlalchemy import update

from core.texts import evidence as texts
from records.evidence_tables import SubmissionRow
from records.session import Begin
from tests.evidence.privacy_stage import KEPT, PrivacyStage
from tests.fakes.clock import StillClock


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> PrivacyStage:
    return await PrivacyStage(begin, clock, tmp_path / "files").opens()


async def expired(here: PrivacyStage, who: str, state: str, text: str = "cân đo lần 2") -> str:
    """The code of what this person handed in, which stands so and is over."""
    await here.hands_in(who, "a", text=text)
    await here.after(KEPT - 30)
    await here.after(30)
    [row] = await here.rows()
    assert (row.state, bool(row.deleted_at)) == (state, True)
    return row.code


async def test_the_principal_cannot_confirm_it(here: PrivacyStage) -> None:
    code = await expired(here, "lan", "held")
    assert await here.says("huong", f"/dongynop {code}") == texts.EXPIRED
    assert [state for _, state in await here.states()] == ["held"]
    await here.says("huong", f"/chuanop {code}")
    assert [state for _, state in await here.states()] == ["withdrawn"]


async def test_no_task_can_be_named_for_it(here: PrivacyStage) -> None:
    code = await expired(here, "lan", "unplaced", text="")
    for rest in ("2.52", "khac 1", "cân đo lần 2"):
        assert await here.says("lan", f"/minhchung {code} {rest}") == texts.EXPIRED
    assert await here.states() == [("", "unplaced")]
    assert await here.says("lan", f"/minhchung {code} khong") == texts.KEPT


async def test_it_is_not_shared(here: PrivacyStage) -> None:
    code = await expired(here, "huong", "submitted")
    for rest in ("", " 2.10"):
        assert await here.says("huong", f"/dungchung {code}{rest}") == texts.EXPIRED
    assert len(await here.rows()) == 1


async def test_what_breaks_a_rule_is_not_handed_in_anyway(here: PrivacyStage) -> None:
    code = await expired(here, "huong", "submitted")
    async with here.begin() as session:
        await session.execute(update(SubmissionRow).values(state="questioned"))
    assert await here.says("huong", f"/vannop {code}") == texts.EXPIRED
    assert [state for _, state in await here.states()] == ["questioned"]
