"""A base as it was before submissions could be shared, deputies named or anything deleted: revision 0004, with rows."""

from datetime import UTC, date, datetime
from typing import Any

DAY = datetime(2023, 12, 4, 1, 0, tzinfo=UTC)
LATER = datetime(2023, 12, 5, 2, 30, 15, 250000, tzinfo=UTC)
DUE, AFTER = date(2023, 12, 5), date(2023, 12, 8)
PICTURE, CLEAN, THUMB, LETTER = ("a" * 64, "b" * 64, "c" * 64, "d" * 64)
CHAT = {"platform": "telegram", "chat": "101", "thread": "", "group": False, "sender": "101"}
OFFICE, SCHOOL, OTHER = "phong", "hoa-sen", "may-hong"
PLAN = {
    "source_file": "ke-hoach.docx",
    "head": {"title": "Kế hoạch tháng 12"},
    "obligations": [
        {
            "snippet": "trước 05/12",
            "task": "Nộp báo cáo",
            "line": 1,
            "passage": 1,
            "due": "2023-12-05",
            "rule": "before",
        },
        {"snippet": "đến 05/12", "task": "Gửi ảnh bữa ăn", "line": 2, "passage": 1, "due": "2023-12-05", "rule": "by"},
    ],
}

Rows = list[dict[str, Any]]


def _submission(id: int, code: str, **values: Any) -> dict[str, Any]:
    common = {"person_id": 2, "unit": SCHOOL, "document_id": 1, "number": 0, "due": DUE, "title": "Nộp báo cáo"}
    words = {"caption": "báo cáo ạ", "album": "", "among": ["1.0", "1.1"], "again": False, "message_id": "31"}
    times = {"opened_at": DAY, "quiet_at": DAY, "handed_in_at": LATER}
    return {"id": id, "code": code, "state": "submitted", **CHAT, **common, **words, **times, **values}


def _received(id: int, submission: int, sha256: str | None, **values: Any) -> dict[str, Any]:
    key = {"id": id, "key": f"telegram:101:{id}:1", "submission_id": submission, "code": f"MC{submission}"}
    who = {**CHAT, "person_id": 2, "unit": SCHOOL, "name": "bữa ăn.jpg", "source": {"id": "7"}, "message_id": "31"}
    stands = {"sha256": sha256, "state": "stored", "reason": "", "attempts": 1, "received_at": DAY, "ready_at": DAY}
    return {**key, **who, **stands, **values}


def _outgoing(id: int, key: str, state: str, **values: Any) -> dict[str, Any]:
    to = {"platform": "telegram", "chat": "101", "thread": "", "group": False, "mention": "", "edits": ""}
    what = {"choices": [], "sources": [], "reply_to": "", "files": [], "ask_phone": False, "tasks": ["1.0"]}
    stands = {"attempts": 0, "reason": "", "service_id": "", "queued_at": DAY, "ready_at": DAY, "sent_at": None}
    return {"id": id, "key": key, "text": f"tin {id}", "state": state, "person_id": 2, **to, **what, **stands, **values}


ROWS: dict[str, Rows] = {
    "units": [
        {"code": code, "name": name, "level": level, "parent": parent, "ownership": owned, "aliases": [name.lower()]}
        | {"valid_from": date(2023, 9, 1), "valid_to": None, "successor": ""}
        for code, name, level, parent, owned in (
            (OFFICE, "Phòng GD&ĐT", "phong", "", None),
            (SCHOOL, "Mầm non Hoa Sen", "truong", OFFICE, "cong-lap"),
            (OTHER, "Mầm non Mây Hồng", "truong", OFFICE, "tu-thuc"),
        )
    ],
    "people": [
        {"id": 1, "name": "Trần Thị Bình", "unit": OFFICE, "role": "officer", "phone": "+84900000001"},
        {"id": 2, "name": "Nguyễn Thị Lan", "unit": SCHOOL, "role": "teacher", "phone": ""},
        {"id": 3, "name": "Lê Thị Hoa", "unit": SCHOOL, "role": "principal", "phone": ""},
    ],
    "addresses": [
        {"platform": "telegram", "sender": "101", "person_id": 2, "linked_at": DAY, "preferred": True},
        {"platform": "zalo_oa", "sender": "z9", "person_id": 3, "linked_at": LATER, "preferred": False},
    ],
    "memberships": [
        {"id": 1, "person_id": 2, "unit": SCHOOL, "role": "teacher", "state": "active", "since": DAY}
        | {"until": None, "by_person": 3},
    ],
    "contacts": [
        {"platform": "telegram", "chat": "101", "group": False, "first_at": DAY, "seen_at": LATER, "reachable": True}
    ],
    "groups": [{"platform": "telegram", "chat": "-500", "unit": SCHOOL, "active": True}],
    "invitations": [
        {"code_hash": "e1", "unit": SCHOOL, "role": "teacher", "uses_left": 3, "expires_at": LATER, "person_id": 2}
        | {"made_by": 3, "confirm": True, "revoked_at": None},
    ],
    "guesses": [{"id": 1, "platform": "telegram", "sender": "666", "made_at": DAY, "held": False}],
    "menus": [
        {"id": "m1", "platform": "telegram", "chat": "101", "sender": "101", "open": True, "made_at": DAY, "count": 2}
        | {"choices": [{"label": "Có", "command": "/co"}, {"label": "Không", "command": "/khong"}]},
    ],
    "talks": [{"platform": "telegram", "chat": "101", "sender": "101", "question": "tháng này?", "more": ["x"]}],
    "deliveries": [
        {"id": 1, "platform": "telegram", "delivery_id": "7", "lane": "101", "raw": b"{}", "state": "new"}
        | {"attempts": 0, "ready_at": DAY, "received_at": DAY},
    ],
    "offsets": [{"platform": "telegram", "value": "8"}],
    "documents": [
        {"id": 1, "digest": "f" * 64, "unit": OFFICE, "source_file": "ke-hoach.docx", "state": "published"}
        | {"plan": PLAN, "ingested_at": DAY},
    ],
    "revision": [{"id": 1, "number": 5}],
    "secrets": [{"name": "files", "value": "k3y"}],
    "grants": [
        {"app": "a1", "access": "x", "refresh": "y", "expires_at": LATER, "renewed_at": DAY, "generation": 2}
        | {"renewing_until": None, "state": "valid", "reason": "", "seed_hash": "", "expected_until": None},
    ],
    "usage": [{"platform": "zalo_bot", "period": "2023-12", "what": "messages", "count": 12}],
    "alerts": [{"key": "grant", "text": "Hết hạn", "raised_at": DAY, "told_at": LATER, "cleared_at": None}],
    "files": [
        {"sha256": sha256, "size": 2048, "mime": "image/jpeg", "stored_at": DAY}
        for sha256 in (PICTURE, CLEAN, THUMB, LETTER)
    ],
    "file_facts": [
        {"sha256": PICTURE, "mime": "image/jpeg", "width": 640, "height": 480, "pages": None, "seconds": None}
        | {"phash": "0f0f", "located": True, "taken_at": DAY, "trouble": "", "clean": CLEAN, "thumb": THUMB},
        {"sha256": LETTER, "mime": "application/pdf", "width": 0, "height": 0, "pages": 2, "seconds": None}
        | {"phash": "", "located": False, "taken_at": None, "trouble": "", "clean": None, "thumb": None},
    ],
    "submissions": [
        _submission(1, "MC1"),
        _submission(2, "MC2", number=1, state="accepted", title="Gửi ảnh bữa ăn"),
        _submission(3, "MC3", unit=OTHER, person_id=None),  # to whom the office gave more time, to the same day
        _submission(4, "MC4", due=AFTER),  # the paper has been read anew since
        _submission(5, "MC5", document_id=None, number=None, due=None, title="", handed_in_at=None, state="coming"),
    ],
    "submission_events": [
        {"id": id, "submission_id": id, "at": DAY, "person_id": person, "state": "submitted", "note": ""}
        for id, person in ((1, 2), (2, 3), (3, None))
    ],
    "extensions": [
        {"unit": OTHER, "document_id": 1, "number": 0, "due": DUE, "made_by": 1, "made_at": DAY},
    ],
    "received": [
        _received(1, 1, PICTURE),
        _received(2, 2, PICTURE),
        _received(3, 2, LETTER),
        _received(4, 5, None, state="wanted"),
    ],
    "uploads": [
        {"token_hash": "t1", **CHAT, "person_id": 2, "unit": SCHOOL, "made_at": DAY, "offered_at": DAY}
        | {"expires_at": LATER, "closed_at": None, "task": "1.0"},
    ],
    "upload_parts": [
        {"id": "p1", "token_hash": "t1", "name": "a.pdf", "size": 10, "received": 10, "sha256": LETTER, "made_at": DAY},
        {"id": "p2", "token_hash": "t1", "name": "b.pdf", "size": 99, "received": 3, "sha256": None, "made_at": DAY},
    ],
    "outbox": [
        _outgoing(1, "reply:7#1", "sent", service_id="900", sent_at=LATER),
        _outgoing(2, "reply:7#2", "waiting"),
        _outgoing(3, "reminder:1#1", "waiting"),
        _outgoing(4, "reminder:1#2", "waiting"),
        _outgoing(5, "reply:8#1", "failed", reason="blocked"),
    ],
    "dossier_links": [
        {"code": "L1", "token_hash": "h1", "unit": SCHOOL, "document_id": 1, "month": "2023-12", "made_by": 3}
        | {"made_at": DAY, "expires_at": LATER, "revoked_at": None},
    ],
    "dossier_visits": [{"id": 1, "link": "L1", "at": LATER, "what": "page", "agent": "Chrome", "visitor": "v1"}],
}
