"""Whatever a caller sends is answered or refused in Telegram's words, never with a failure."""

import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import luka_bot.demo.telegram.methods  # noqa: F401 - fills the registry
from luka_bot.background import Background
from luka_bot.demo.telegram.flood import Flood, Limits
from luka_bot.demo.telegram.params import NESTED, NUMBERS, Params, decoded
from luka_bot.demo.telegram.records import Account, Chat
from luka_bot.demo.telegram.refusal import BadRequest, Refusal
from luka_bot.demo.telegram.registry import find_method, method_names
from luka_bot.demo.telegram.updates import UpdateQueue
from luka_bot.demo.telegram.webhook import Webhook
from luka_bot.demo.telegram.world import World
from luka_bot.models.ids import ChatId, UserId

WORDS = ("type", "offset", "length", "text", "url", "inline_keyboard", "message_id", "emoji")
PLAIN = frozenset({"text", "caption", "parse_mode", "url", "action", "document"})
NAMES = sorted(NESTED | NUMBERS | PLAIN)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(7),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4)
    ),
    max_leaves=8,
)
ENTITY = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["bold", "code", "pre", "text_link", "blockquote"]),
        "offset": st.integers(-1, 8),
        "length": st.integers(-1, 8),
        "url": st.just("https://x.org"),
    }
)


def world() -> World:
    updates = UpdateQueue(time.time, 1, slow_repeats=False)
    webhook = Webhook(updates, Background(), time.time)
    bot = Account(UserId(1), "luka", "luka_bot", is_bot=True)
    made = World(bot, "1:test", Flood(Limits.none(), time.monotonic), updates, webhook, time.time)
    made.accounts[UserId(7)] = Account(UserId(7), "Anna")
    made.chats[ChatId(7)] = Chat(ChatId(7), "private", "Anna", [UserId(7)])
    return made


@pytest.mark.parametrize("name", sorted(set(method_names()) - {"getupdates", "setwebhook"}))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(raw=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6))
def test_no_parameter_breaks_a_method(name: str, raw: dict[str, object]) -> None:
    method = find_method(name)
    assert method is not None
    with suppress(Refusal):
        method(world(), Params(decoded({"chat_id": 7, **raw})))


@given(text=st.text(max_size=8), entities=st.lists(ENTITY, max_size=4))
def test_entities_that_pass_stay_within_the_text(
    text: str, entities: list[dict[str, object]]
) -> None:
    method = find_method("sendMessage")
    assert method is not None
    here = world()
    try:
        method(here, Params({"chat_id": 7, "text": text, "entities": entities}))
    except Refusal:
        return
    (post,) = here.chats[ChatId(7)].posts.values()
    size = len(post.body.text.encode("utf-16-le")) // 2
    assert all(0 <= one.offset < one.end <= size for one in post.body.entities)


@given(html=st.text(alphabet='<>/ab"=& ;#1', max_size=30))
def test_any_html_is_read_or_refused(html: str) -> None:
    method = find_method("sendMessage")
    assert method is not None
    with suppress(BadRequest):
        method(world(), Params({"chat_id": 7, "text": html, "parse_mode": "HTML"}))
