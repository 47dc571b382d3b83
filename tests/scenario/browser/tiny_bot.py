"""The least a bot can be: calls of the Bot API, and the updates it got."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import aiohttp

from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.local import LocalTelegram


class TinyBot:
    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        self._session = session
        self._base = base
        self._offset = 0

    @classmethod
    @asynccontextmanager
    async def of(cls, telegram: LocalTelegram) -> AsyncIterator["TinyBot"]:
        async with aiohttp.ClientSession() as session:
            yield cls(session, f"{telegram.url}/bot{telegram.token}")

    async def says(self, chat_id: int, text: str, *entities: Json, **more: object) -> int:
        """The new message's id."""
        params: Json = {"chat_id": chat_id, "text": text, "entities": list(entities), **more}
        message = await self._call("sendMessage", params)
        return int(str(cast("Json", message)["message_id"]))

    async def shows(self, chat_id: int, picture: bytes, caption: str, **more: str) -> None:
        form = aiohttp.FormData({"chat_id": str(chat_id), "caption": caption, **more})
        form.add_field("photo", picture, filename="picture.png", content_type="image/png")
        async with self._session.post(f"{self._base}/sendPhoto", data=form) as response:
            assert (await response.json())["ok"]

    async def edits(self, chat_id: int, message_id: int, text: str, **more: object) -> None:
        await self._call("editMessageText", _message(chat_id, message_id) | {"text": text} | more)

    async def deletes(self, chat_id: int, message_id: int) -> None:
        await self._call("deleteMessage", _message(chat_id, message_id))

    async def types(self, chat_id: int) -> None:
        await self._call("sendChatAction", {"chat_id": chat_id, "action": "typing"})

    async def answers(self, query_id: str, text: str = "", *, alert: bool = False) -> None:
        answer = {"callback_query_id": query_id, "text": text, "show_alert": alert}
        await self._call("answerCallbackQuery", answer)

    async def offers(self, language: str, **commands: str) -> None:
        listed = [{"command": name, "description": text} for name, text in commands.items()]
        await self._call("setMyCommands", {"commands": listed, "language_code": language})

    async def describes_itself(self, language: str, text: str) -> None:
        await self._call("setMyDescription", {"description": text, "language_code": language})

    async def hears(self, kind: str) -> Json:
        """The next update of this kind; others before it are dropped."""
        while True:
            params: Json = {"offset": self._offset, "timeout": 8, "limit": 1}
            updates = cast("list[Json]", await self._call("getUpdates", params))
            if not updates:
                raise TimeoutError(f"no {kind} came")
            self._offset = int(str(updates[0]["update_id"])) + 1
            if kind in updates[0]:
                return cast("Json", updates[0][kind])

    async def _call(self, method: str, params: Json) -> object:
        async with self._session.post(f"{self._base}/{method}", json=params) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]


def _message(chat_id: int, message_id: int) -> Json:
    return {"chat_id": chat_id, "message_id": message_id}


def over(text: str, part: str, kind: str, **more: str) -> Json:
    """An entity over `part` of `text`, counted as Telegram counts."""
    before = text[: text.index(part)]
    return {"type": kind, "offset": units(before), "length": units(part), **more}


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def buttons(*rows: dict[str, str]) -> Json:
    """Each row maps a button's text to its callback data."""
    return {
        "inline_keyboard": [
            [{"text": text, "callback_data": data} for text, data in row.items()] for row in rows
        ]
    }
