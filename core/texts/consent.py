"""What the operator reads about the Official Account's grant: on the consent page, and when it is lost."""

OFFLINE = "Chưa nối được tới máy chủ cấp quyền của Zalo; tôi thử lại sau."
STALE = "Zalo từ chối cả mã truy cập vừa mới cấp; tôi thử lại sau."
NO_GRANT = "OA chưa cấp quyền cho Nhắc Việc, hoặc lần cấp quyền đã mất."
_PASTE = (
    "Hoặc lấy refresh token mới ở developers.zalo.me (API Explorer),"
    " ghi vào NHACVIEC_ZALO_OA_REFRESH_TOKEN rồi chạy lại Nhắc Việc."
)
_NO_ADDRESS = "Hãy đặt NHACVIEC_PUBLIC_URL rồi chạy bot.py doctor để có đường dẫn cấp quyền."

ASK = "Người quản trị OA bấm nút dưới đây, đăng nhập Zalo, chọn OA của trường rồi đồng ý."
DONE = "Đã xong. Nhắc Việc đã được OA cho phép nhắn tin; thầy/cô có thể đóng trang này."
LINK_WRONG = "Đường dẫn này không đúng hoặc đã dùng rồi. Chạy bot.py doctor để lấy đường dẫn mới."
NOT_EXPECTED = (
    "Lần cấp quyền này đã dùng rồi, hoặc đã quá một giờ. Nếu trang trước đã báo xong thì không phải làm gì;"
    " nếu chưa, chạy bot.py doctor để lấy đường dẫn mới."
)
FORGED = "Lần cấp quyền này không bắt đầu từ Nhắc Việc nên tôi không nhận. Mở lại đường dẫn cấp quyền rồi bấm nút."
NO_ANSWER = "Zalo chưa trả lời. Đợi một phút rồi bấm nút dưới đây để cấp quyền lại."

APP_OFF = "Ứng dụng Zalo chưa bật, hoặc sai NHACVIEC_ZALO_OA_APP_ID. Mở developers.zalo.me bật ứng dụng, rồi thử lại."
WRONG_SECRET = (
    "Zalo báo sai mã bí mật của ứng dụng. Chép lại mã ở developers.zalo.me vào NHACVIEC_ZALO_OA_APP_SECRET,"
    " chạy lại Nhắc Việc, rồi cấp quyền lại."
)


def wrong_callback(callback: str) -> str:
    """The address in the developer console is another one."""
    return (
        f"Zalo báo sai địa chỉ quay về. Ở developers.zalo.me, mục Official Account, đặt Callback URL là {callback},"
        " lưu, rồi bấm nút dưới đây."
    )


def code_refused(code: int) -> str:
    """Any other refusal: a code that was used, or is older than ten minutes."""
    return f"Mã cấp quyền đã dùng rồi hoặc quá 10 phút (lỗi {code}). Bấm nút dưới đây để cấp quyền lại."


def lost(link: str) -> str:
    """Nothing goes out through the account any more; `link` empty: there is no public address."""
    do = f"Người quản trị OA mở đường dẫn này rồi bấm nút cấp quyền: {link}" if link else _NO_ADDRESS
    return f"Zalo OA: {NO_GRANT} Tin qua OA đang phải dừng. {do} {_PASTE}"
