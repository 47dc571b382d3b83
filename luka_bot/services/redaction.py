"""Taking one question and its answer back, as if nobody had asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from luka_bot.models.audit import Event
from luka_bot.models.ids import ChatId, MessageId, TurnId, UserId
from luka_bot.models.message import Message, Role
from luka_bot.models.people_errors import NotTheirWords
from luka_bot.models.person import Person
from luka_bot.models.thread import THREADS_LIMIT, Thread
from luka_bot.services.access import AccessService
from luka_bot.services.thread_service import ThreadService
from luka_bot.services.turn_service import TurnService
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.redactions import Redactions, TakenOut

NEAR = 10.0  # s between a piece of a long paste and the whole question


@dataclass(frozen=True, slots=True)
class Pointed:
    """The message that somebody replied to. owner: whose threads it belongs to.

    at: seconds since the epoch.
    """

    owner: UserId
    chat_id: ChatId
    message_id: MessageId
    by_luka: bool
    text: str
    at: float


class Redaction:
    def __init__(
        self,
        threads: ThreadService,
        turns: TurnService,
        redactions: Redactions,
        access: AccessService,
        audit: AuditLog,
    ) -> None:
        self._threads = threads
        self._turns = turns
        self._redactions = redactions
        self._access = access
        self._audit = audit

    async def redact(self, pointed: Pointed, by: Person) -> TakenOut | None:
        """An answer that is being written ends first. None where the message isn't known.

        Raises NotTheirWords, CheckFailed.
        """
        found = await self._find(pointed)
        if found is None:
            return None
        thread, question = found
        if not await self._may(pointed, question, by):
            raise NotTheirWords
        turn_id = TurnId(question.id)
        await self._turns.stop_turn(pointed.owner, thread.thread_id, turn_id)
        taken = await self._redactions.take_out(pointed.owner, thread.thread_id, turn_id)
        whom = question.writer if question.writer != by.user_id else None
        await self._audit.note(Event.REDACTED, by.user_id, by.name, whom=whom)
        return taken

    async def _may(self, pointed: Pointed, question: Message, by: Person) -> bool:
        if by.user_id in (pointed.owner, question.writer):
            return True
        return await self._access.rules(pointed.chat_id, by)

    async def _find(self, pointed: Pointed) -> tuple[Thread, Message] | None:
        """Newest thread first."""
        page = await self._threads.list_threads(pointed.owner, limit=THREADS_LIMIT)
        for thread in page.threads:
            said = await self._threads.history(pointed.owner, thread.thread_id)
            questions = [one for one in said if one.role is Role.USER and one.id]
            question = await self._asked_in(pointed, questions)
            if question is not None:
                return thread, question
        return None

    async def _asked_in(self, pointed: Pointed, questions: Sequence[Message]) -> Message | None:
        if not pointed.by_luka:
            return _question_of(pointed, questions)
        by_turn = {TurnId(one.id): one for one in questions}
        turn_id = await self._redactions.answer_in(pointed.message_id, tuple(by_turn))
        return None if turn_id is None else by_turn[turn_id]


def _question_of(pointed: Pointed, questions: Sequence[Message]) -> Message | None:
    """By its number, else (a piece of a long paste, or asked when numbers weren't kept yet) by its
    words at that time."""
    for one in questions:
        if one.message_id == pointed.message_id:
            return one
    words = pointed.text.strip()
    near = (one for one in questions if words and abs(one.ts - pointed.at) <= NEAR)
    return next((one for one in near if words in one.content), None)
