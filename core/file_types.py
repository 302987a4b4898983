"""The kinds of files that documents ask for by name."""

from core.message import StoredFile

ENDINGS: dict[str, tuple[str, ...]] = {
    "word": ("doc", "docx", "odt", "rtf"),
    "pdf": ("pdf",),
    "excel": ("xls", "xlsx", "ods", "csv"),
    "powerpoint": ("ppt", "pptx", "odp"),
    "image": ("jpg", "jpeg", "png", "heic", "webp"),
    "mp4": ("mp4", "m4v"),
    "mov": ("mov",),
    "avi": ("avi",),
    "mp3": ("mp3",),
}
FILMS, SOUNDS = ("mp4", "mov", "avi"), ("mp3",)
PAPERS = ("word", "pdf", "excel", "powerpoint")

_MIMES = {
    "application/pdf": "pdf", "application/msword": "word", "application/rtf": "word", "text/rtf": "word",
    "application/vnd.ms-excel": "excel", "text/csv": "excel", "application/vnd.ms-powerpoint": "powerpoint",
    "video/mp4": "mp4", "video/quicktime": "mov", "video/x-msvideo": "avi", "audio/mpeg": "mp3",
}  # fmt: skip
_INSIDE = {"wordprocessingml": "word", "spreadsheetml": "excel", "presentationml": "powerpoint"}
_OPEN = {"opendocument.text": "word", "opendocument.spreadsheet": "excel", "opendocument.presentation": "powerpoint"}


def type_of(file: StoredFile) -> str:
    """One of `ENDINGS`, by its content, else by its name; empty: another."""
    if file.mime.startswith("image/"):
        return "image"
    if file.mime in _MIMES:
        return _MIMES[file.mime]
    for part, name in (*_INSIDE.items(), *_OPEN.items()):
        if part in file.mime:
            return name
    ending = file.name.rpartition(".")[2].lower()
    return next((name for name, endings in ENDINGS.items() if ending in endings), "")
