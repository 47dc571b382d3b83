"""What people see of the answers to their questions, once all is quiet."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from chaos.ledger import Question
from chaos.tokens import Found, Token, answers_in
from luka_bot.demo.telegram import LocalTelegram, ShownMessage

STOP, RETRY = "⏹ Stop", "🔁 Retry"


@dataclass(slots=True)
class Place:
    """A message that belongs to a question; found: what of the answer stands there.

    orphan: its send died on the wire, so luka can't know of it.
    """

    message_id: int
    found: Found | None
    buttons: dict[str, str]
    orphan: bool = False


@dataclass(slots=True)
class Seen:
    """All places of one question, from the top of the chat down."""

    question: Question
    places: list[Place] = field(default_factory=list)

    @property
    def answered(self) -> bool:
        """Stands there whole, up to its last sentence."""
        return _whole(self.places)

    @property
    def offers_retry(self) -> bool:
        return any(RETRY in place.buttons for place in self.places)

    @property
    def needs_retry(self) -> bool:
        """As far as luka knows: the whole answer may stand in a message whose send died on the
        wire, and the run after it have failed."""
        known = [place for place in self.places if not place.orphan]
        return self.offers_retry and not self.question.stopped and not _whole(known)

    @property
    def shows_stop(self) -> bool:
        return any(STOP in place.buttons for place in self.places if not place.orphan)

    @property
    def settled(self) -> bool:
        """Answered, or honestly failed, or stopped."""
        return not self.shows_stop and (self.answered or self.offers_retry)

    @property
    def extra(self) -> list[int]:
        """Messages that tell again what a message of the same answer tells already."""
        told: set[int] = set()
        again = []
        for number, place in enumerate(self.places):
            sentences = place.found.sentences if place.found else frozenset()
            if sentences & told or (not sentences and number > 0):
                again.append(place.message_id)
            told |= sentences
        return again

    @property
    def retry(self) -> tuple[int, str] | None:
        """The message and the data of the newest button that asks again."""
        for place in reversed(self.places):
            if RETRY in place.buttons:
                return place.message_id, place.buttons[RETRY]
        return None


def seen_by(
    telegram: LocalTelegram,
    questions: list[Question],
    is_orphan: Callable[[int], bool] = lambda _: False,
) -> list[Seen]:
    """In the order of questions."""
    by_token = {one.token: Seen(one) for one in questions}
    by_turn = {f"u{one.update_id}": one.token for one in questions}
    for person_id in {one.person_id for one in questions}:
        for message in telegram.shown(person_id):
            if message.is_bot:
                _put(message, by_token, by_turn)
    for place in (one for seen in by_token.values() for one in seen.places):
        place.orphan = is_orphan(place.message_id)
    return list(by_token.values())


def _whole(places: Iterable[Place]) -> bool:
    telling = [place.found for place in places if place.found]
    sentences = {one for found in telling for one in found.sentences}
    whole = any(found.whole for found in telling)
    return whole and sentences == set(range(max(sentences) + 1))


def _put(message: ShownMessage, seen: dict[Token, Seen], turns: dict[str, Token]) -> None:
    buttons = dict(_buttons(message))
    found = answers_in(message.text)
    of_turn = {turns[turn] for data in buttons.values() if (turn := _turn_in(data)) in turns}
    for token in {*found, *of_turn} & seen.keys():
        place = Place(message.message_id, found.get(token), buttons if token in of_turn else {})
        seen[token].places.append(place)


def _buttons(message: ShownMessage) -> Iterator[tuple[str, str]]:
    for button in (one for row in message.keyboard for one in row):
        if button.data:
            yield button.text, button.data


def _turn_in(data: str) -> str:
    """turn_stop:{turn}, turn_retry:{thread}:{turn} …"""
    return data.rpartition(":")[2] if data.startswith("turn_") else ""
