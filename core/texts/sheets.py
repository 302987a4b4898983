"""What is said of tables that are sent as files."""

from datetime import date

BROKEN = "Tôi chưa làm được tệp này. Thầy/cô nhắn lại sau ít phút giúp tôi."
_NAMES = {"registrations": "dang-ky-hoat-dong", "certificates": "giay-chung-nhan"}


def file_name(kind: str, day: date) -> str:
    """dang-ky-hoat-dong-2024-10-20.xlsx"""
    return f"{_NAMES[kind]}-{day}.xlsx"
