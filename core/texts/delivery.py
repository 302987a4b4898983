"""What is said where a message takes another way than it should have."""

NAMES = {"telegram": "Telegram", "zalo_bot": "Zalo (bot)", "zalo_oa": "Zalo OA", "web": "trang chat"}


def sent_another_way(platform: str, text: str) -> str:
    """In front of a message that could not go by `platform`."""
    return f"(Gửi qua đây vì {NAMES.get(platform, platform)} không cho gửi tới thầy/cô lúc này.)\n{text}"
