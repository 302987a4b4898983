"""What each chat service can do: the one table, also printed in docs/platforms.md."""

from dataclasses import replace
from datetime import timedelta

from core.platform import Carries, Hears, Limits

_MB = 1024 * 1024

# https://core.telegram.org/bots/api, https://core.telegram.org/bots/faq
TELEGRAM = Limits(
    text=4096,
    buttons=100,
    typing=True,
    edits=True,
    quotes=True,
    hears=Hears.NAMED,
    albums=True,
    files_in=20 * _MB,
    pictures_out=Carries.UPLOAD,
    picture_bytes=10 * _MB,
    files_out=Carries.UPLOAD,
    file_bytes=50 * _MB,
    start_payload=True,
    phone=True,
)
TELEGRAM_GROUP = TELEGRAM

# https://bot.zapps.me/docs: the token bot ("Bot Creator")
ZALO_BOT = Limits(
    text=2000,
    typing=True,
    markdown=True,
    hears=Hears.NAMED,
    pictures_out=Carries.LINK,
    picture_bytes=10 * _MB,
    repeats=False,  # each message counts
    per_month=3000,
    users=50,
    groups=3,
)
ZALO_BOT_GROUP = ZALO_BOT

# https://developers.zalo.me/docs/official-account: 1-1 chats of an Official Account
ZALO_OA = Limits(
    text=2000,
    window=timedelta(days=7),
    buttons=5,
    quotes=True,
    hears=Hears.NOTHING,
    files_in=25 * _MB,
    pictures_out=Carries.UPLOAD,
    picture_bytes=_MB,
    files_out=Carries.UPLOAD,
    file_bytes=5 * _MB,
    file_types=("pdf", "doc", "docx"),
)
# Groups that the Official Account owns (GMF)
ZALO_OA_GROUP = replace(ZALO_OA, window=None, buttons=0, quotes=False, mentions=True, hears=Hears.ALL)

# Approved texts with our words in one field; they reach who is long silent, and cost money each
ZALO_TEMPLATE = Limits(text=200, hears=Hears.NOTHING, photos_in=False, repeats=False)

# Our own page: it shows any length, and the rates only keep a runaway loop from flooding it.
WEB_CHAT = Limits(
    text=4000,
    buttons=100,
    typing=True,
    quotes=True,
    albums=True,
    files_in=50 * _MB,
    pictures_out=Carries.LINK,
    picture_bytes=50 * _MB,
    files_out=Carries.LINK,
    file_bytes=50 * _MB,
    per_second=30.0,
    per_minute_group=600,
    per_second_all=1000.0,
)

WEB_FILES = 10  # of one message of our own page

# By the platform's name: in a private chat, in a group
PRIVATE = {"telegram": TELEGRAM, "zalo_bot": ZALO_BOT, "zalo_oa": ZALO_OA, "web": WEB_CHAT}
GROUP = {"telegram": TELEGRAM_GROUP, "zalo_bot": ZALO_BOT_GROUP, "zalo_oa": ZALO_OA_GROUP, "web": WEB_CHAT}
