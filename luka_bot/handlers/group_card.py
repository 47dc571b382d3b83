"""/group: when luka speaks in a group, who takes part, and whether it hears everything."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.group_sight import GroupSight
from luka_bot.handlers.group_words import title_of
from luka_bot.handlers.groups import IN_GROUPS
from luka_bot.handlers.screen import Screen
from luka_bot.locales import Words
from luka_bot.models.conversation import Conversation, Policy
from luka_bot.models.ids import ThreadId
from luka_bot.models.rights import Action
from luka_bot.services.conversations.conversation_service import ConversationService

NAMED = 20  # people whose names are shown
CHOSEN = "✓ "


class GroupPolicy(CallbackData, prefix="group_policy"):
    id: ThreadId
    policy: Policy


def routes() -> Router:
    router = Router(name="group_card")
    command, seen = Command("group"), does(Action.SEE_GROUP)
    router.message.register(show_group, IN_GROUPS, command, flags=seen)
    router.message.register(show_nothing, command, flags=seen)
    router.callback_query.register(choose, GroupPolicy.filter(), flags=does(Action.CHANGE_GROUP))
    return router


async def show_group(
    message: Message,
    asker: Asker,
    conversations: ConversationService,
    group_sight: GroupSight,
    screen: Screen,
) -> None:
    target = asker.target
    here = await conversations.in_group(target.chat_id, target.topic_id, title_of(message))
    sees_all = await group_sight.sees_all(target.chat_id)
    await screen.show(asker, _card(asker.words, here, sees_all), _buttons(asker.words, here))


async def show_nothing(_: Message, asker: Asker, screen: Screen) -> None:
    await screen.show(asker, asker.words.html("group.elsewhere"))


async def choose(
    query: CallbackQuery,
    callback_data: GroupPolicy,
    asker: Asker,
    conversations: ConversationService,
    group_sight: GroupSight,
    courier: Courier,
    screen: Screen,
) -> None:
    words = asker.words
    here = await conversations.set_policy(asker.owner, callback_data.id, callback_data.policy)
    await courier.toast(query.id, words(f"group.now_{callback_data.policy.value}"))
    sees_all = await group_sight.sees_all(asker.target.chat_id)
    await screen.show(
        asker, _card(words, here, sees_all), _buttons(words, here), over=asker.message_id
    )


def _card(words: Words, here: Conversation, sees_all: bool | None) -> str:  # noqa: FBT001
    people = [one.name for one in here.humans[:NAMED]]
    if len(here.humans) > NAMED:
        people.append(f"+{len(here.humans) - NAMED}")
    lines = [
        words.html("group.card", name=here.name),
        words.html(f"group.when_{_policy(here).value}"),
        "",
        words.html("group.agents", names=", ".join(one.name for one in here.agents) or "–"),
        words.html("group.people", names=", ".join(people) or "–"),
    ]
    if sees_all is not None:
        lines += ["", words.html("group.hears_all" if sees_all else "group.deaf")]
    return "\n".join(lines)


def _buttons(words: Words, here: Conversation) -> InlineKeyboardMarkup:
    rows = [
        InlineKeyboardButton(
            text=f"{CHOSEN if one is _policy(here) else ''}{words(f'button.group.{one.value}')}",
            callback_data=GroupPolicy(id=here.conversation_id, policy=one).pack(),
        )
        for one in Policy
    ]
    return InlineKeyboardMarkup(inline_keyboard=[rows[:2], rows[2:]])


def _policy(here: Conversation) -> Policy:
    return here.policy or Policy.MENTION
