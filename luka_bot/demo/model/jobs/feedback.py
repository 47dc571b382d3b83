"""Whether people are content, by the words that they use."""

import re
from collections import Counter
from dataclasses import dataclass

from luka_bot.demo.model.jobs.tables import Table

COLUMN = r"feedback|comment|review|text|message|отзыв|коммент|текст|сообщени"
GOOD = re.compile(
    r"\b(good|great|love|loved|excellent|perfect|happy|fast|easy|friendly|recommend|nice|best"
    r"|helpful)\b|хорош|отличн|прекрасн|нрав|супер|быстр|удобн|рекоменд|вежлив|доволен|довольн",
    re.IGNORECASE,
)
BAD = re.compile(
    r"\b(bad|poor|terrible|awful|hate|worst|slow|late|delay\w*|broken|broke|crash\w*|bugs?|rude"
    r"|expensive|overpriced|refund|disappoint\w*|never|unhelpful|confusing|damaged|missing)\b"
    r"|плох|ужасн|медлен|опозда|задерж|слома|ошибк|груб|дорог|возврат|разочар|неудобн|поврежд",
    re.IGNORECASE,
)
TOPICS = {
    "delivery": r"deliver|ship|late|delay|courier|доставк|опозда|задерж|курьер",
    "quality": r"broke|crash|bug|damag|quality|defect|слома|ошибк|качеств|поврежд|брак",
    "service": r"support|service|rude|staff|answer|reply|поддержк|обслуж|груб|персонал|ответ",
    "price": r"price|expensive|overpriced|cost|refund|цен|дорог|возврат",
    "use": r"confus|slow|complicat|difficult|interface|медлен|неудобн|сложн|непонятн",
}
_TOPICS = {name: re.compile(words, re.IGNORECASE) for name, words in TOPICS.items()}


@dataclass(frozen=True, slots=True)
class Feedback:
    """complaints: by topic, the most frequent first, with one of the sentences each."""

    positive: int
    negative: int
    neutral: int
    complaints: tuple[tuple[str, int, str], ...]

    @property
    def total(self) -> int:
        return self.positive + self.negative + self.neutral


def feedback_in(table: Table) -> Feedback | None:
    column = table.column(COLUMN)
    if column is None:
        return None
    said = [row.get(column, "") for row in table.rows]
    moods = Counter(_mood(one) for one in said)
    bad = [one for one in said if _mood(one) < 0]
    topics = [(name, [one for one in bad if words.search(one)]) for name, words in _TOPICS.items()]
    complaints = sorted((len(some), name, some[0]) for name, some in topics if some)
    return Feedback(
        moods[1], moods[-1], moods[0], tuple((name, n, one) for n, name, one in complaints[::-1])
    )


def _mood(text: str) -> int:
    difference = len(GOOD.findall(text)) - len(BAD.findall(text))
    return (difference > 0) - (difference < 0)
