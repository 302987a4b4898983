"""Who cannot be written to any more is told to the operator: by units, once a day."""

from core.clock import Clock, local_day
from core.texts import outbox as texts
from records import alerts, reach
from records.session import Begin
from records.units import all_units

ALERT = "unreachable"  # the key


async def tell_cut_off(begin: Begin, clock: Clock) -> None:
    """May run any number of times a day; what changes after the first is told on the next."""
    now = clock()
    async with begin() as session:
        names = {unit.code: unit.name for unit in await all_units(session)}
        lost = await reach.groups_cut_off(session)
        groups = sorted(names[code] for code in lost)
        unheard = sorted(names[code] for code in await reach.unheard(session, lost, local_day(now)))
        people = {names[code]: count for code, count in sorted((await reach.people_cut_off(session)).items())}
        if not groups and not people:
            await alerts.clear_alert(session, ALERT, now)
            return
        told = [alert for alert in await alerts.open_alerts(session) if alert.key == ALERT]
        if not told or local_day(told[0].raised_at) != local_day(now):
            await alerts.raise_alert(session, ALERT, texts.cut_off(groups, unheard, people), now)
