"""What a chat says about what its service can and cannot carry, and what the operator is told about quotas."""


def file_link(name: str, url: str) -> str:
    """A file that the service does not carry, by its address."""
    return f"Tệp: {name}\n{url}"


def file_not_shown(name: str) -> str:
    """A file that the service does not carry, where we have no public address."""
    return f"Tệp: {name} (ở đây tôi không gửi được tệp này)"


_NAMES = {"zalo_bot": "Zalo Bot"}


def nearly_used(platform: str, percent: int, most: int) -> str:
    """The month's messages will not last."""
    return f"{_name(platform)} đã gửi hơn {percent}% của {most} tin tháng này. Hết thì tin chờ sang tháng sau."


def used_up(platform: str, most: int) -> str:
    """The month's messages are gone."""
    return f"{_name(platform)} đã gửi hết {most} tin của tháng này. Tin mới chờ đến đầu tháng sau."


def cannot_finish(platform: str, left: int) -> str:
    """Something was not begun, for it could not be ended."""
    return f"{_name(platform)} còn {left} tin tháng này, không đủ cho tin đang chờ. Tin ấy chờ đến đầu tháng sau."


def no_more_people(platform: str, most: int) -> str:
    """Whoever comes now is not served."""
    return f"{_name(platform)} đã đủ {most} người của gói. Người mới nhắn sẽ không được trả lời; hãy mời qua kênh khác."


def no_more_groups(platform: str, most: int) -> str:
    """The bot can join no more groups."""
    return f"{_name(platform)} đã đủ {most} nhóm của gói, không vào thêm nhóm được; hãy dùng kênh khác."


def _name(platform: str) -> str:
    return _NAMES.get(platform, platform)
