"""What who does not give the unit's word is answered; who did, in a principal's stead, is told that it is over."""

from core.errors import Refused
from core.people import Person
from core.texts.deputies import YOURS_IS_OVER
from evidence.desk import Desk


async def refused(desk: Desk, person: Person | None, unit: str | None, text: str) -> Refused:
    """To be raised: with `text`, but for who was this school's deputy."""
    over = person is not None and await desk.stood_in(person.id, unit)
    return Refused(YOURS_IS_OVER if over else text)
