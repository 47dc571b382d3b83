"""A call as its handler gets it: who asks, and what, checked."""

import re
from dataclasses import dataclass
from typing import TypeVar

from aiohttp import web
from pydantic import BaseModel

from luka_bot.locales import Words
from luka_bot.models.ids import ParticipantId, ThreadId
from luka_bot.models.participant import human
from luka_bot.services.chat_sessions import Guest
from luka_bot.services.conversations.saying import Speaker
from luka_bot.web.chat.failures import NotThere

_Model = TypeVar("_Model", bound=BaseModel)

_SHAPES = {
    "id": re.compile(r"[0-9a-f]{32}"),
    "seq": re.compile(r"[0-9]{1,15}"),
    "key": re.compile(r"[A-Za-z0-9_-]{1,64}"),
    "token": re.compile(r"[A-Za-z0-9_-]{1,64}"),
    "pid": re.compile(r"(?:tg|web):[0-9]{1,16}|agent:[a-z0-9][a-z0-9_-]{0,31}"),
    "agent": re.compile(r"[a-z0-9][a-z0-9_-]{0,31}"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """visitor: None where nobody has to be signed in."""

    request: web.Request
    words: Words
    visitor: Guest | None
    body: BaseModel | None = None
    query: BaseModel | None = None

    @property
    def guest(self) -> Guest:
        if self.visitor is None:
            raise LookupError("a call that is open to anybody, and asks who it is")
        return self.visitor

    @property
    def speaker(self) -> Speaker:
        return Speaker(self.guest.user_id, self.guest.name)

    @property
    def participant(self) -> ParticipantId:
        return human(self.guest.user_id)

    @property
    def conversation_id(self) -> ThreadId:
        return ThreadId(self.named("id"))

    def named(self, name: str) -> str:
        """What stands in the path. Raises NotThere for what can't be one."""
        text = self.request.match_info[name]
        if not _SHAPES[name].fullmatch(text):
            raise NotThere
        return text

    def read(self, kind: type[_Model]) -> _Model:
        """The body, or the query, of this call."""
        for one in (self.body, self.query):
            if isinstance(one, kind):
                return one
        raise LookupError(kind.__name__)
