"""A question and its streamed answer; stop, retry and regenerate."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.answering import Answering
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.callbacks import TurnRegenerate, TurnRetry, TurnStop
from luka_bot.handlers.doing import does
from luka_bot.handlers.questions import question_in, replied
from luka_bot.handlers.screen import Screen
from luka_bot.ingest.handover import Handover
from luka_bot.models.rights import Action
from luka_bot.models.turn import Question
from luka_bot.services.conversations.direct_talk import DirectTalk
from luka_bot.services.turn_service import TurnService


def routes() -> Router:
    router = Router(name="streaming_dm")
    router.message.register(stop_all, Command("stop"), flags=does(Action.STOP))
    router.message.register(answer, question_in, flags=does(Action.ASK))
    router.callback_query.register(stop, TurnStop.filter(), flags=does(Action.STOP))
    router.callback_query.register(retry, TurnRetry.filter(), flags=does(Action.ASK))
    router.callback_query.register(regenerate, TurnRegenerate.filter(), flags=does(Action.ASK))
    return router


async def answer(
    message: Message,
    question: Question,
    asker: Asker,
    direct_talk: DirectTalk,
    answering: Answering,
    handover: Handover,
) -> None:
    """Storing the question keeps the chat's order; writing the answer holds up nobody."""
    turn = await direct_talk.ask(question, replied(message))
    if turn is not None:
        handover.take(lambda: answering.answer(asker, turn))


async def stop_all(
    _: Message, asker: Asker, turns: TurnService, direct_talk: DirectTalk, screen: Screen
) -> None:
    """What stops says so itself; only when there was nothing to stop, we must."""
    if not turns.stop_all(asker.owner) and not await direct_talk.stop(asker.owner):
        await screen.show(asker, asker.words.html("stop.nothing"))


async def stop(
    query: CallbackQuery,
    callback_data: TurnStop,
    asker: Asker,
    turns: TurnService,
    courier: Courier,
) -> None:
    stopped = turns.stop(asker.owner, callback_data.id)
    await courier.toast(query.id, asker.words("stop.done" if stopped else "stop.nothing"))
    if await turns.is_orphan(callback_data.id, asker.message_id):
        await courier.tidy(asker.target, asker.message_id)


async def retry(
    query: CallbackQuery,
    callback_data: TurnRetry,
    asker: Asker,
    turns: TurnService,
    answering: Answering,
    handover: Handover,
) -> None:
    turn = await turns.retry(asker.owner, callback_data.thread_id, callback_data.id, query.id)
    await answering.again(asker, turn, query, handover)


async def regenerate(
    query: CallbackQuery,
    callback_data: TurnRegenerate,
    asker: Asker,
    turns: TurnService,
    answering: Answering,
    handover: Handover,
) -> None:
    thread_id, turn_id = callback_data.thread_id, callback_data.id
    turn = await turns.regenerate(asker.owner, thread_id, turn_id, query.id)
    await answering.again(asker, turn, query, handover)
