"""Files out and in: photos, documents, films, sounds, albums, and the way to their bytes."""

from typing import Any

from tests.fakes.telegram_files import Kept
from tests.fakes.telegram_params import Json, Params, Upload, bad, integer, structure
from tests.fakes.telegram_sending import caption_of, target, write
from tests.fakes.telegram_world import World

TOGETHER = ({"photo", "video"}, {"document"}, {"audio"})


def send_photo(world: World, params: Params) -> Json:
    return _send(world, params, "photo")


def send_document(world: World, params: Params) -> Json:
    return _send(world, params, "document")


def send_voice(world: World, params: Params) -> Json:
    return _send(world, params, "voice")


def send_video(world: World, params: Params) -> Json:
    return _send(world, params, "video")


def send_audio(world: World, params: Params) -> Json:
    return _send(world, params, "audio")


def send_media_group(world: World, params: Params) -> list[Json]:
    """Separate messages that are shown together; all of them or none."""
    chat, media = target(world, params), structure(params, "media", [])
    if not isinstance(media, list) or not 2 <= len(media) <= 10:
        raise bad("wrong number of media in the album: 2-10 are expected")
    kinds = {str(one.get("type")) for one in media}
    if not any(kinds <= allowed for allowed in TOGETHER):
        raise bad("these media can't be mixed in an album")
    plain = {key: value for key, value in params.items() if key != "reply_markup"}
    contents = [_content(world, {**params, **one, one["type"]: one.get("media")}, one["type"]) for one in media]
    album = {"media_group_id": world.new_album()}
    return [write(world, chat, plain, content | album) for content in contents]


def get_file(world: World, params: Params) -> Json:
    kept = world.files.link(str(params.get("file_id", "")))
    return kept.public(file_path=kept.path)


def _send(world: World, params: Params, kind: str) -> Json:
    return write(world, target(world, params), params, _content(world, params, kind))


def _content(world: World, params: Params, kind: str) -> Json:
    """The file with its caption, as the message holds them."""
    caption = caption_of(params)
    return shown(world, world.files.given(params, kind, kind), kind, params) | caption


def shown(world: World, given: Upload | Kept, kind: str, params: Params) -> Json:
    """What a message with this file says of it."""
    files = world.files
    if kind == "photo":
        sizes = files.keep_photo(given) if isinstance(given, Upload) else files.photo_again(given)
        return {"photo": [size.public(width=size.width, height=size.height) for size in sizes]}
    kept = files.keep(kind, given) if isinstance(given, Upload) else given
    more: dict[str, Any] = {"mime_type": kept.mime}
    if kind != "voice":
        more["file_name"] = kept.name
    if kind != "document":
        more["duration"] = integer(params, "duration")
    if kind == "video":
        more |= {side: integer(params, side) for side in ("width", "height")}
    return {kind: kept.public(**more)}
