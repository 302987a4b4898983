"""What is said where a message takes another way than it should have."""

NAMES = {"telegram": "Telegram", "zalo_bot": "Zalo (bot)", "zalo_oa": "Zalo OA", "web": "trang chat"}


def sent_another_way(platform: str, text: str) -> str:
    """In front of a message that could not go by `platform`."""
    return f"(Gửi qua đây vì {NAMES.get(platform, platform)} không cho gửi tới thầy/cô lúc này.)\n{text}"


def does_not_let_us_in(platform: str, reason: str) -> str:
    """To the operator: a service refuses our credentials."""
    return f"{NAMES.get(platform, platform)} không cho kết nối ({reason}). Chạy lệnh doctor để biết cần sửa gì."


def takes_nothing(platform: str, reason: str) -> str:
    """To the operator: a service takes no messages until somebody acts."""
    return f"{NAMES.get(platform, platform)} không nhận tin gửi đi ({reason}). Chạy lệnh doctor để biết cần làm gì."
