"""What /privacy says: what is kept, for how long, and who can read it, as it is set here."""

from dataclasses import dataclass
from datetime import timedelta

from luka_bot.locales import Words
from luka_bot.models.lives import Lives
from luka_bot.models.person import Limits
from luka_bot.storage import keys

_COUNTED = (keys.USAGE_LIFE, keys.ASKED_LIFE, keys.STATS_LIFE)


@dataclass(frozen=True, slots=True)
class PrivacyText:
    """limits: a day's, of whoever has none of their own."""

    lives: Lives
    limits: Limits

    def in_(self, words: Words) -> str:
        """HTML."""
        parts = [
            words.html("privacy.who"),
            words.html(
                "privacy.kept",
                threads=_days(words, self.lives.threads),
                history=_days(words, self.lives.history),
                undo=int(keys.UNDO_LIFE.total_seconds() // 60),
                dead=_days(words, keys.DEAD_LIFE),
                audit=_days(words, keys.AUDIT_LIFE),
                usage=_days(words, max(_COUNTED)),
            ),
            words.html("privacy.jobs"),
            self._limited(words),
            words.html("privacy.readers"),
            words.html("privacy.yours"),
        ]
        return "\n\n".join(part for part in parts if part)

    def _limited(self, words: Words) -> str:
        if not any((self.limits.messages, self.limits.tokens, self.limits.seconds)):
            return ""
        return words.html("privacy.limited")


def _days(words: Words, life: timedelta) -> str:
    return words.count("privacy.days", life.days)
