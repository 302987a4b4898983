"""Plain words that mean a command, and the commands themselves in every spelling."""

import re

from core.codes import CODE
from knowledge.fold import fold

_COMMAND = re.compile(r"/([^\s@/]+)(?:@\S+)?(?:\s+(.*))?", re.DOTALL)
_POLITE = r"(?: (?:a|nhe|nha|vay|di|em|co|thay|ban|bot))*"
_CANCEL = re.compile(rf"(?:huy(?: bo)?|thoi|bo qua|de sau|(?:thoi )?khong (?:hoi|can)(?: nua)?){_POLITE}")
_COURTESY = re.compile(
    r"(?:vang|da|ok|oke|okie|(?:da |toi |em )?(?:ro|hieu)(?: roi)?|duoc roi|(?:xin )?cam on|thanks?)"
    rf"{_POLITE}(?:,? (?:vang|da|ok|cam on|nhieu){_POLITE})*"
)

_COMMANDS_OF = {
    "tro giup": "trogiup",
    "giup": "trogiup",
    "giup do": "trogiup",
    "help": "trogiup",
    "start": "trogiup",
    "bat dau": "trogiup",
    "thang nay": "thangnay",
    "tuan nay": "tuannay",
    "han": "han",
    "han nop": "han",
    "tai khoan": "taikhoan",
    "tham gia": "thamgia",
    "nop": "nop",
    "nop minh chung": "nop",
    "gui tep": "nop",
    "duyet": "duyet",
    "tien do": "tiendo",
    "duyet minh chung": "duyet",
    "lich": "lich",
    "lich nhac": "lich",
    "dang nhac gi": "lich",
    "da nhac ai": "danhac",
    "da nhac ai viec nay": "danhac",
    "thoi nhac": "thoinhac",
    "thoi nhac viec nay": "thoinhac",
    "xoa minh chung": "xoaminhchung",
    "bien ban xoa": "bienbanxoa",
    "nhat ky": "nhatky",
    "dung chung": "dungchung",
    "rut lai": "rutlai",
    "tra loi": "traloi",
    "thong bao": "thongbao",
    "dua vao kho": "vaokho",
    "trang quan ly": "trang",
    "mo trang quan ly": "trang",
    "vao trang quan ly": "trang",
    "link trang quan ly": "trang",
    "dang nhap trang quan ly": "trang",
    "dang xuat": "dangxuat",
    "dang xuat moi noi": "dangxuat",
    "dang xuat trang quan ly": "dangxuat",
}

_PROGRESS_OF = re.compile(r"(?:xem )?tien do (?:cua |trong )?(?P<when>(?:thang|tuan|quy|hoc ky)\b.*)", re.DOTALL)

_OF_A_CODE = {
    "minh chung": "minhchung",
    "rut lai": "rutlai",
    "rut": "rutlai",
    "van nop": "vannop",
    "tra loi": "traloi",
    "nhat ky": "nhatky",
    "dung chung": "dungchung",
    "tieu chi": "tieuchi",
    "xoa minh chung": "xoaminhchung",
    "bien ban xoa": "bienbanxoa",
    "vao so": "vaoso",
    "ghi so": "vaoso",
    "vao kho": "vaokho",
    "dua vao kho": "vaokho",
    "rut khoi kho": "rutkho",
}
_ABOUT = rf"({'|'.join(_OF_A_CODE)})(?: ma)? "
_ABOUT_A_CODE = re.compile(rf"{_ABOUT}({CODE})(?:[\s:,.]+(.*))?", re.DOTALL)  # as they are made
_INTO_STORE = re.compile(r"dua(?: ma)? ([a-z2-9]{6}) vao kho(?: hoc lieu)?(?: dung chung)?(?:[\s:,.]+(.*))?", re.DOTALL)
_NEAR_A_CODE = re.compile(rf"(?!minh chung){_ABOUT}([a-z0-9]{{5,8}})[.!]?")


def command(text: str) -> tuple[str, str]:
    """The command's name without marks and what follows it; plain words that mean a command count as one.

    Empty: it is none.
    """
    said = fold(text).strip(" \n.!?/")
    plain = "huy" if _CANCEL.fullmatch(said) else _COMMANDS_OF.get(said, "")
    match = _COMMAND.fullmatch(text.strip())
    if match and not (plain and " " in said):  # "/tiến độ"
        return fold(match[1]), (match[2] or "").strip()
    if of_time := _PROGRESS_OF.fullmatch(said):
        return "tiendo", of_time["when"]
    return plain, ""


def about_a_code(text: str) -> tuple[str, str] | None:
    """ "rút lại H7K2QM" as a command and what follows it, also with a slip in the code; None: it is neither."""
    said = text.strip()
    if found := _ABOUT_A_CODE.fullmatch(fold(said)):
        words = said[found.start(3) :] if found[3] else ""
        return _OF_A_CODE[found[1]], f"{said[found.start(2) : found.end(2)]} {words}".strip()
    if found := _INTO_STORE.fullmatch(fold(said)):
        title = said[found.start(2) :] if found[2] else ""
        return "vaokho", f"{said[found.start(1) : found.end(1)]} {title}".strip()
    if (near := _NEAR_A_CODE.fullmatch(fold(said))) and _looks_like_a_code(said[near.start(2) : near.end(2)]):
        return _OF_A_CODE[near[1]], near[2]
    return None


def is_courtesy(text: str) -> bool:
    """Thanks and the like, that ask for nothing."""
    return bool(_COURTESY.fullmatch(fold(text).strip(" \n.!,?")))


def _looks_like_a_code(word: str) -> bool:
    return word.isupper() or any(char.isdecimal() for char in word)
