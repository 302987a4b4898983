"""Words people and offices shorten, and the words that carry no subject; all folded.

Abbreviations are spelt out in documents and in questions alike, so that "PGD" meets "Phòng GD&ĐT".
"""

import re

# one written word -> the words it stands for
SHORT: dict[str, str] = {
    "gdmn": "giao duc mam non",
    "csgdmn": "co so giao duc mam non",
    "csgd": "co so giao duc",
    "csgdmnncl": "co so giao duc mam non ngoai cong lap",
    "ncl": "ngoai cong lap",
    "mn": "mam non",
    "mg": "mau giao",
    "cbgvnv": "can bo giao vien nhan vien",
    "cbgv": "can bo giao vien",
    "cbql": "can bo quan ly",
    "cbccvc": "can bo cong chuc vien chuc",
    "gv": "giao vien",
    "gvmn": "giao vien mam non",
    "nv": "nhan vien",
    "hs": "ho so",
    "pgd": "phong giao duc",
    "pgddt": "phong giao duc",
    "sgd": "so giao duc",
    "sgddt": "so giao duc",
    "gddt": "giao duc dao tao",
    "bgd": "bo giao duc",
    "bgddt": "bo giao duc",
    "vhxh": "van hoa xa hoi",
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "ht": "hieu truong",
    "pht": "pho hieu truong",
    "bc": "bao cao",
    "kh": "ke hoach",
    "cv": "cong van",
    "qd": "quyet dinh",
    "tt": "thong tu",
    "nq": "nghi quyet",
    "nd": "nghi dinh",
    "ct": "chi thi",
    "vb": "van ban",
    "hk": "hoc ky",
    "hk1": "hoc ky 1",
    "hk2": "hoc ky 2",
    "hki": "hoc ky 1",
    "hkii": "hoc ky 2",
    "hocky1": "hoc ky 1",
    "hocky2": "hoc ky 2",
    "sl": "so lieu",
    "ds": "danh sach",
    "qg": "quoc gia",
    "cqg": "chuan quoc gia",
    "kdcl": "kiem dinh chat luong",
    "kdclgd": "kiem dinh chat luong giao duc",
    "gvdg": "giao vien day gioi",
    "gvg": "giao vien gioi",
    "skkn": "sang kien kinh nghiem",
    "csvc": "co so vat chat",
    "cntt": "cong nghe thong tin",
    "cds": "chuyen doi so",
    "atgt": "an toan giao thong",
    "attp": "an toan thuc pham",
    "vsattp": "ve sinh an toan thuc pham",
    "pccc": "phong chay chua chay",
    "pc": "pho cap",
    "pcgd": "pho cap giao duc",
    "pcgdmn": "pho cap giao duc mam non",
    "pcgdmnt5t": "pho cap giao duc mam non tre 5 tuoi",
    "pcgdmnte5t": "pho cap giao duc mam non tre 5 tuoi",
    "pcgdmntent": "pho cap giao duc mam non tre 5 tuoi",
    "gdmnt5t": "giao duc mam non tre 5 tuoi",
    "gdmnte5t": "giao duc mam non tre 5 tuoi",
    "xmc": "xoa mu chu",
    "ktra": "kiem tra",
    "kt": "kiem tra",
    "hnghi": "hoi nghi",
    "hthao": "hoi thao",
    "csdl": "co so du lieu",
    "dddctb": "do dung do choi thiet bi",
    "ddctb": "do dung do choi thiet bi",
    "dddc": "do dung do choi",
    "sdt": "so dien thoai",
    "dt": "dien thoai",
    "gcn": "giay chung nhan",
    "tp": "thanh pho",
    "tnvn": "toi yeu viet nam",
    "cmhs": "cha me hoc sinh",
    "ph": "phu huynh",
    "dl": "han nop",
    "deadline": "han nop",
    "dealine": "han nop",
    "bn": "bao nhieu",
    "bnhieu": "bao nhieu",
    "bh": "bao gio",
    "bjo": "bao gio",
    "bg": "bao gio",
    "j": "gi",
    "ji": "gi",
    "zi": "gi",
    "hnay": "hom nay",
    "hn": "hom nay",
    "hqua": "hom qua",
    "nmai": "ngay mai",
    "dc": "duoc",
    "dk": "dang ky",
    "dky": "dang ky",
    "dki": "dang ky",
    "trc": "truoc",
    "tg": "thoi gian",
    "trg": "truong",
    "truog": "truong",
    "ng": "nguoi",
    "vs": "voi",
    "wa": "qua",
    "ntn": "nhu the nao",
    "lm": "lam",
    "lsao": "lam sao",
    "ls": "lam sao",
    "mik": "minh",
    "mk": "minh",
    "mh": "minh",
    "xog": "xong",
    "tl": "tai lieu",
    "cdo": "can do",
    "tdkt": "thi dua khen thuong",
}

# a lone "k", "ko" … asks or denies; it never names a subject
NEGATIONS = frozenset("k ko khg kh0 hok hong hk0 hem kg khum hong".split())

# syllables that never name a subject
HARD_STOP = frozenset(
    """a ad add admin ah e em eu oi u uh ok oke nhe vay gi nao khong roi cua voi va la duoc nhung cac cung nua luon
    y z v lun hen neu rang xin vi minh toi""".split()
)

# syllables that seldom do, unless they make one word with their neighbour ("hoi nghi", "nha tre", "the thao")
STOP = HARD_STOP | frozenset(
    """ai anh ac ay ba bac be bi biet boi bua buoi cai cam cang cap chac chang chau chiu cho chu chua chung co
    coi con cu da dai dam dang dau day den deu di dinh dip do dua dung du eo gap gio gium giup gom hai hang
    hay hen het hoac hoai hoi ke keo keu khac khi kia kip lai lam lan lau lay len liet lo loi luc ma mang
    mat may moi mong mot muon nay nen nghe ngoi nha nham nhan nhanh nhat nhau nhi nhieu nho nhu ni no noi o om on ong
    phai phan qua ra rang rat rieng roi rong sai sang sap sau se so suot ta tai tam thay the thi thiet thich thieu
    thoi tien tren trong truoc tu tui tung ung van vao vang ve viet vua xa xai xem xep xin xong xuong""".split()
)

# words of handing in: they say what kind of question it is, and little of its subject
LIGHT = frozenset(
    "nop gui han moc xong hoan thanh viec lam chot truong phong so giao duc dao tao don vi mam non".split()
)


_MONTH_WORDS = {
    "gieng": "1", "hai": "2", "ba": "3", "tu": "4", "nam": "5", "sau": "6", "bay": "7", "tam": "8", "chin": "9",
    "muoi": "10", "mot": "11", "chap": "12",
}  # fmt: skip
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_NUMBERED = frozenset({"ky", "lan", "dot", "quy", "hang", "giai", "tuan", "vong"})
_GLUED = re.compile(r"^(tt|cv|kh|qd|nq|nd|ct)(\d{1,4})$")
_MONTH_GLUED = re.compile(r"^(?:th|thg|t)(1[0-2]|0?[1-9])$")
_NUMBERED_OR_MONTH = _NUMBERED | {"thang"}
_CHANGED = frozenset(SHORT) | {"dot", "h", "5t", "6t", "4t", "3t", "2t"}  # what `spell_out` may change by itself
_AGE = re.compile(r"^(\d)t$")


def expand(tokens: list[str]) -> list[str]:
    """Folded tokens with abbreviations spelt out and numerals brought to one form ("hoc ky I" -> "hoc ky 1")."""
    out: list[str] = []
    for i, token in enumerate(tokens):
        if token not in _CHANGED and not token.isdecimal() and (not out or out[-1] not in _NUMBERED_OR_MONTH):
            out.append(token)
        else:
            out += spell_out(token, out[-1] if out else "", tokens[i + 1] if i + 1 < len(tokens) else "").split()
    return out


def spell_out(token: str, before: str, after: str) -> str:
    """One folded token between its neighbours, spelt out; words are separated by a space."""
    if before in _NUMBERED and token in _ROMAN:
        return _ROMAN[token]
    if before == "thang" and token in _MONTH_WORDS and not (token in ("nam", "sau") and not after.isdecimal()):
        return _MONTH_WORDS[token]
    if match := _AGE.match(token):
        return f"{match[1]} tuoi"
    if token.isdecimal() and len(token) <= 2:
        return str(int(token))
    return _settled(token, before, after)


def _settled(token: str, before: str, after: str) -> str:
    """The spelling out of a short form whose meaning its neighbours settle; else of any known short form."""
    if token == "dot" and after.isdecimal():
        return "lan"  # "đợt 1" and "lần 1" are one thing
    if token == "h" and before in ("bao", "may"):
        return "gio"
    if token == "kh" and not _names_plan(before, after):
        return "khong"
    if token == "tt" and after in ("truyen", "phu") or token == "tt" and before in ("cong", "bai"):
        return "tuyen truyen"
    if token == "dk" and (after in ("cap", "de", "ve", "gi") or before == "cac"):
        return "dieu kien"
    if token == "kt" and after in ("truong", "xa"):
        return token
    return SHORT.get(token, token)


def _names_plan(before: str, after: str) -> bool:
    """Whether "kh" can be "kế hoạch" here: at the start, after a verb, or before a subject or number."""
    return bool(after) and after not in ("a", "nhi", "vay", "the") or before in ("nop", "gui", "xay", "lap", "duyet")


# what people ask with -> what papers write; used where the first never stands in the documents
KINDRED_PHRASES = (
    ("cuoc thi", "hoi thi"),
    ("thay doi", "dieu chinh"),
    ("sua doi", "dieu chinh"),
    ("han che", "khong qua"),
    ("huy bo", "bai bo"),
)


def unglued(token: str) -> str:
    """ "tt09" -> "tt 09"; anything else as it is."""
    return _GLUED.sub(r"\1 \2", token)


def month_token(token: str) -> str | None:
    """The month named by "t12", "th10"; None for anything else. "t2".."t7" may be weekdays: the caller decides."""
    match = _MONTH_GLUED.match(token)
    return str(int(match[1])) if match else None
