"""What our bot is called in Telegram, asked without the client that takes a second to read."""

import httpx

from luka_bot.config import Settings

SECONDS = 5.0  # for the answer


async def bot_name(settings: Settings) -> str:
    """Without @; "" where Telegram doesn't say."""
    token = settings.bot_token.get_secret_value()
    if not token:
        return ""
    address = f"{settings.telegram_api_url.rstrip('/')}/bot{token}/getMe"
    try:
        async with httpx.AsyncClient(timeout=SECONDS) as client:
            answer: object = (await client.get(address)).json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return ""
    match answer:
        case {"result": {"username": str(name)}}:
            return name
    return ""
