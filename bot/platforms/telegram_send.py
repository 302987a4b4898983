"""Telegram's messages out: text, edits in place, pictures and documents."""

from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from typing import Any

from telegram import Bot, InputFile, InputMediaDocument, InputMediaPhoto, LinkPreviewOptions
from telegram.error import BadRequest
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.platforms.telegram_errors import says
from bot.platforms.telegram_inbound import GENERAL
from bot.platforms.telegram_keyboard import Markup, asks_phone, inline_keyboard
from core.capabilities import TELEGRAM
from core.message import Address, FileOut, Outbound, units

MAX_CAPTION = 1024  # UTF-16 units; https://core.telegram.org/bots/api#sendphoto
MOST_TOGETHER = 10  # of an album; https://core.telegram.org/bots/api#sendmediagroup
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_UNCHANGED = ("message is not modified",)
_NOT_TO_EDIT = ("message to edit not found", "message can't be edited", "message_id_invalid", "there is no text in")
_NO_TOPIC = ("message thread not found", "topic_deleted", "topic_closed")
_NO_PICTURE = ("photo_invalid_dimensions", "image_process_failed", "photo_ext_invalid", "photo_save_file_invalid")


def topic(address: Address) -> int | None:
    """The number to name; the General topic is addressed by naming none."""
    return int(address.thread) if address.thread not in ("", str(GENERAL)) else None


async def deliver(bot: Bot, message: Outbound, keyboard: Markup) -> str:
    """The id of the message that holds the text. In a topic that is gone it goes to the group as a whole."""
    try:
        return await _edited_or_new(bot, message, keyboard)
    except BadRequest as error:
        if not message.address.thread or not says(error, _NO_TOPIC):
            raise
        return await _new(bot, replace(message, address=replace(message.address, thread="")), keyboard)


async def _edited_or_new(bot: Bot, message: Outbound, keyboard: Markup) -> str:
    """An edit cannot bring files or ask for a number, and may come too late: then a new message."""
    if not message.edits.isdecimal() or message.files or asks_phone(message):
        return await _new(bot, message, keyboard)
    try:
        await bot.edit_message_text(
            message.text,
            message.address.chat,
            int(message.edits),
            reply_markup=inline_keyboard(message.choices),
            link_preview_options=_NO_PREVIEW,
        )
    except BadRequest as error:
        if says(error, _NOT_TO_EDIT):
            return await _new(bot, message, keyboard)
        if not says(error, _UNCHANGED):
            raise
    return message.edits


async def _new(bot: Bot, message: Outbound, keyboard: Markup) -> str:
    """Text as a caption where it fits one set of files, which several files with a keyboard do not allow."""
    sets = _sets(message.files)
    fits = units(message.text) <= MAX_CAPTION and (keyboard is None or len(message.files) == 1)
    if len(sets) == 1 and fits:
        return await _files(bot, message, sets[0], message.text, keyboard)
    sent = ""
    for files in sets:
        sent = await _files(bot, message, files)
    return await _text(bot, message, keyboard) if message.text or not sent else sent


async def _text(bot: Bot, message: Outbound, keyboard: Markup) -> str:
    """The most frequent call, with the answer left as JSON: building the library's objects costs more than sending."""
    asked = _place(message) | {"text": message.text, "link_preview_options": _NO_PREVIEW, "reply_markup": keyboard}
    given = [RequestParameter.from_input(name, value) for name, value in asked.items() if value is not None]
    sent: Any = await bot.request.post(f"{bot.base_url}/sendMessage", RequestData(given))
    return str(sent["message_id"])


async def _files(
    bot: Bot, message: Outbound, files: Sequence[FileOut], caption: str = "", keyboard: Markup = None
) -> str:
    """One file, or several as an album; a picture that Telegram cannot show goes as a document."""
    if _is_shown(files[0]):
        with suppress(_NotShown):
            return await _upload(bot, message, files, caption, keyboard, pictures=True)
    return await _upload(bot, message, files, caption, keyboard, pictures=False)


async def _upload(
    bot: Bot, message: Outbound, files: Sequence[FileOut], caption: str, keyboard: Markup, *, pictures: bool
) -> str:
    with ExitStack() as opened:
        several = len(files) > 1
        uploads = [_open(file, opened, attach=several) for file in files]
        about: dict[str, Any] = _place(message) | {"caption": caption or None}
        try:
            if several:
                kind = InputMediaPhoto if pictures else InputMediaDocument
                return str((await bot.send_media_group(media=[kind(one) for one in uploads], **about))[0].message_id)
            if pictures:
                return str((await bot.send_photo(photo=uploads[0], reply_markup=keyboard, **about)).message_id)
            return str((await bot.send_document(document=uploads[0], reply_markup=keyboard, **about)).message_id)
        except BadRequest as error:
            if pictures and says(error, _NO_PICTURE):
                raise _NotShown from error
            raise


class _NotShown(Exception):
    """Telegram cannot show this picture."""


def _place(message: Outbound) -> dict[str, Any]:
    """Where a message goes, and what it answers; that may have been deleted meanwhile."""
    place: dict[str, Any] = {"chat_id": message.address.chat, "message_thread_id": topic(message.address)}
    if message.reply_to.isdecimal():
        place |= {"reply_to_message_id": int(message.reply_to), "allow_sending_without_reply": True}
    return place


def _sets(files: Sequence[FileOut]) -> list[Sequence[FileOut]]:
    """Pictures with pictures, documents with documents, no more together than an album holds."""
    pictures = [file for file in files if _is_shown(file)]
    papers = [file for file in files if not _is_shown(file)]
    return [
        alike[at : at + MOST_TOGETHER] for alike in (pictures, papers) for at in range(0, len(alike), MOST_TOGETHER)
    ]


def _is_shown(file: FileOut) -> bool:
    return file.is_picture and file.size <= TELEGRAM.picture_bytes


def _open(file: FileOut, opened: ExitStack, *, attach: bool) -> InputFile:
    """Read while it is sent, not before."""
    handle = opened.enter_context(file.path.open("rb"))
    return InputFile(handle, file.name, attach=attach, read_file_handle=False)
