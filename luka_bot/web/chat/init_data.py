"""What Telegram says of who has opened our page inside it, and whether it was Telegram."""

from datetime import UTC

from aiogram.utils.web_app import WebAppInitData, safe_parse_webapp_init_data
from pydantic import ValidationError

from luka_bot.models.ids import UserId
from luka_bot.models.person import Visitor
from luka_bot.web.chat.failures import NotSignedIn

LIFE = 3600.0  # s; what is signed never ends by itself, and may have been copied
AHEAD = 30.0  # s by which Telegram's clock may be before ours


def visitor_of(init_data: str, bot_token: str, now: float) -> tuple[Visitor, float]:
    """Who it is, and until when (seconds since the epoch) this may be said. Raises NotSignedIn."""
    try:
        data = safe_parse_webapp_init_data(bot_token, init_data)
    except (ValueError, TypeError, ValidationError) as error:  # TypeError: a hash beyond ASCII
        raise NotSignedIn from error
    signed = data.auth_date.replace(tzinfo=data.auth_date.tzinfo or UTC).timestamp()
    if not now - LIFE <= signed <= now + AHEAD:
        raise NotSignedIn
    return _visitor(data), signed + LIFE


def _visitor(data: WebAppInitData) -> Visitor:
    user = data.user
    if user is None or user.is_bot:
        raise NotSignedIn
    name = " ".join(filter(None, (user.first_name, user.last_name)))
    return Visitor(UserId(user.id), name, user.username or "", user.language_code or "")
