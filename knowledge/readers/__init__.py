"""Files -> the document model; one module for each kind of file."""

from pathlib import PurePath

from core.errors import BadInput
from knowledge.blocks import Source
from knowledge.readers.text import decode, read_lines

MAX_BYTES = 50_000_000
_TEXT = {".txt", ".md", ".text", ".tsv", ""}
_LATER = {".docx": "Word", ".doc": "Word", ".odt": "Writer", ".pdf": "PDF", ".xlsx": "Excel", ".xls": "Excel"}
_MAGIC = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"\x7fELF", b"MZ")


def read_file(name: str, data: bytes) -> Source:
    """The document in these bytes; `name` is the file's name. BadInput where it cannot be read, with what to do."""
    name = PurePath(name.replace("\\", "/")).name or "tep"
    if len(data) >= MAX_BYTES:
        raise BadInput(f"Tệp {name} quá lớn ({len(data) // 1_000_000} MB, tối đa 50 MB). Hãy tách nhỏ rồi gửi lại.")
    if not data.strip():
        raise BadInput(f"Tệp {name} trống. Hãy kiểm tra lại rồi gửi tệp có nội dung.")
    suffix = PurePath(name).suffix.lower()
    if suffix in _LATER:
        raise BadInput(f"Chưa đọc được tệp {_LATER[suffix]} ({name}). Hãy lưu lại thành văn bản .txt (UTF-8) rồi gửi.")
    if data.startswith(_MAGIC):
        raise BadInput(f"Tệp {name} không phải văn bản chữ (dữ liệu nhị phân). Hãy lưu lại thành .txt (UTF-8) rồi gửi.")
    if suffix not in _TEXT:
        raise BadInput(f"Không biết loại tệp {suffix} ({name}). Hãy lưu lại thành văn bản .txt (UTF-8) rồi gửi.")
    text, notes = decode(name, data)
    blocks = read_lines(text)
    if not blocks:
        raise BadInput(f"Tệp {name} trống. Hãy kiểm tra lại rồi gửi tệp có nội dung.")
    return Source(name, blocks, notes)
