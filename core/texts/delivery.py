"""What is said where a message takes another way than it should have."""

import re

NAMES = {
    "telegram": "Telegram",
    "zalo_bot": "Zalo (bot)",
    "zalo_oa": "Zalo OA",
    "web": "trang chat",
    "zalo_template": "tin mẫu Zalo",
}
_ANOTHER_WAY = re.compile(r"\A\(Gửi qua đây vì [^\n]+ lúc này\.\)\n")


def sent_another_way(platform: str, text: str) -> str:
    """In front of a message that could not go by `platform`, instead of what was said of another before."""
    rest = _ANOTHER_WAY.sub("", text)
    return f"(Gửi qua đây vì {NAMES.get(platform, platform)} không cho gửi tới thầy/cô lúc này.)\n{rest}"


def instead_of_group(unit: str, text: str) -> str:
    """In front of what the unit's group takes no more."""
    return f"(Gửi riêng thầy/cô vì nhóm của {unit.partition(',')[0]} không còn nhận tin của bot.)\n{text}"


def does_not_let_us_in(platform: str, reason: str) -> str:
    """To the operator: a service refuses our credentials."""
    return f"{NAMES.get(platform, platform)} không cho kết nối ({reason}). Chạy lệnh doctor để biết cần sửa gì."


def takes_nothing(platform: str, reason: str, *, group: bool) -> str:
    """To the operator: a service, or one group there, takes no messages until somebody acts."""
    where = f"Một nhóm trên {NAMES.get(platform, platform)}" if group else NAMES.get(platform, platform)
    return f"{where} không nhận tin gửi đi ({reason}). Chạy lệnh doctor để biết cần làm gì."


def wrong_secret(platform: str) -> str:
    """To the operator: everything that a service delivers is signed otherwise than our settings say."""
    if platform == "zalo_oa":
        mend = "Hãy chép lại NHACVIEC_ZALO_OA_SECRET_KEY từ trang Webhook của ứng dụng Zalo (không phải khoá bí mật)"
    else:
        mend = "Hãy chạy lại lệnh setup để đặt lại webhook"
    return f"Tin từ {NAMES.get(platform, platform)} đến liên tục với chữ ký sai nên không tin nào được nhận. {mend}."
