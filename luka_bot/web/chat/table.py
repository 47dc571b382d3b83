"""Every call there is: what it takes, gives and needs; routes and the OpenAPI document follow."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel

from luka_bot.models.rights import Action
from luka_bot.web.chat import answers, bodies


class Need(StrEnum):
    """ANYBODY: no session. LET_IN: whoever is let in; looking isn't counted."""

    ANYBODY = "anybody"
    LET_IN = "let_in"


@dataclass(frozen=True, slots=True)
class Call:
    """need: an Action is counted as something that somebody does. kind: of the answer's body."""

    method: str
    path: str
    name: str
    about: str
    need: Need | Action = Need.LET_IN
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    answer: type[BaseModel] | None = None
    status: int = 200
    kind: str = "application/json"


_ONE = "/chat/{id}"

CALLS = (
    Call(
        "POST",
        "/auth/telegram",
        "sign_in_by_telegram",
        "Sign in with what Telegram signed for a Mini App; it may be an hour old.",
        Need.ANYBODY,
        bodies.TelegramSignIn,
        answer=answers.SignedIn,
    ),
    Call(
        "POST",
        "/auth/link",
        "sign_in_by_link",
        "Sign in with a link of the bot's /web; it works once, within ten minutes.",
        Need.ANYBODY,
        bodies.LinkSignIn,
        answer=answers.SignedIn,
    ),
    Call(
        "POST",
        "/auth/login",
        "sign_in_by_password",
        "Sign in with an account's name and password; five attempts a minute.",
        Need.ANYBODY,
        bodies.PasswordSignIn,
        answer=answers.SignedIn,
    ),
    Call("POST", "/auth/logout", "sign_out", "End this session.", status=204),
    Call(
        "POST",
        "/chat/conversations",
        "create_conversation",
        "A new conversation, with whom and with which agents one likes.",
        Action.CHANGE_THREADS,
        bodies.NewConversation,
        answer=answers.ShownConversation,
        status=201,
    ),
    Call(
        "GET",
        "/chat/conversations",
        "list_conversations",
        "One's own conversations, newest first.",
        answer=answers.ConversationList,
    ),
    Call("GET", "/chat/agents", "list_agents", "Who can be added.", answer=answers.AgentList),
    Call(
        "GET",
        "/chat/ws/{id}",
        "open_socket",
        "A socket; frames are described in docs/chat.md. Browsers sign in by the subprotocols "
        "luka.chat.v1 and luka.auth.<base64url of the token>.",
        query=bodies.SocketQuery,
        status=101,
    ),
    Call(
        "POST",
        "/chat/join/{token}",
        "join_conversation",
        "Join by an invite.",
        Action.CHANGE_THREADS,
        answer=answers.ShownConversation,
    ),
    Call(
        "GET",
        _ONE,
        "get_conversation",
        "Who takes part, and in which mode.",
        answer=answers.ShownConversation,
    ),
    Call(
        "PATCH",
        _ONE,
        "change_conversation",
        "Another name (its owner's right), or when agents speak.",
        Action.CHANGE_THREADS,
        bodies.ConversationChange,
        answer=answers.ShownConversation,
    ),
    Call(
        "GET",
        f"{_ONE}/messages",
        "list_messages",
        "Messages in order, at most 300.",
        query=bodies.PageQuery,
        answer=answers.MessageList,
    ),
    Call(
        "POST",
        f"{_ONE}/messages/{{seq}}/redact",
        "redact_message",
        "Take back what was said: one's own, any as owner or admin.",
        Action.REDACT,
        status=204,
    ),
    Call(
        "POST",
        f"{_ONE}/stop",
        "stop_agents",
        "End what agents are saying.",
        Action.STOP,
        answer=answers.Stopped,
    ),
    Call(
        "POST",
        f"{_ONE}/invites",
        "create_invite",
        "A link by which others join.",
        Action.CHANGE_THREADS,
        bodies.NewInvite,
        answer=answers.MadeInvite,
        status=201,
    ),
    Call(
        "GET",
        f"{_ONE}/invites",
        "list_invites",
        "Invites that still work.",
        answer=answers.InviteList,
    ),
    Call(
        "DELETE",
        f"{_ONE}/invites/{{key}}",
        "revoke_invite",
        "By its maker, or the owner.",
        Action.CHANGE_THREADS,
        status=204,
    ),
    Call(
        "DELETE",
        f"{_ONE}/participants/{{pid}}",
        "remove_participant",
        "Leave, or as the owner remove somebody.",
        Action.CHANGE_THREADS,
        status=204,
    ),
    Call(
        "POST",
        f"{_ONE}/agents",
        "add_agent",
        "Let another agent take part.",
        Action.CHANGE_THREADS,
        bodies.NewAgent,
        answer=answers.ShownConversation,
    ),
    Call(
        "DELETE",
        f"{_ONE}/agents/{{agent}}",
        "remove_agent",
        "Send an agent away.",
        Action.CHANGE_THREADS,
        status=204,
    ),
    Call(
        "POST",
        "/ask",
        "ask",
        'The bare model: lines {"delta": "…"}, the last {"done": true}. Nothing is kept.',
        Action.ASK,
        bodies.Question,
        kind="application/x-ndjson",
    ),
    Call(
        "GET",
        "/health/chat",
        "health",
        "How conversations are; whole for admins and this machine.",
        Need.ANYBODY,
        answer=answers.Health,
    ),
    Call(
        "GET",
        "/metrics/chat",
        "metrics",
        "What is counted, for Prometheus.",
        Need.ANYBODY,
        kind="text/plain",
    ),
    Call("GET", "/openapi.json", "openapi", "This document.", Need.ANYBODY),
)
