"""The least that can be called a streaming bot: what luka's cost is measured against.

It keeps nothing, formats nothing, and forgives neither Telegram nor the model anything.
"""

import asyncio
import json
import os
import re
import time

import httpx
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

FIRST_TEXT_AFTER = 0.7  # s of tokens, if no sentence has ended before
EDIT_EVERY = 1.5  # s
SENTENCE_END = re.compile(r"[.!?]\s")


async def answer(message: Message, http: httpx.AsyncClient) -> None:
    question = {"role": "user", "content": message.text}
    body = {"model": os.environ["OLLAMA_MODEL"], "messages": [question], "stream": True}
    text, shown = "", ""
    begun_at = drawn_at = 0.0
    sent: Message | None = None
    async with http.stream("POST", "/api/chat", json=body) as response:
        async for line in response.aiter_lines():
            text += json.loads(line)["message"]["content"]
            now = time.monotonic()
            begun_at = begun_at or now
            if sent is None:
                if SENTENCE_END.search(text) or now - begun_at >= FIRST_TEXT_AFTER:
                    sent, shown, drawn_at = await message.answer(text), text, now
            elif now - drawn_at >= EDIT_EVERY and text != shown:
                await sent.edit_text(text)
                shown, drawn_at = text, now
    if sent is None:
        await message.answer(text)
    elif text != shown:
        await sent.edit_text(text)


async def main() -> None:
    server = TelegramAPIServer.from_base(os.environ["TELEGRAM_API_URL"])
    bot = Bot(os.environ["BOT_TOKEN"], session=AiohttpSession(api=server))
    dispatcher = Dispatcher()
    dispatcher.message.register(answer)
    url = os.environ["OLLAMA_URL"]
    async with httpx.AsyncClient(base_url=url, timeout=None, trust_env=False) as http:  # noqa: S113 - the least there can be
        await dispatcher.start_polling(bot, http=http)


if __name__ == "__main__":
    asyncio.run(main())
