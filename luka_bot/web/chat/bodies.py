"""What people send, by HTTP, and what it must look like."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from luka_bot.models.conversation import CONTENT_LIMIT
from luka_bot.models.thread import NAME_LIMIT
from luka_bot.storage.chat.contract import PAGE_LIMIT

MOST = 2**53 - 1  # beyond it JavaScript's numbers aren't exact
LAST = 100  # messages, where nobody says how many

Name = Annotated[str, Field(min_length=1, max_length=NAME_LIMIT)]
AgentKey = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,31}$")]
PersonReference = Annotated[str, Field(pattern=r"^(?:(?:tg|web):[0-9]{1,16}|@[A-Za-z0-9_]{1,64})$")]
Number = Annotated[int, Field(ge=0, le=MOST)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TelegramSignIn(Body):
    init_data: Annotated[
        str, Field(min_length=1, max_length=8192, description="Telegram.WebApp.initData")
    ]


class LinkSignIn(Body):
    link: Annotated[
        str, Field(min_length=1, max_length=128, description="what stands behind # of /web's link")
    ]


class PasswordSignIn(Body):
    login: Annotated[str, Field(min_length=1, max_length=100)]
    password: Annotated[str, Field(min_length=1, max_length=1000)]


class NewConversation(Body):
    """agents left out: luka alone; []: none."""

    name: Name | None = None
    participants: Annotated[list[PersonReference], Field(max_length=100)] = []
    agents: Annotated[list[AgentKey], Field(max_length=100)] | None = None


class ConversationChange(Body):
    """policy: when agents speak; null for the usual."""

    name: Name | None = None
    policy: Literal["mention", "smart", "always", "quiet"] | None = None


class NewInvite(Body):
    """expires_in: seconds."""

    uses: Annotated[int, Field(ge=1, le=100)] = 1
    expires_in: Annotated[int, Field(ge=60, le=30 * 86400)] = 86400


class NewAgent(Body):
    agent: AgentKey


class Question(Body):
    content: Annotated[str, Field(min_length=1, max_length=CONTENT_LIMIT)]


class SocketQuery(BaseModel):
    last_seq: Number | None = None
    epoch: Annotated[str, Field(max_length=64)] = ""


class PageQuery(BaseModel):
    """after left out: the last ones."""

    after: Number | None = None
    limit: Annotated[int, Field(ge=1, le=PAGE_LIMIT)] = LAST
