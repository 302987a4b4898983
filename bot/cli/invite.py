"""invite: a joining code for a unit and a role or for one person, with its link, QR and poster; taking a code back."""

import asyncio
import io
from argparse import Namespace
from datetime import datetime, timedelta
from pathlib import Path

import segno

from bot.cli.arguments import ROLES, days, unit_of, uses
from bot.cli.database import opened
from bot.cli.parser import Commands, WrongUse
from bot.platforms.telegram import Telegram
from bot.settings import Settings
from core.clock import system_clock
from core.errors import BadInput, FetchFailed
from core.names import clean_phone
from core.people import Member, Role, UnitTree
from core.texts import commands as texts
from core.texts import poster as poster_texts
from knowledge.fold import fold
from records import memberships
from records.invitations import Invitation, invite, new_code, revoke
from records.session import Session
from records.units import all_units
from web.poster import draw, of_code

POSTERS = (".html", ".svg", ".png")


def add(commands: Commands) -> None:
    """The command and its arguments."""
    parser = commands.add_parser(
        "invite",
        help=texts.INVITE,
        description=texts.INVITE,
        epilog=texts.example(*texts.INVITE_EXAMPLES),
    )
    parser.add_argument("--unit", metavar="CODE", help=texts.UNIT)
    parser.add_argument("--role", choices=ROLES, metavar="ROLE", help=texts.INVITED_ROLE)
    parser.add_argument("--person", metavar="NAME", help=texts.INVITED_PERSON)
    parser.add_argument("--uses", type=uses, default=1, metavar="N", help=texts.USES)
    parser.add_argument("--days", type=days, default=14, metavar="N", help=texts.DAYS)
    parser.add_argument("--confirm", action="store_true", help=texts.CONFIRM)
    parser.add_argument("--poster", type=Path, metavar="FILE", help=texts.POSTER)
    parser.add_argument("--revoke", metavar="CODE", help=texts.REVOKE)
    parser.set_defaults(run=run, check=check)


def check(args: Namespace) -> str:
    """What is wrong with the arguments together; empty: nothing."""
    if not (args.revoke or args.person or (args.unit and args.role)):
        return texts.WHOM_TO_INVITE
    if args.poster and args.poster.suffix.lower() not in POSTERS:
        return texts.POSTER_KINDS
    return ""


def run(args: Namespace, settings: Settings) -> int:
    """The code is kept only as a hash: it is shown this once."""
    print(asyncio.run((_revoke if args.revoke else _invite)(args, settings)))
    return 0


async def _invite(args: Namespace, settings: Settings) -> str:
    code, until = new_code(), system_clock() + timedelta(days=args.days)
    async with opened(settings) as begin, begin() as session:
        tree = UnitTree.of(await all_units(session))
        invitation, name = await _whom(session, tree, args)
        await invite(session, invitation, 1 if invitation.person else args.uses, until, code)
    role, number = invitation.role.value, 1 if invitation.person else args.uses
    lines = [texts.invitation(code, name, role, number, until), texts.how_to_join(code)]
    bot = await _bot_name(settings)
    link = f"https://t.me/{bot}?start={code}" if bot else ""
    if link:
        lines += [texts.join_link(link), _qr(link)]
    if args.poster:
        _draw(args.poster, code, name, link, until)
        lines.append(texts.poster_drawn(str(args.poster)))
    return "\n".join(lines)


async def _revoke(args: Namespace, settings: Settings) -> str:
    async with opened(settings) as begin, begin() as session:
        if not await revoke(session, args.revoke, system_clock()):
            raise BadInput(texts.NO_SUCH_CODE)
    return texts.REVOKED


async def _whom(session: Session, tree: UnitTree, args: Namespace) -> tuple[Invitation, str]:
    """What the code is good for, and for whom in words."""
    unit = unit_of(tree, args.unit) if args.unit else None
    if not args.person:
        assert unit is not None
        return Invitation(unit.code, Role(args.role), confirm=args.confirm), unit.name
    units = [unit.code] if unit else list(tree.units)
    everybody = await memberships.members(session, units, [Role(args.role)] if args.role else list(Role))
    one = _called(args.person, everybody)
    place = one.membership
    own = Invitation(place.unit, place.role, place.person)
    return own, f"{one.name}, {tree.units[place.unit].name}"


def _called(words: str, everybody: tuple[Member, ...]) -> Member:
    """The one with this name or number. Raises WrongUse."""
    name, phone = fold(words), clean_phone(words)
    found = [one for one in everybody if fold(one.name) == name or (phone and one.phone == phone)]
    if len({one.membership.person for one in found}) != 1:
        raise WrongUse(texts.several_people(words) if found else texts.nobody_called(words))
    return found[0]


async def _bot_name(settings: Settings) -> str:
    """The bot's name with Telegram; empty where no token is set or the service is out of reach."""
    if settings.telegram_token is None:
        return ""
    telegram = Telegram.open(settings.telegram_token.get_secret_value(), settings.telegram_api_url)
    try:
        return (await telegram.who()).username
    except FetchFailed:
        return ""
    finally:
        await telegram.close()


def _draw(file: Path, code: str, unit: str, link: str, until: datetime) -> None:
    """A page to print, or the QR alone as a picture; without a link the QR holds the words to send."""
    if file.suffix.lower() == ".html":
        file.write_text(draw(of_code(unit, code, link, until)), encoding="utf-8")
    else:
        segno.make(link or poster_texts.words(code), micro=False, error="m").save(str(file), scale=12, border=4)


def _qr(link: str) -> str:
    """As blocks of text, for a phone to read off the screen."""
    out = io.StringIO()
    segno.make(link, micro=False).terminal(out, compact=True)
    return out.getvalue()
