"""The commands and plain words about notices, each with its handler."""

import re
from collections.abc import Mapping

from core.codes import CODE
from core.message import Inbound, Reply
from handlers import notice_acks, notice_approving, notice_audience, notice_running, notices
from handlers.awaited import awaited_by
from handlers.context import Context, Does
from knowledge.fold import fold

_TO = re.compile(r"/?(?:gui )?thong bao (?:cho|toi|den) (?P<rest>[^:\n]+:\s.+)", re.DOTALL)


async def begin(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "cho WHOM: WORDS", or what `notices.begin` takes."""
    to = _TO.fullmatch(f"thong bao {fold(rest)}")
    if to is None:
        return await notices.begin(message, ctx, rest)
    return await notice_audience.write_to(message, ctx, rest[to.start("rest") - len("thong bao ") :])


COMMANDS: Mapping[str, Does] = {
    "thongbao": begin,
    "thongbaocho": notice_audience.write_to,
    "noidungtb": notices.write,
    "noinhantb": notice_audience.set_whom,
    "thieutb": notice_audience.set_missing,
    "bottb": notice_audience.leave_out,
    "hentb": notices.set_time,
    "xemtb": notices.show,
    "thutb": notices.test,
    "mautb": notices.use_template,
    "luutb": notice_audience.keep,
    "xoatb": notice_audience.throw_away,
    "luu": notice_audience.show_kept,
    "guitb": notice_running.send,
    "tiendotb": notice_running.show_progress,
    "tamdungtb": notice_running.pause,
    "tieptuctb": notice_running.resume,
    "huytb": notice_running.cancel,
    "nhaclaitb": notice_running.remind,
    "dinhchinhtb": notice_running.correct,
    "baocaotb": notice_running.report,
    "duyettb": notice_approving.approve,
    "khongduyettb": notice_approving.disapprove,
    "danhan": notice_acks.acknowledge,
}
_AWAITED = ("thongbao", "noidungtb", "noinhantb", "bottb", "hentb", "dinhchinhtb")  # what the next words are for
_WHATEVER = (
    "thongbao",
    "noidungtb",
    "dinhchinhtb",
)  # a question may be what is to be written; of whom, or when, it is none

_POLITE = r"(?: (?:a|nhe|nha|roi|roi a|em a|bot))*"
_CODE = rf"(?: (?P<rest>{CODE}))?"
_WORDS = tuple(
    (re.compile(pattern, re.DOTALL), command)
    for pattern, command in (
        (
            rf"(?:(?:da|vang|toi|em|minh|co|thay|truong|don vi),? )*(?:da )?nhan (?:duoc )?(?:thong bao|tb){_POLITE}",
            "danhan",
        ),
        (rf"(?:(?:da|vang|toi|em|minh|co|thay|truong|don vi),? )*da nhan(?: duoc)?{_POLITE}", "danhan"),
        (r"(?:gui|soan|viet|tao) (?:mot )?thong bao(?: moi)?", "thongbao"),
        (rf"(?:xem )?(?:tien do|bao cao) thong bao{_CODE}", "tiendotb"),
        (rf"tam dung(?: gui)? thong bao{_CODE}", "tamdungtb"),
        (rf"(?:gui tiep|tiep tuc(?: gui)?) thong bao{_CODE}", "tieptuctb"),
        (rf"(?:huy|dung han|thoi gui) thong bao{_CODE}", "huytb"),
        (rf"nhac (?:lai )?(?:nhung ai|nhung noi|noi|ai|cac noi) chua (?:bao )?nhan(?: thong bao)?{_CODE}", "nhaclaitb"),
        (rf"nhac lai thong bao{_CODE}", "nhaclaitb"),
        (rf"dinh chinh thong bao{_CODE}", "dinhchinhtb"),
        (r"(?:soan |gui )?thong bao theo mau (?P<rest>.+)", "mautb"),
        (r"(?:xem )?(?:mau|danh sach) thong bao|(?:mau|danh sach) da luu", "luu"),
    )
)
_WHO = re.compile(
    r"(?:nhung )?(?:ai|(?:noi|truong|don vi) nao)(?: con)? chua (?:bao |xac nhan )?(?:da )?nhan(?: duoc)? thong bao"
    rf"{_CODE}"
)
_KEPT = re.compile(r"(?P<what>luu|xoa) (?P<kind>mau|danh sach) (?P<name>(?!giao vien|hieu truong).+)")
_KINDS = {"mau": "template", "danh sach": "list"}


def in_words(text: str) -> tuple[str, str] | None:
    """The command that plain words stand for, and what follows it; None: they are about something else."""
    said = text.strip(" \n.!")
    folded = fold(said)
    if to := _TO.fullmatch(folded):  # what is to be written may be a question
        return "thongbaocho", said[to.start("rest") :]
    if who := _WHO.fullmatch(folded.rstrip(" ?")):
        return "tiendotb", who["rest"] or ""
    if said.endswith("?"):
        return None
    if kept := _KEPT.fullmatch(folded):
        name = said[kept.start("name") :]
        return ("luutb" if kept["what"] == "luu" else "xoatb"), f"{_KINDS[kept['kind']]} {name}"
    for pattern, command in _WORDS:
        if found := pattern.fullmatch(folded):
            start, end = found.span("rest") if "rest" in pattern.groupindex else (0, 0)
            return command, said[start:end] if start >= 0 else ""
    return None


def answers(command: str, said: str) -> bool:
    """Whether these words are what the command asked for, not an order of their own; a text may begin like one."""
    order, _ = in_words(said) or ("", "")
    return bool(command) and (not order or (order == "thongbaocho" and command in _WHATEVER))


def awaited(message: Inbound, ctx: Context) -> tuple[str, str]:
    """The command whose question these words answer, and what it is about; empty: none."""
    asks = message.text.rstrip().endswith("?")
    for command in _AWAITED if not asks else _WHATEVER:
        if about := awaited_by(f"/{command}", ctx):
            return command, about
    return "", ""
