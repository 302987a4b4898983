"""The commands and plain words about who is who, each with its handler."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

from core.message import Inbound, Reply
from evidence.staffing import MANAGERS
from handlers import account, confirming, inviting, linking, listed, members
from handlers import groups as binding
from handlers.context import Context
from handlers.joining import join_by_code
from handlers.strangers import how_to_join
from knowledge.fold import fold

Handler = Callable[[Inbound, Context], Awaitable[Reply | None]]
Does = Callable[[Inbound, Context, str], Awaitable[Reply]]

CODE = re.compile(r"(?=\D*\d)[a-z0-9]{4}[- ]?[a-z0-9]{4}")  # as `invitations.new_code` makes them
_WRITTEN = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}")  # so that no question is one
_JOIN = re.compile(r"(?:tham gia|ma)(?: ma)?:? +(\S.*)")
_PERSONS_NAME = re.compile(r"(?:[^\W\d_]+ ){1,5}[^\W\d_]+")

_PERSONAL: dict[str, Does] = {
    "toila": listed.i_am,
    "tentoi": listed.my_name,
    "dulieu": account.my_data,
    "laydulieu": account.export,
    "noikenh": linking.other_channel,
    "kenh": linking.choose_channel,
    "doidonvi": account.switch_unit,
    "roidonvi": account.leave_unit,
    "xacnhan": confirming.confirm,
    "tuchoi": confirming.refuse,
    "giaovien": members.list_members,
    "them": inviting.add_member,
    "xoa": members.remove_member,
    "moi": inviting.invite,
    "thuhoi": inviting.revoke,
}

_ROLE = r"(?:giao vien|hieu truong|can bo quan ly|chuyen vien)"
_WORDS = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"(?:toi|em|minh|co) (?:ten )?la (?P<rest>.+)", "tentoi"),
        (r"ten (?:cua )?(?:toi|em|minh|co) la (?P<rest>.+)", "tentoi"),
        (r"(?:xem )?du lieu cua (?:toi|em|minh|co)", "dulieu"),
        (r"(?:lay|xuat|tai)(?: ve)? du lieu cua (?:toi|em|minh|co)", "laydulieu"),
        (r"xoa du lieu(?: cua (?:toi|em|minh|co))?", "xoadulieu"),
        (r"noi (?:them )?kenh(?: khac)?", "noikenh"),
        (r"kenh nhan tin", "kenh"),
        (r"nhan tin qua (?P<rest>zalo(?: oa)?|telegram|trang web)", "kenh"),
        (r"doi don vi", "doidonvi"),
        (r"chuyen sang (?P<rest>(?:truong|phong|so|ubnd|xa|phuong|mn|mam non) .+)", "doidonvi"),
        (r"roi don vi", "roidonvi"),
        (r"go nhom(?: nay)?", "gonhom"),
        (r"gan nhom(?: nay)?(?: voi (?P<rest>.+))?", "gannhom"),
    )
)
_MANAGERS_WORDS = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (rf"(?:danh sach )?{_ROLE}", "giaovien"),
        (rf"them (?P<rest>{_ROLE}.*)", "them"),
        (rf"(?:xoa|go|bo) (?P<rest>{_ROLE}.*)", "xoa"),
        (rf"moi (?P<rest>{_ROLE}.*)", "moi"),
        (r"thu hoi(?: ma)?(?P<rest> .+)?", "thuhoi"),
    )
)


def command(name: str, rest: str) -> Handler | None:
    """The handler of a command about who is who; None: it is none of these."""
    if name == "thamgia" or (name == "start" and rest):
        return _join(rest)
    if name == "taikhoan":
        return account.show_account
    if name in ("gonhom", "gannhom"):
        return _with(binding.unbind_group if name == "gonhom" else _bind, rest)
    if name == "xoadulieu":
        return _private(account.erase_me, fold(rest))
    return _known(_PERSONAL[name], rest) if name in _PERSONAL else None


def words(message: Inbound, ctx: Context) -> Handler | None:
    """The handler for plain words about who is who; None: they are about something else."""
    text = message.text.strip(" \n.!?")
    folded = fold(text)
    if code := _code(folded, bare=ctx.person is None or bool(_WRITTEN.fullmatch(text))):
        return _join(code)
    manager = ctx.person is not None and ctx.person.role in MANAGERS
    for pattern, name in (*_WORDS, *(_MANAGERS_WORDS if manager else ())):
        if found := pattern.fullmatch(folded):
            start, end = found.span("rest") if "rest" in pattern.groupindex else (0, 0)
            rest = text[start:end].strip() if start >= 0 else ""
            return command(name, rest) if _fits(name, rest) else None
    return None


def _code(folded: str, *, bare: bool) -> str:
    """The joining code in "tham gia MÃ"; `bare`: also where it stands alone. A code has a digit, words have none."""
    match = _JOIN.fullmatch(folded)
    code = match[1] if match else folded if bare else ""
    return code if CODE.fullmatch(code) else ""


def _fits(name: str, rest: str) -> bool:
    """Whether what follows the words is what the command is about; else they are a question."""
    if name == "tentoi":
        return _is_name(rest)
    return name != "them" or _is_somebody(rest)


def _is_name(words: str) -> bool:
    """As names are written: two to six words, each with a capital."""
    return bool(_PERSONS_NAME.fullmatch(words)) and all(word[0].isupper() for word in words.split())


def _is_somebody(rest: str) -> bool:
    """Whether "thêm giáo viên …" goes on with a name, as names are written, or with a number; else it is a question."""
    _, named = members.split_role(rest)
    if any(char.isdigit() for char in named) or not named:
        return True
    place = inviting.PLACE.search(fold(named))
    return _is_name((named[: place.start()] if place else named).strip())


def _join(rest: str) -> Handler:
    async def join(message: Inbound, ctx: Context) -> Reply:
        if not message.group:
            return await join_by_code(message, ctx, rest)
        by_code = CODE.fullmatch(fold(rest)) and ctx.index.tree.get(rest) is None
        return await (binding.bind_group_by_code if by_code else binding.bind_group)(message, ctx, rest)

    return join


async def _bind(message: Inbound, ctx: Context, rest: str) -> Reply:
    return (
        await binding.bind_group(message, ctx, rest) if message.group else await binding.unbind_group(message, ctx, "")
    )


def _with(does: Does, rest: str) -> Handler:
    async def handler(message: Inbound, ctx: Context) -> Reply:
        return await does(message, ctx, rest)

    return handler


def _private(does: Does, rest: str) -> Handler:
    async def handler(message: Inbound, ctx: Context) -> Reply:
        return replace(await does(message, ctx, rest), private=True)

    return handler


def _known(does: Does, rest: str) -> Handler:
    """Personal; who is not known is told how to join."""

    async def handler(message: Inbound, ctx: Context) -> Reply:
        if ctx.person is None:
            return await how_to_join(message, ctx)
        return replace(await does(message, ctx, fold(rest) if does in _FOLDED else rest), private=True)

    return handler


_FOLDED = (listed.i_am, account.leave_unit)
