"""What the command line says of documents that officers are checking; see core/texts/drafts.py."""

from core.clock import VIETNAM
from core.drafts import Draft, Stage

DRAFTS = "Xem các văn bản cán bộ đang soát trong chat; công bố thay khi cần."
LIST, SHOW = "liệt kê những văn bản gửi gần đây", "những gì đã đọc được, chỗ nghi ngờ và nhật ký"
PUBLISH = "công bố một văn bản đã đọc và báo cho các đơn vị, như bấm Công bố trong chat"
CODE = "mã văn bản, xem bằng drafts list"
ANYWAY = "công bố cả khi còn chỗ nghi ngờ (trừ ngày đọc từ ảnh)"
EXAMPLES = ("drafts list", "drafts show H7K2QM", "drafts publish H7K2QM --anyway")
NONE = "Chưa có văn bản nào được gửi để đọc."
NO_SUCH = "không có văn bản mang mã này; xem danh sách: bot.py drafts list"
NOT_READ = "văn bản này không ở bước soát nên không công bố được; xem: bot.py drafts list"
NO_ISSUER = "chưa biết đơn vị ban hành; cán bộ gửi văn bản chọn giúp trong chat rồi công bố."
STAGES = {
    Stage.READING: "đang đọc",
    Stage.READ: "đang soát",
    Stage.FAILED: "không đọc được",
    Stage.PUBLISHED: "đã công bố",
    Stage.DROPPED: "đã bỏ",
}


def line(draft: Draft) -> str:
    at = f"{draft.made_at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
    return f"{draft.code}  {STAGES[draft.stage]:<14}  {at}  {draft.unit}  {draft.name}"


def doubtful(count: int) -> str:
    return f"còn {count} chỗ nghi ngờ chưa soát; vẫn công bố thì thêm --anyway"
