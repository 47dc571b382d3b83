"""Sending, editing and deleting over HTTP."""

import json

import aiohttp
import pytest

from luka_bot.demo.telegram import LocalTelegram, Person
from tests.unit.demo_telegram.conftest import Api

pytestmark = pytest.mark.usefixtures("anna")
KEYS = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
OTHER_KEYS = {"inline_keyboard": [[{"text": "Stop", "callback_data": "stop"}]]}


async def test_a_sent_message_is_seen_with_its_buttons(telegram: LocalTelegram, api: Api) -> None:
    sent = await api("sendMessage", chat_id=7, text="Hello", reply_markup=KEYS)
    assert sent.result["reply_markup"] == KEYS
    assert telegram.said(7) == ["Hello"]
    assert telegram.buttons(7) == ["Go"]


async def test_parameters_come_in_every_way_aiogram_and_curl_send_them(
    telegram: LocalTelegram, session: aiohttp.ClientSession
) -> None:
    url = f"{telegram.url}/bot{telegram.token}/sendMessage"
    flat = {"chat_id": "7", "text": "Hi", "reply_markup": json.dumps(KEYS)}
    form = aiohttp.FormData(flat, default_to_multipart=True)
    for sent in (
        session.post(url, data=flat),
        session.post(url, data=form),
        session.post(url, json={"chat_id": 7, "text": "Hi", "reply_markup": KEYS}),
        session.get(url, params=flat),
    ):
        async with sent as response:
            assert response.status == 200
    assert [one.buttons for one in telegram.shown(7)] == [["Go"]] * 4
    assert {one.params["chat_id"] for one in telegram.calls} == {7}


async def test_an_edit_that_changes_nothing_is_refused(api: Api) -> None:
    sent = await api("sendMessage", chat_id=7, text="<b>x</b>", parse_mode="HTML")
    spans = [{"type": "bold", "offset": 0, "length": 1}]
    where = {"chat_id": 7, "message_id": sent.result["message_id"]}
    same = await api("editMessageText", **where, text=" x ", entities=spans_moved(spans))
    assert same.refusal == (
        "Bad Request: message is not modified: specified new message content and reply markup "
        "are exactly the same as a current content and reply markup of the message"
    )
    assert (await api("editMessageText", **where, text="x")).status == 200


def spans_moved(spans: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{**one, "offset": 1} for one in spans]


async def test_an_edit_without_markup_takes_the_keyboard_away(
    telegram: LocalTelegram, api: Api
) -> None:
    sent = await api("sendMessage", chat_id=7, text="x", reply_markup=KEYS)
    where = {"chat_id": 7, "message_id": sent.result["message_id"]}
    await api("editMessageText", **where, text="y")
    assert telegram.buttons(7) == []
    await api("editMessageReplyMarkup", **where, reply_markup=OTHER_KEYS)
    assert (telegram.said(7), telegram.buttons(7)) == (["y"], ["Stop"])


async def test_every_version_of_a_streamed_message_is_kept(
    telegram: LocalTelegram, api: Api
) -> None:
    sent = await api("sendMessage", chat_id=7, text="a")
    where = {"chat_id": 7, "message_id": sent.result["message_id"]}
    await api("editMessageText", **where, text="a b", reply_markup=KEYS)
    await api("editMessageText", **where, text="a b")
    await api("deleteMessage", **where)
    assert telegram.versions(7, where["message_id"]) == ["a", "a b"]
    assert telegram.said(7) == []


async def test_only_own_messages_that_are_there_can_be_edited(anna: Person, api: Api) -> None:
    hers = await anna.writes("Hi")
    foreign = await api("editMessageText", chat_id=7, message_id=hers, text="x")
    gone = await api("editMessageText", chat_id=7, message_id=99, text="x")
    assert foreign.refusal == "Bad Request: message can't be edited"
    assert gone.refusal == "Bad Request: message to edit not found"


async def test_a_file_has_no_text_to_edit(api: Api, telegram: LocalTelegram) -> None:
    file = telegram.world.store("x.md", b"x")
    sent = await api("sendDocument", chat_id=7, document=file.id, caption="c")
    edited = await api("editMessageText", chat_id=7, message_id=sent.result["message_id"], text="x")
    assert edited.refusal == "Bad Request: there is no text in the message to edit"


async def test_a_reply_to_nothing_is_refused_unless_allowed(
    telegram: LocalTelegram, api: Api
) -> None:
    strict = await api("sendMessage", chat_id=7, text="x", reply_parameters={"message_id": 5})
    lenient = {"message_id": 5, "allow_sending_without_reply": True}
    assert strict.refusal == "Bad Request: message to be replied not found"
    await api("sendMessage", chat_id=7, text="x", reply_parameters=lenient)
    assert [one.reply_to for one in telegram.shown(7)] == [None]


async def test_deleting_what_is_gone_is_refused_but_not_among_many(
    telegram: LocalTelegram, api: Api
) -> None:
    sent = await api("sendMessage", chat_id=7, text="x")
    gone = await api("deleteMessage", chat_id=7, message_id=99)
    assert gone.refusal == "Bad Request: message to delete not found"
    ids = [99, sent.result["message_id"]]
    assert (await api("deleteMessages", chat_id=7, message_ids=ids)).result is True
    assert telegram.shown(7) == []


async def test_in_a_group_only_an_admin_bot_deletes_what_others_wrote(
    telegram: LocalTelegram, anna: Person, api: Api
) -> None:
    group = telegram.group(-100, "Family", [anna])
    hers = await anna.writes("x", chat=-100)
    refused = await api("deleteMessage", chat_id=-100, message_id=hers)
    assert refused.refusal == "Bad Request: message can't be deleted"
    await group.adds_bot(anna, as_admin=True)
    assert (await api("deleteMessage", chat_id=-100, message_id=hers)).status == 200


async def test_unreachable_chats_are_told_apart(telegram: LocalTelegram, api: Api) -> None:
    boris, group = telegram.person(8, "Борис"), telegram.group(-100, "Family", [])
    telegram.person(9, "New", started=False)
    await boris.blocks_bot()
    await group.removes_bot(boris)
    answers = [(await api("sendMessage", chat_id=n, text="x")).refusal for n in (5, 8, 9, -100)]
    assert answers == [
        "Bad Request: chat not found",
        "Forbidden: bot was blocked by the user",
        "Forbidden: bot can't initiate conversation with a user",
        "Forbidden: bot was kicked from the supergroup chat",
    ]


async def test_unknown_methods_and_tokens_are_refused(
    telegram: LocalTelegram, session: aiohttp.ClientSession, api: Api
) -> None:
    unknown = await api("sendRichMessage", chat_id=7)
    assert (unknown.status, unknown.refusal) == (404, "Not Found: method not found")
    async with session.get(f"{telegram.url}/bot2:other/getMe") as response:
        assert response.status == 401
        assert (await response.json())["description"] == "Unauthorized"


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 7, "text": "x", "entities": "[{"}, "can't parse entities JSON"),
        ("sendMessage", {"chat_id": 7, "text": "x", "message_thread_id": 4}, "message thread not"),
        ("sendMessage", {"chat_id": 7, "text": "x", "parse_mode": "Pig"}, "unsupported parse_mode"),
        ("sendChatAction", {"chat_id": 7, "action": "sing"}, "wrong parameter action"),
        ("sendMessageDraft", {"chat_id": 7, "text": "x"}, "draft_id must be non-zero"),
        ("sendMessageDraft", {"chat_id": -100, "draft_id": 1}, "TEXTDRAFT_PEER_INVALID"),
        ("setMyCommands", {"commands": [{"command": "Up", "description": "x"}]}, "BOT_COMMAND_INV"),
        ("setMyCommands", {"commands": [{"command": "u", "description": ""}]}, "DESCRIPTION_INVAL"),
        ("setMyCommands", {"commands": [{}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ("setMessageReaction", {"chat_id": 7, "message_id": 1}, "message to react not found"),
        ("getFile", {"file_id": "nope"}, "wrong file_id"),
        ("sendDocument", {"chat_id": 7}, "there is no document in the request"),
        ("getChatAdministrators", {"chat_id": 7}, "there are no administrators"),
        ("deleteMessages", {"chat_id": 7, "message_ids": []}, "message identifiers"),
        ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old and response"),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
    ],
)
async def test_wrong_parameters_are_refused(
    telegram: LocalTelegram, api: Api, method: str, params: dict[str, object], words: str
) -> None:
    telegram.group(-100, "Family", [])
    answer = await api(method, **params)
    assert answer.status == 400
    assert answer.refusal.startswith(f"Bad Request: {words}") or words in answer.refusal
