"""What is said of certificates for authors of shared material; see core/texts/evidence.py."""

from collections.abc import Sequence

from core.answer import Citation
from core.certificates import Certificate, Granted, Holder, Product
from core.texts.answers import place, source

HOLDERS = {Holder.COLLECTIVE: "Tập thể", Holder.TEAM: "Nhóm tác giả", Holder.PERSON: "Cá nhân"}
EXCEL = "Lấy bảng Excel"
COMES = "Tôi đang làm bảng, xong sẽ gửi thầy/cô ngay."
ONLY_OFFICES = (
    "Danh sách giấy chứng nhận do cán bộ Phòng, Sở lập. Ghi tác giả: tác giả H7K2QM: Nguyễn Thị Lan, Trần Thị Mai"
)
HOW = "Thầy/cô gõ kèm mã và tên, ví dụ: tác giả H7K2QM: Nguyễn Thị Lan, Trần Thị Mai"
NOTHING_SELECTED = (
    "Kho học liệu của đơn vị thầy/cô chưa chọn sản phẩm nào nên chưa có ai được cấp. Chọn: đưa MÃ vào kho"
)
CHECK = (
    "Tôi không biết được, thầy/cô xem lại: sản phẩm không tranh chấp bản quyền; tác giả đang công tác trong ngành hoặc "
    "nghỉ hưu trong 05 năm gần đây."
)
SHEET, MISSING_SHEET = "Giấy chứng nhận", "Chưa cấp"
COLUMNS = ("Đối tượng", "Cấp cho", "Đơn vị", "Số sản phẩm", "Sản phẩm", "Vì sao", "Cần xem lại")
MISSING_COLUMNS = ("Đơn vị", "Sản phẩm", "Mã", "Vì sao")
NAMELESS = "Chưa ghi tác giả"
EXPORT = "Xuất danh sách cấp giấy chứng nhận cho tác giả học liệu đã chọn, tệp Excel."
OUT = "tệp .xlsx sẽ ghi; đã có thì không ghi đè"
EXAMPLE = "export certificates --unit SO-HP --out giay-chung-nhan.xlsx"


def noted(code: str, names: Sequence[str], holder: Holder) -> str:
    """Whose names stand beside a submission now."""
    by = HOLDERS[holder].lower()
    return f"Đã ghi {len(names)} tác giả của {code}: {', '.join(names)}. Nếu được chọn thì cấp theo: {by}."


def why(one: Certificate) -> str:
    """Why it is this certificate."""
    most = max(len(product.authors) for product in one.products)
    by = {
        Holder.COLLECTIVE: f"{most} tác giả, từ 04 người trở lên lấy theo tập thể",
        Holder.TEAM: f"{most} tác giả, nhóm không quá 03 người",
        Holder.PERSON: "01 tác giả",
    }[one.holder]
    several = f"; {len(one.products)} sản phẩm, cấp 01 giấy theo tác giả" if len(one.products) > 1 else ""
    return f"{by}{several}"


def to_check(one: Certificate) -> str:
    """What who decides should look at."""
    return f"{', '.join(one.also)} có tên trong giấy khác nữa" if one.also else ""


def to_whom(one: Certificate, unit: str) -> str:
    return ", ".join(one.names) or unit


def listed(granted: Granted, units: Sequence[str], nameless: Sequence[str], rule: Citation | None) -> str:
    """All of them; `units`: of each certificate, `nameless`: of each product without authors."""
    products = {product.code for one in granted.certificates for product in one.products}
    lines = [f"{len(granted.certificates)} giấy chứng nhận từ {len(products)} sản phẩm đã chọn:"]
    for one, unit in zip(granted.certificates, units, strict=True):
        where = "" if one.holder is Holder.COLLECTIVE else f" ({unit})"
        check = f" ⚠️ {to_check(one)}." if one.also else ""
        lines.append(f"• {HOLDERS[one.holder]}: {to_whom(one, unit)}{where}: {why(one)}.{check}")
    if granted.nameless:
        lines += ["", f"Chưa cấp, vì chưa ghi tác giả ({len(granted.nameless)}):"]
        lines += [f"• {_product(one)}, {unit}" for one, unit in zip(granted.nameless, nameless, strict=True)]
    quoted = (
        [] if rule is None else [f"“{rule.quote.strip(' -·•')}”", source(rule.document, place(rule.section, rule.row))]
    )
    return "\n".join([*lines, "", CHECK, *quoted])


def made(unit: str, count: int) -> str:
    """Above the table."""
    return f"Danh sách cấp giấy chứng nhận, {unit}: {count} giấy. {CHECK}"


def exported(file: str, count: int) -> str:
    return f"Đã ghi {file}: {count} giấy chứng nhận."


def products(ones: Sequence[Product]) -> str:
    """In a cell."""
    return "; ".join(map(_product, ones))


def _product(one: Product) -> str:
    return f"{one.title} ({one.code})"
