"""Where in Telegram a conversation is shown, and in which language."""

from dataclasses import dataclass

from luka_bot.delivery.rendered import NOTHING, Rendered
from luka_bot.delivery.target import Target
from luka_bot.handlers.languages import Languages
from luka_bot.locales import Words
from luka_bot.models.conversation import Conversation
from luka_bot.models.ids import ChatId, UserId
from luka_bot.services.thread_service import ThreadService
from luka_bot.storage.people import PeopleStore

REMEMBERED = 1000  # groups whose language is known


@dataclass(frozen=True, slots=True)
class Place:
    """head: what stands above all that is brought here, such as which conversation it is.

    thinking: they want to see the model's.
    """

    target: Target
    words: Words
    head: Rendered = NOTHING
    thinking: bool = False


class Places:
    """usual: the language of a group in which nobody has written to this process yet."""

    def __init__(
        self, people: PeopleStore, threads: ThreadService, languages: Languages, usual: Words
    ) -> None:
        self._people = people
        self._threads = threads
        self.languages = languages
        self._usual = usual
        self._spoken: dict[ChatId, Words] = {}

    def heard(self, chat_id: ChatId, words: Words) -> None:
        """A group is spoken to as whoever wrote there last."""
        self._spoken.pop(chat_id, None)
        self._spoken[chat_id] = words
        if len(self._spoken) > REMEMBERED:
            del self._spoken[next(iter(self._spoken))]

    async def of(self, chat_id: ChatId, conversation: Conversation) -> Place:
        """Raises StorageAway."""
        if chat_id < 0:
            target = Target(chat_id, conversation.topic_id)
            return Place(target, self._spoken.get(chat_id, self._usual))
        person = await self._people.get(UserId(chat_id))
        words = self.languages.of(person.user_id, person.shown_language)
        head = await self._head(UserId(chat_id), conversation)
        preferences = person.preferences
        target = Target(chat_id, quiet=preferences.quiet)
        return Place(target, words, head, preferences.thinking)

    async def _head(self, user_id: UserId, conversation: Conversation) -> Rendered:
        page = await self._threads.list_threads(user_id, limit=1)
        if page.active_id == conversation.conversation_id:
            return NOTHING
        return Rendered(f"💬 {conversation.name}")
