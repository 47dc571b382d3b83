"""Inline keyboards are measured as Telegram measures them."""

import pytest

from luka_bot.demo.telegram.keyboards import checked_keyboard
from luka_bot.demo.telegram.refusal import BadRequest


def markup(*rows: list[dict[str, str]]) -> dict[str, object]:
    return {"inline_keyboard": list(rows)}


def button(data: str) -> dict[str, str]:
    return {"text": "x", "callback_data": data}


def test_64_bytes_of_data_pass_and_65_do_not() -> None:
    assert checked_keyboard(markup([button("я" * 32)])) == [[button("я" * 32)]]
    with pytest.raises(BadRequest, match="BUTTON_DATA_INVALID"):
        checked_keyboard(markup([button("я" * 32 + "x")]))


def test_eight_in_a_row_and_a_hundred_in_all_pass() -> None:
    assert checked_keyboard(markup(*[[button("x")] * 8] * 12)) is not None
    with pytest.raises(BadRequest):
        checked_keyboard(markup([button("x")] * 9))
    with pytest.raises(BadRequest):
        checked_keyboard(markup(*[[button("x")]] * 101))


@pytest.mark.parametrize(
    "broken",
    [
        [],
        {"inline_keyboard": "x"},
        markup([{"text": "does nothing"}]),
        markup([{"text": " ", "callback_data": "x"}]),
        markup([{"text": "x", "callback_data": ""}]),
        markup([{"text": "x", "url": "javascript:alert(1)"}]),
        markup([{"callback_data": "x"}]),
    ],
)
def test_broken_keyboards_are_refused(broken: object) -> None:
    with pytest.raises(BadRequest):
        checked_keyboard(broken)


def test_an_empty_keyboard_is_none() -> None:
    assert checked_keyboard(markup()) is None


def test_an_edit_takes_inline_keyboards_alone() -> None:
    assert checked_keyboard({"force_reply": True}) is None
    with pytest.raises(BadRequest, match="inline keyboard expected"):
        checked_keyboard({"force_reply": True}, only_inline=True)
