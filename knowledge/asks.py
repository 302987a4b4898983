"""The kinds of question, and the words that ask them (folded, spelt out; one alternative a line)."""

import re
from enum import StrEnum


class Ask(StrEnum):
    """The kind of thing that an answer must hold."""

    WHAT = "what"  # gì, những gì
    DUE = "due"  # nộp, gửi, hạn, phải làm
    WHEN = "when"
    HOUR = "hour"
    DAYS_LEFT = "days-left"
    OVERDUE = "overdue"
    WHERE = "where"
    WHO = "who"
    SIGNER = "signer"
    CHANNEL = "channel"
    PERCENT = "percent"
    COUNT = "count"
    MONEY = "money"
    PHONE = "phone"
    EMAIL = "email"
    NAME = "name"  # tên gì
    PENALTY = "penalty"
    SECRET = "secret"  # a password, which no paper holds
    NUMBER = "number"  # of a paper
    PAPER = "paper"  # which paper
    BASIS = "basis"
    ADDRESSEE = "addressee"
    LIST = "list"
    YES_NO = "yes-no"
    HOW = "how"


# order matters: what an earlier kind has taken, a later one does not see
_WORDS: dict[Ask, str] = {
    Ask.DAYS_LEFT: r"""
        con (?:may|bao nhieu|\d+) (?:ngay|hom|bua|tuan)(?: nua)?
        (?:may|bao nhieu) (?:ngay|hom|bua) nua
        con bao lau(?: nua)?
        con lau khong
        bao lau nua
    """,
    Ask.OVERDUE: r"""
        qua han
        tre han
        muon han
        het han(?= chua| roi| khong| gi|$)
        con han(?= khong|$)
        (?:bi |da )?tre(?= chua$| roi| khong$)
        cham han
        no dong
        con han hay het
        (?:con |co )?kip(?: khong| chu)?(?= |$)
        muon (?:roi|chua|mat)
    """,
    Ask.HOUR: r"""
        (?:luc |vao luc )?may gio
        gio nao
        luc nao trong ngay
    """,
    Ask.WHEN: r"""
        khi nao
        bao gio
        luc nao
        (?:nam |roi |dien ra |o |vao |la |nhung |cac )*(?:ngay|bua|hom|buoi|thang|tuan|quy|nam) (?:nao|may|bao nhieu|gi)
        (?:nam |roi |o |vao |la |nhung |cac )*(?:dot|thoi diem|thoi gian) (?:nao|may|bao nhieu|gi)
        thang may
        ngay may
        may thang
        han chot
        (?:den )?han (?:nao|may)
        thoi han
        thoi gian(?: nao)?(?= |$)
        thoi diem
        (?:han|den han|han nop|han gui)(?= la|$| khong| chua| hay)
        truoc ngay (?:nao|may)
        bao lau
        lich
    """,
    Ask.CHANNEL: r"""
        (?:qua|bang|theo|ve|vao|cho|toi|den) dau
        (?:qua|bang|theo|ve|vao|cho) (?:duong|kenh|hinh thuc|email|mail|phan mem|dia chi|he thong|nhom) (?:nao|gi)
        (?:nop|gui) (?:o )?dau
        kenh nao
        (?:vao |vo |qua |o )?(?:link|trang|duong link|website|web) (?:nao|gi)
        phan mem (?:gi|nao)
        email (?:gi|nao|la gi)
        dia chi (?:email|mail)
        duong nao
        nhom (?:zalo|nao|gi)
        (?:hoi|lien he|bao)(?: cho)? (?:ai|nhom nao|o dau|noi nao)
    """,
    Ask.WHERE: r"""
        (?:o|tai) (?:nhung |cac )?(?:dau|(?:cho|truong|diem|dia diem|noi) nao)
        dia diem
        cho nao
        noi nao
    """,
    Ask.SIGNER: r"""
        (?:ai|nguoi|nguoi nao) (?:la nguoi )?ky(?! xac| cam| hop| ket| nhan)
        chu ky
        ky boi ai
        ai la nguoi ky
    """,
    Ask.EMAIL: r"""
        email
        mail
        thu dien tu
        dia chi email
    """,
    Ask.PHONE: r"""
        so dien thoai
        dien thoai
        sdt
        so may ban
        hotline
        (?:goi|alo|lien he)(?: dien)? so (?:nao|may|gi)
        so nao de (?:goi|lien he)
        duong day nong
    """,
    Ask.SECRET: r"""
        mat khau
        password
        pass
        tai khoan dang nhap
    """,
    Ask.MONEY: r"""
        (?:bao nhieu|may|het may|het bao nhieu) (?:tien|dong|trieu|nghin|ngan)
        tien (?:thuong|phat|an|luong)
        muc (?:thu|luong|thuong|ho tro|phi)(?= la| bao| may)
        kinh phi(?= .*bao nhieu)
        gia bao nhieu
        thuong bao nhieu
        (?<!\w )luong(?= thang| bao| khi| co)
    """,
    Ask.PENALTY: r"""
        bi (?:phat|ky luat|xu ly|khien trach|tru|cat thi dua|sao|gi khong)
        phat (?:the nao|bao nhieu|gi)
        xu phat
        co sao khong
    """,
    Ask.PERCENT: r"""
        (?:bao nhieu|may|dat bao nhieu) (?:phan tram|%)
        %
        phan tram
        ty le
        ti le
    """,
    Ask.NUMBER: r"""
        (?:so|mang so|co so|van ban so|cong van so) (?:may|bao nhieu|nao|gi|hieu)
        so hieu
        (?:thong tu|cong van|quyet dinh|nghi quyet|nghi dinh|chi thi) (?:so )?(?:bao nhieu|may)
        so (?:cong van|van ban|ke hoach|quyet dinh)(?= .*(?:bao nhieu|la gi|may|nao))
    """,
    Ask.PAPER: r"""
        (?:van ban|thong tu|nghi quyet|nghi dinh|cong van|quyet dinh|ke hoach|chi thi) (?:nao|gi)
        (?:huong dan|luat|quy dinh|dieu le) (?:nao|gi)
    """,
    Ask.BASIS: r"""
        can cu(?: vao)?(?: nhung)?(?: van ban)?(?: nao| gi|$| dau)
        dua (?:tren|vao|theo) van ban nao
    """,
    Ask.ADDRESSEE: r"""
        (?:gui cho|kinh gui|danh cho|ap dung cho|gui toi|gui den) (?:ai|nhung ai|don vi nao|doi tuong nao)
        doi tuong nao
        noi nhan
    """,
    Ask.WHO: r"""
        (?<!ky )(?:nhung |gom |co )?ai(?: la| phai| duoc| di| se| lam)?
        nguoi nao
        don vi nao
        truong nao
        thanh phan
        co quan nao
        bo phan nao
    """,
    Ask.COUNT: r"""
        (?:la |duoc |co |gom |can |phai )?(?:bao nhieu|may)
        so luong
        toi da
        toi thieu
        it nhat
        nhieu nhat
        dinh muc
        chi tieu
        khong qua
    """,
    Ask.LIST: r"""
        gom (?:nhung gi|gi|nhung|cac|may)
        (?:gom|bao gom|co) nhung
        nhung (?:gi|noi dung|loai|bo|viec|hoat dong|tieu chi|san pham|dieu kien)
        tieu chi(?: gi| nao)?
        dieu kien
        goi y
        ho so gom
        (?:loai|nhung loai|bo) (?:nao|gi)
        liet ke
        ke ra
    """,
    Ask.NAME: r"""
        ten (?:la |goi )?gi
        ten nao
        goi la gi
    """,
    Ask.HOW: r"""
        (?:nhu )?the nao
        lam sao
        cach nao
        bang cach nao
        nhu nao
        ra sao
        lam gi
        xu ly sao
    """,
    Ask.YES_NO: r"""
        co phai
        phai khong
        dung khong
        dung chua
        duoc khong
        co duoc
        duoc phep
        hay khong
        (?:co )?bat buoc(?: phai)?
        (?:duoc |duoc phep )?khong$
        chua$
        hay (?:moi|la|con|phai)
        co dung
        phai khong
        (?<= )dung(?= khong$)
        da chot(?: chua)?
        chac chua
    """,
    Ask.DUE: r"""
        (?:phai |can |se |co |con )*(?:nop|gui|bao cao|hoan thanh|lam|xong)(?: nhung)?(?: cai| viec)?(?= gi| nao|$)
        han(?: nop| gui| chot| cuoi)?
        moc
        (?:con |phai )?no(?= so| phong| gi| nhung)
        (?:day|chuyen|bao|nop|gui) len
        den han
        phai nop
        phai gui
        viec
        nhiem vu
        cong viec
        nop
        gui
    """,
    Ask.WHAT: r"""
        (?:nhung )?(?:cai |noi dung |noi ve )?(?:gi|nao)
        nhung viec
    """,
}

PATTERNS: tuple[tuple[Ask, re.Pattern[str]], ...] = tuple(
    (ask, re.compile(rf"(?<!\w)(?:{'|'.join(line.strip() for line in lines.strip().splitlines())})(?!\w)"))
    for ask, lines in _WORDS.items()
)

# kinds whose words may also name the subject: they are recognised but stay in it
KEPT = frozenset({Ask.EMAIL, Ask.LIST, Ask.MONEY, Ask.SECRET, Ask.PENALTY, Ask.PAPER, Ask.DUE})
