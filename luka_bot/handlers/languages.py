"""The language in which somebody is spoken to, also where nobody has the time to look it up."""

from luka_bot.locales import Words, words_for
from luka_bot.models.ids import UserId

REMEMBERED = 10_000  # people who chose another language than their Telegram's


class Languages:
    def __init__(self) -> None:
        self._chosen: dict[UserId, str] = {}

    def of(self, user_id: int, code: str | None) -> Words:
        """code: Telegram's."""
        return words_for(self._chosen.get(UserId(user_id)) or code)

    def learn(self, user_id: UserId, chosen: str) -> None:
        """chosen: "" for their Telegram's."""
        self._chosen.pop(user_id, None)
        if chosen:
            self._chosen[user_id] = chosen
        if len(self._chosen) > REMEMBERED:
            del self._chosen[next(iter(self._chosen))]
