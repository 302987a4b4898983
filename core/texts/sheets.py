"""What is said of tables that are sent as files."""

from datetime import date

BROKEN = "Tôi chưa làm được bảng này. Mong thầy/cô gõ lại sau ít phút."
_NAMES = {"registrations": "dang-ky-hoat-dong", "certificates": "giay-chung-nhan"}


def file_name(kind: str, day: date) -> str:
    """dang-ky-hoat-dong-2024-10-20.xlsx"""
    return f"{_NAMES[kind]}-{day}.xlsx"
