"""What somebody writes or sends while a notice is asked for is the notice's, and no more than fits."""

from core.notices import LONGEST
from core.texts import notices as texts
from tests.noticing.stage import OFFICER, Board

WORDS = "Họp giao ban 8h thứ Năm."


async def test_words_with_an_address_in_them_are_the_notice(board: Board) -> None:
    await board.says(OFFICER, "thông báo")
    asked = await board.says(OFFICER, "Họp trực tuyến 8h: https://hop.example.vn/giao-ban")
    assert asked.startswith(texts.WHOM)
    assert "https://hop.example.vn/giao-ban" in await board.says(OFFICER, "các trường")


async def test_files_beyond_the_tenth_are_said_to_be_left_out(board: Board) -> None:
    await board.says(OFFICER, "thông báo")
    await board.sends(OFFICER, *(f"ảnh {number}" for number in range(11)), text="Ảnh hội thi.")
    assert board.read_by(OFFICER)[-1] == f"{texts.TOO_MANY_FILES}\n{texts.file_added(10)}"


async def test_a_correction_is_no_longer_than_a_notice(board: Board) -> None:
    await board.sends_notice(OFFICER, WORDS, "các trường")
    await board.says(OFFICER, "đính chính thông báo")
    assert await board.says(OFFICER, "a" * (LONGEST + 1)) == texts.too_long(LONGEST + 1)


async def test_a_correction_that_names_whom_it_is_for_is_still_a_correction(board: Board) -> None:
    await board.sends_notice(OFFICER, WORDS, "Hoa Phượng")
    await board.says(OFFICER, "đính chính thông báo")
    shown = await board.says(OFFICER, "Thông báo đến các trường: họp 9h, không phải 8h.")
    assert "ĐÍNH CHÍNH" in shown
    assert "Nơi nhận: 1 (1 nhóm)" in shown
    await board.taps(OFFICER, texts.EDIT)
    assert "ĐÍNH CHÍNH" in await board.says(OFFICER, "Thông báo đến các trường: họp 9h30.")
