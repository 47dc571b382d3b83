"""People write, tap and block, and a test sees what they see."""

import pytest

from luka_bot.demo.telegram import LocalTelegram, Person, furnish
from luka_bot.demo.telegram.deeds import CannotDo
from tests.unit.demo_telegram.conftest import Api


def keys(*texts: str) -> dict[str, object]:
    row = [{"text": text, "callback_data": f"do:{text}"} for text in texts]
    return {"inline_keyboard": [row]}


async def kinds(api: Api) -> list[str]:
    return [list(one)[1] for one in (await api("getUpdates")).result]


async def test_a_tap_presses_the_newest_button_and_the_exact_one_first(
    anna: Person, api: Api
) -> None:
    await api("sendMessage", chat_id=7, text="old", reply_markup=keys("Main"))
    await api("sendMessage", chat_id=7, text="new", reply_markup=keys("Main (2)", "Main"))
    await api("sendMessage", chat_id=7, text="no buttons")
    await anna.taps("Main")
    await anna.taps("Main (")
    pressed = [one["callback_query"] for one in (await api("getUpdates")).result]
    assert [one["data"] for one in pressed] == ["do:Main", "do:Main (2)"]
    assert {one["message"]["text"] for one in pressed} == {"new"}


async def test_a_missing_button_tells_what_is_visible(anna: Person, api: Api) -> None:
    await api("sendMessage", chat_id=7, text="Choose", reply_markup=keys("Yes", "No"))
    with pytest.raises(LookupError) as missing:
        await anna.taps("Maybe")
    assert "luka: Choose\n      Yes | No" in str(missing.value)


async def test_a_forged_tap_on_a_message_that_is_gone_still_arrives(anna: Person, api: Api) -> None:
    await anna.taps_data(99, "forged")
    (update,) = (await api("getUpdates")).result
    assert update["callback_query"]["message"] == {
        "chat": {"id": 7, "type": "private", "first_name": "Anna", "username": "anna"},
        "message_id": 99,
        "date": 0,
    }


async def test_an_answered_tap_is_a_toast(telegram: LocalTelegram, anna: Person, api: Api) -> None:
    query = await anna.taps_data(1, "x")
    await api("answerCallbackQuery", callback_query_id=query, text="Done")
    await api("answerCallbackQuery", callback_query_id=query)
    assert telegram.toasts(7) == ["Done", ""]


async def test_blocking_and_unblocking_are_told(anna: Person, api: Api) -> None:
    await anna.blocks_bot()
    with pytest.raises(CannotDo):
        await anna.writes("Hi")
    await anna.unblocks_bot()
    changes = [one["my_chat_member"] for one in (await api("getUpdates")).result]
    assert [one["new_chat_member"]["status"] for one in changes] == ["kicked", "member"]
    assert (await api("sendMessage", chat_id=7, text="x")).status == 200


async def test_a_deactivated_account_is_told_only_to_who_writes_to_it(
    anna: Person, api: Api
) -> None:
    await anna.deactivates()
    refused = await api("sendMessage", chat_id=7, text="x")
    assert (refused.status, refused.refusal) == (403, "Forbidden: user is deactivated")
    assert (await api("sendChatAction", chat_id=7, action="typing")).status == 403
    assert await kinds(api) == []
    with pytest.raises(CannotDo):
        await anna.writes("Hi")


async def test_what_came_without_a_sound_is_known(
    telegram: LocalTelegram, anna: Person, api: Api
) -> None:
    await anna.sends_photo()
    hers = (await api("getUpdates")).result[-1]["message"]["photo"][0]["file_id"]
    await api("sendMessage", chat_id=7, text="loud")
    await api("sendMessage", chat_id=7, text="quiet", disable_notification=True)
    await api("sendPhoto", chat_id=7, photo=hers, caption="both", disable_notification="true")
    assert [(one.text, one.silent) for one in telegram.shown(7) if one.is_bot] == [
        ("loud", False),
        ("quiet", True),
        ("both", True),
    ]


async def test_a_group_adds_the_bot_with_a_service_line(
    telegram: LocalTelegram, anna: Person, api: Api
) -> None:
    group = telegram.group(-100, "Family", [anna], bot_status="left")
    await anna.writes("unheard", chat=-100)
    await group.adds_bot(anna)
    assert await kinds(api) == ["my_chat_member", "message"]
    assert telegram.shown(-100)[-1].service == "Anna added luka"


async def test_privacy_mode_hides_what_people_say_to_each_other() -> None:
    async with LocalTelegram.open(privacy_mode=True) as telegram:
        anna = telegram.person(7, "Anna")
        telegram.group(-100, "Family", [anna])
        for text in ("Hi all", "/help", "say, @luka_bot"):
            await anna.writes(text, chat=-100)
        assert telegram.pending_updates == 2


async def test_an_edit_is_an_update_and_others_words_stay(
    telegram: LocalTelegram, anna: Person, api: Api
) -> None:
    hers = await anna.writes("Hi")
    await anna.edits(hers, "Ho")
    assert await kinds(api) == ["message", "edited_message"]
    assert telegram.shown(7)[0].text == "Ho"
    sent = await api("sendMessage", chat_id=7, text="mine")
    with pytest.raises(CannotDo):
        await anna.edits(sent.result["message_id"], "yours")


async def test_nobody_writes_where_they_are_not(telegram: LocalTelegram, anna: Person) -> None:
    telegram.person(8, "Борис")
    with pytest.raises(CannotDo):
        await anna.writes("Hi", chat=8)


async def test_waiting_ends_with_the_change_or_tells_what_is_visible(
    telegram: LocalTelegram, anna: Person
) -> None:
    await anna.writes("Hi")
    await telegram.wait_for(lambda: telegram.shown(7)[0].text == "Hi")
    with pytest.raises(TimeoutError, match=r"Anna: Hi"):
        await telegram.wait_for(lambda: telegram.shown(7)[5].text == "never", seconds=0.01)


async def test_reactions_drafts_and_actions_are_seen(
    telegram: LocalTelegram, anna: Person, api: Api
) -> None:
    hers = await anna.writes("Hi")
    reaction = [{"type": "emoji", "emoji": "👍"}]
    await api("setMessageReaction", chat_id=7, message_id=hers, reaction=reaction)
    await api("sendMessageDraft", chat_id=7, draft_id=1, text="so f")
    await api("sendChatAction", chat_id=7, action="typing")
    assert telegram.shown(7)[0].reactions == ("👍",)
    assert (telegram.drafts(7), telegram.actions(7)) == (["so f"], ["typing"])


async def test_the_demo_is_furnished(telegram: LocalTelegram) -> None:
    furnish(telegram)
    assert {one.title for one in telegram.world.chats.values()} >= {"Anna", "Борис", "Family"}


async def test_no_number_of_a_demo_comes_again_in_the_next(
    telegram: LocalTelegram, anna: Person, api: Api
) -> None:
    started = int(telegram.world.clock())
    furnish(telegram)
    hers = await anna.writes("Hi", chat=-100200)
    assert hers >= started
    assert (await api("getUpdates")).result[0]["update_id"] >= started
