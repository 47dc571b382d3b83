"""Inline keyboards as Telegram takes them."""

from collections.abc import Iterator

from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.records import Chat, ForceReply, Keyboard
from luka_bot.demo.telegram.refusal import BadRequest
from luka_bot.demo.telegram.web_app import is_allowed

MOST_BUTTONS = 100
MOST_IN_ROW = 8
LONGEST_DATA = 64  # bytes
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
    "disabled",
)
OTHER_MARKUPS = ("keyboard", "remove_keyboard", "force_reply")


def checked_keyboard(raw: object, *, only_inline: bool = False) -> Keyboard | None:
    """None for no keyboard, an empty one, or a markup that isn't shown with the message."""
    if raw is None:
        return None
    if not isinstance(raw, dict):
        raise BadRequest("object expected as reply markup")
    rows = raw.get("inline_keyboard")
    if rows is None and any(name in raw for name in OTHER_MARKUPS):
        if only_inline:
            raise BadRequest("inline keyboard expected")
        return None
    if not isinstance(rows, list):
        raise BadRequest("can't parse inline keyboard markup JSON object")
    keyboard = [list(_row(row)) for row in rows if row]
    if sum(map(len, keyboard)) > MOST_BUTTONS or any(len(row) > MOST_IN_ROW for row in keyboard):
        raise BadRequest("REPLY_MARKUP_TOO_LONG")
    return keyboard or None


def refuse_web_apps(chat: Chat, keyboard: Keyboard | None) -> None:
    """Telegram has them in private chats alone."""
    apps = [button for row in keyboard or [] for button in row if "web_app" in button]
    if apps and not chat.is_private:
        raise BadRequest("BUTTON_TYPE_INVALID")


def checked_web_app(raw: object) -> Json:
    match raw:
        case {"url": str(url)} if is_allowed(url):
            return {"url": url}
        case {"url": str(url)}:
            raise BadRequest(f"Web App URL '{url}' is invalid: Only HTTPS links are allowed")
        case _:
            raise BadRequest("can't parse web app: url is needed")


def force_reply_in(raw: object) -> ForceReply | None:
    if not isinstance(raw, dict) or raw.get("force_reply") is not True:
        return None
    placeholder = raw.get("input_field_placeholder")
    return ForceReply(str(placeholder or ""), selective=raw.get("selective") is True)


def _row(row: object) -> Iterator[Json]:
    if not isinstance(row, list):
        raise BadRequest("expected an Array of InlineKeyboardButton")
    for button in row:
        if not isinstance(button, dict) or not isinstance(button.get("text"), str):
            raise BadRequest('can\'t parse inline keyboard button: field "text" must be a String')
        yield _button(button)


def _button(button: Json) -> Json:
    if not str(button["text"]).strip():
        raise BadRequest("can't parse inline keyboard button: button text must be non-empty")
    actions = [name for name in ACTIONS if button.get(name) is not None]
    if not actions:
        raise BadRequest(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= LONGEST_DATA:
        raise BadRequest("BUTTON_DATA_INVALID")
    if "web_app" in actions:
        return {**button, "web_app": checked_web_app(button["web_app"])}
    url = button.get("url")
    if url is not None and not str(url).startswith(("http://", "https://", "tg://")):
        raise BadRequest(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return button
