"""What is said of files: links to hand them in, receipts, and what could not be had."""

from collections.abc import Sequence
from datetime import datetime

from core.clock import VIETNAM
from core.message import StoredFile
from core.programs import FOUND, inside

NO_FILES_HERE = (
    "Ở đây tôi chưa nhận được tệp, nên tệp này chưa được lưu. "
    "Thầy/cô gửi cho người phụ trách ở trường hoặc Phòng bằng cách khác giúp tôi."
)
FULL = "Máy chủ đã đầy nên chưa nhận được tệp này. Thầy/cô báo người phụ trách, rồi thử lại sau."
TOO_BIG = "Tệp này lớn hơn 2 GB nên không nhận được. Thầy/cô nén hoặc chia nhỏ tệp giúp tôi."
EMPTY = "Tệp này không có gì bên trong nên không nhận được. Thầy/cô mở xem lại tệp giúp tôi."
TOO_MANY = "Mỗi liên kết nhận tối đa 20 tệp. Thầy/cô bấm Xong, rồi nhắn /nop để lấy liên kết khác."
LINK_WRONG_TITLE = "Liên kết không đúng"
LINK_WRONG = "Thầy/cô mở lại liên kết trong tin nhắn của Nhắc Việc, hoặc nhắn /nop để lấy liên kết mới."
LINK_OLD_TITLE = "Liên kết đã hết hạn"
LINK_OLD = "Mỗi liên kết dùng được trong 24 giờ. Thầy/cô nhắn /nop cho Nhắc Việc để lấy liên kết mới."
LINK_USED_TITLE = "Liên kết này đã dùng xong"
FILE_GONE_TITLE = "Không có tệp ở đây"
FILE_GONE = "Liên kết đến tệp này không đúng hoặc đã hết hạn. Thầy/cô hỏi lại Nhắc Việc để lấy liên kết mới."
NOTHING_CAME = "Chưa có tệp nào gửi xong. Thầy/cô chọn tệp rồi gửi giúp tôi."
LINK = "liên kết"
TAKEN = "Nhận ảnh, PDF, Word, Excel, PowerPoint, video, ghi âm, tệp zip; không nhận chương trình, trang web."
PROGRAM = f"Tệp này là chương trình hoặc trang web nên không nhận được. {TAKEN}"
NOT_SCANNED = (
    "Trình quét mã độc ClamAV không trả lời, nên có tệp chưa quét được. Người gửi vẫn được báo đã nhận, nhưng chưa ai "
    "xem được các tệp ấy cho đến khi quét xong. Chạy: bot.py doctor"
)
BUSY = "Tệp này đang được gửi từ một nơi khác. Thầy/cô chờ một lát."

_KINDS = {"photo": "ảnh", "voice": "tin thoại", "video": "video", "audio": "ghi âm"}


def nameless(kind: str, ending: str) -> str:
    """A name for what came without one; `kind` as in FileRef."""
    name = _KINDS.get(kind, "tệp")
    return f"{name}.{ending}" if ending else name


def size(count: int) -> str:
    """35 kB; 1,2 MB; as file managers count, in thousands."""
    if count < 1000:
        return f"{count} byte"
    if count < 999_500:
        return f"{count / 1000:.0f} kB"
    number, unit = (count / 1e6, "MB") if count < 999_500_000 else (count / 1e9, "GB")
    return f"{number:.1f} {unit}".replace(".", ",") if number < 99.95 else f"{number:.0f} {unit}"


def moment(at: datetime) -> str:
    """08:03 ngày 04/12/2023"""
    return f"{at.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"


def why_refused(malware: str) -> str:
    """`malware`: the scanner's name for it, or that it is a program."""
    if inside(malware) is not None:
        return "là tệp nén có chương trình hoặc trang web bên trong"
    return "là chương trình máy tính" if malware == FOUND else "có mã độc"


def refused(malware: str) -> str:
    """Beside a file on the upload page."""
    why = why_refused(malware)
    return f"{why[:1].upper()}{why[1:]} nên không nhận"


def link_used(files: Sequence[StoredFile], not_taken: Sequence[tuple[str, str]]) -> str:
    """What an upload page says once it is closed; `not_taken`: names of files, each with its malware."""
    again = "Muốn gửi thêm, thầy/cô nhắn /nop cho Nhắc Việc để lấy liên kết mới."
    named = ", ".join(f"{file.name} ({size(file.size)})" for file in files)
    came = [f"Đã nhận {len(files)} tệp: {named}. Nhắc Việc đã xác nhận trong tin nhắn."] if files else []
    by_why: dict[str, list[str]] = {}
    for name, malware in not_taken:
        by_why.setdefault(why_refused(malware), []).append(name)
    rest = [f"Không nhận vì {why}: {', '.join(names)}." for why, names in by_why.items()]
    return " ".join([*came, *rest, again])


def lost(names: Sequence[str]) -> str:
    """These never arrived, and will not by themselves."""
    named = ", ".join(names)
    return (
        f"Tôi không lấy được {named}, nên chưa lưu. Thầy/cô gửi lại giúp tôi, hoặc nhắn /nop để lấy liên kết gửi tệp."
    )


def empty(names: Sequence[str]) -> str:
    """These came, and there is nothing in them."""
    return f"{', '.join(names)} không có gì bên trong nên tôi chưa lưu. Thầy/cô mở xem lại tệp rồi gửi lại giúp tôi."


def infected(names: Sequence[str], malware: str, code: str) -> str:
    """These hold malware, by the scanner's name for it, or are programs; `code`: of the submission they belong to."""
    named = ", ".join(names)
    what = f"đã bỏ ra khỏi lần nộp {code}" if code else "không nhận"
    if malware == FOUND:
        return f"{named} là chương trình hoặc trang web nên tôi {what}. {TAKEN}"
    if (endings := inside(malware)) is not None:
        which = f" (tệp {endings})" if endings else ""
        why = f"{named} có chương trình hoặc trang web bên trong{which} nên tôi {what}"
        return f"{why}. Thầy/cô bỏ tệp ấy ra rồi nén, gửi lại giúp tôi."
    return f"{named} có mã độc ({malware}) nên tôi {what}. Thầy/cô quét máy rồi gửi lại tệp sạch giúp tôi."


def upload_link(address: str, until: datetime) -> str:
    return f"Thầy/cô gửi tệp qua liên kết này (dùng đến {moment(until)}):\n{address}"


def withheld(link: str) -> str:
    """The service told us only that something was sent; `link` is what `upload_link` says."""
    return f"Ở đây tôi chỉ xem được chữ, ảnh và tin thoại; tin vừa rồi không đến được chỗ tôi. {link}"


def too_large(most: int, link: str) -> str:
    """`most`: bytes of a file that the service hands on; 0: none at all."""
    why = f"Ở đây tôi chỉ lấy được tệp đến {size(most)}" if most else "Ở đây tôi không lấy được tệp"
    return f"{why}, nên tệp này chưa được lưu. {link}"
