"""What people see of a conversation: answers growing, others, what is new, what is taken back."""

import pytest
from playwright.async_api import expect

from luka_bot.demo.model import Reply
from luka_bot.models.farewell import Closing, Ending
from luka_bot.models.ids import ThreadId, UserId
from luka_bot.models.person import Visitor
from tests.scenario.browser.app.visiting import Visits, connected, row, says, words
from tests.scenario.web.chat_house import ANNA, BORIS, CLARA

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
HOSTILE = (
    "<script>window.hurt = 1</script>",
    "<img src=x onerror='window.hurt = 1'>",
    "[press](javascript:window.hurt=1) and [this](  JaVaScRiPt:window.hurt=1)",
    "<javascript:window.hurt=1> ![see](data:text/html,<script>window.hurt=1</script>)",
    '`<b onclick="window.hurt=1">` **<svg onload=window.hurt=1>**',
    "> " * 4000 + "deep",
    "- " * 4000 + "deep",
    "**" * 4000 + "[" * 1500,
)
WRITER = 66


async def test_two_browsers_see_an_answer_grow_and_its_end_once(people: Visits) -> None:
    model = people.house.model
    talk = await (await people.house.person(ANNA)).creates(BORIS, agents=["luka"])
    anna, boris = await people.opens(ANNA, talk), await people.opens(BORIS, talk)
    await expect(anna.locator(".title small")).to_have_text("People: 2, here now: 2")
    await boris.get_by_role("textbox").press_sequentially("@luka ")
    await expect(anna.locator(".typing")).to_have_text("Boris is typing…")
    model.gate.clear()
    model.reply_with(Reply("This **is quite bold** and done.", hold_after=3))
    await says(boris, "@luka say it")
    for page in (anna, boris):
        growing = page.locator(".growing")
        await expect(growing.locator("strong").nth(1)).to_have_text("is quite")
        await expect(growing.locator(".words")).to_have_attribute("aria-hidden", "true")
        await expect(page.get_by_role("button", name="Stop")).to_be_visible()
    await anna.reload()  # who comes in the middle sees it from its beginning
    await expect(anna.locator(".growing .words")).to_have_text("This is quite")
    model.gate.set()
    for page in (anna, boris):
        await expect(words(page)).to_have_text(["@luka say it", "This is quite bold and done."])
        await expect(page.locator(".growing")).to_have_count(0)
        await expect(page.get_by_role("button", name="Stop")).to_be_hidden()


async def test_a_thread_of_direct_messages_opens_and_stop_ends_an_answer_where_it_is(
    people: Visits,
) -> None:
    house = people.house
    await house.person(ANNA)
    thread = await house.services.threads.create_thread(UserId(ANNA), "Only mine")
    page = await people.enters(ANNA)
    await row(page, thread.thread_id).click()
    await connected(page)
    await expect(page.get_by_role("heading", name="Only mine")).to_be_visible()
    house.model.gate.clear()
    house.model.reply_with(Reply("One two three four", hold_after=2))
    await says(page, "Count")
    await expect(page.locator(".growing .words")).to_have_text("One two")
    await page.get_by_role("button", name="Stop").click()
    await expect(page.locator(".growing")).to_have_count(0)
    house.model.gate.set()
    await expect(words(page).last).to_contain_text("One two")


async def test_nothing_that_somebody_writes_or_is_called_becomes_more_than_text(
    people: Visits,
) -> None:
    house = people.house
    name = "<img src=x onerror=window.hurt=1>"
    guest = await house.front.sessions.welcome(Visitor(UserId(WRITER), name))
    anna, writer = await house.person(ANNA), house.nobody
    writer.token = guest.token
    talk = await anna.creates(WRITER)
    page = await people.opens(ANNA, talk)
    async with writer.socket(talk) as wire:
        for number, text in enumerate(HOSTILE):
            await wire.say(text, f"x{number}")
        await wire.say("The end.", "end", reply_to=1)
        await expect(words(page).last).to_have_text("The end.")
    await expect(words(page).nth(0)).to_have_text(HOSTILE[0])
    await expect(words(page).nth(1)).to_have_text(HOSTILE[1])
    await expect(page.locator(".author strong").first).to_have_text(name)
    await expect(page.get_by_role("log").locator("script, img, svg[onload], a")).to_have_count(0)
    await page.get_by_role("button", name="Who is here").click()
    await expect(page.locator(".roll")).to_contain_text(name)
    assert await page.evaluate("window.hurt") is None


async def test_what_is_new_is_marked_in_the_list_in_the_title_and_in_the_conversation(
    people: Visits,
) -> None:
    house = people.house
    anna, boris = await house.person(ANNA), await house.person(BORIS)
    talk, other = await anna.creates(BORIS), await anna.creates()
    page = await people.opens(ANNA, other, await people.blank())
    await expect(row(page, talk).locator(".unread")).to_have_count(0)
    async with anna.socket(talk) as phone:
        await phone.say("My own words, from elsewhere", "m0")
        await phone.hears("My own words, from elsewhere")
    async with boris.socket(talk) as wire:
        await wire.say("\n\n".join(f"line {n}" for n in range(60)), "m1")
        await wire.say("Second", "m2")
        await wire.hears("Second")
        await page.evaluate("window.dispatchEvent(new Event('focus'))")
        await expect(row(page, talk).locator(".unread")).to_contain_text("2")
        await expect(page).to_have_title("(1) luka")
        await row(page, talk).click()
        await connected(page)
        await expect(words(page)).to_have_count(3)
        await expect(page.locator(".new-line + .message")).to_contain_text("line 0")
        await expect(row(page, talk).locator(".unread")).to_have_count(0)
        down = page.get_by_role("button", name="To the newest message")
        await down.click()
        await page.locator(".scroller").evaluate("(node) => { node.scrollTop = 0 }")
        await expect(down).to_be_visible()
        await wire.say("Third", "m3")
        await expect(down).to_contain_text("1")
        await expect(page.locator(".new-line + .message")).to_contain_text("Third")
        await down.click()
        await expect(down).to_be_hidden()


async def test_words_are_answered_and_taken_back_by_their_writer_and_the_owner(
    people: Visits,
) -> None:
    talk = await (await people.house.person(ANNA)).creates(BORIS)
    anna, boris = await people.opens(ANNA, talk), await people.opens(BORIS, talk)
    await says(anna, "My **secret**")
    await expect(words(boris)).to_have_text(["My secret"])
    await boris.get_by_role("button", name="Reply").click()
    await says(boris, "Oh!")
    await expect(anna.locator(".quoted")).to_contain_text("My **secret**")
    await expect(boris.get_by_role("button", name="Take back")).to_have_count(1)

    await anna.get_by_role("button", name="Take back").first.click()
    await anna.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    await anna.get_by_role("button", name="Take back").last.click()
    await anna.get_by_role("dialog").get_by_role("button", name="Take back").click()
    await expect(boris.locator(".taken-back")).to_have_count(1)
    await expect(boris.get_by_role("log")).not_to_contain_text("Oh!")


async def test_a_new_name_and_when_agents_answer_reach_everybody_at_once(people: Visits) -> None:
    talk = await (await people.house.person(ANNA)).creates(BORIS, agents=["luka"])
    anna, boris = await people.opens(ANNA, talk), await people.opens(BORIS, talk)
    await expect(boris.get_by_role("button", name="Rename")).to_be_hidden()
    await anna.get_by_role("button", name="Rename").click()
    await anna.get_by_role("textbox", name="What shall this conversation").fill("Summer")
    await anna.keyboard.press("Enter")
    for page in (anna, boris):
        await expect(page.get_by_role("heading", name="Summer")).to_be_visible()
        await expect(row(page, talk)).to_contain_text("Summer")

    for page in (anna, boris):
        await page.get_by_role("button", name="Who is here").click()
    choice = anna.get_by_label("When agents answer")
    await expect(choice).to_have_value("smart")
    await boris.get_by_label("When agents answer").select_option("Never, they only listen")
    await expect(choice).to_have_value("quiet")
    await expect(anna.locator(".toast")).to_have_text("From now on agents only listen.")

    closing = Closing(Ending.DELETED, UserId(ANNA), "Anna")
    await people.house.conversations.service.close(ThreadId(talk), closing)
    await expect(boris.locator(".toast").last).to_have_text("Anna deleted this conversation.")


async def test_who_takes_part_is_shown_invited_added_and_sent_away(people: Visits) -> None:
    talk = await (await people.house.person(ANNA)).creates(BORIS)
    anna, boris = await people.opens(ANNA, talk), await people.opens(BORIS, talk)
    await anna.get_by_role("button", name="Who is here").click()
    await expect(anna.locator(".roll li").nth(1)).to_contain_text("Here now")
    await anna.get_by_role("button", name="Add Cook").click()
    await expect(anna.locator(".roll li")).to_have_count(3)
    await anna.get_by_role("button", name="Invite others").click()
    url = await anna.get_by_label("Link for those you invite").input_value()
    assert url.startswith(f"{people.house.home}/app#join=")

    await anna.get_by_role("button", name="Remove Boris").click()
    await anna.get_by_role("dialog").get_by_role("button", name="Remove Boris").click()
    await expect(boris.locator(".banner")).to_have_text("You are no longer in this conversation.")
    await expect(boris.get_by_role("textbox")).to_be_hidden()
    await expect(words(anna).last).to_have_text("Boris was removed")
    clara = await people.enters(CLARA, where=url)
    await connected(clara)
    await clara.get_by_role("button", name="Who is here").click()
    await clara.get_by_role("button", name="Leave this conversation").click()
    await clara.get_by_role("dialog").get_by_role("button", name="Leave").click()
    await expect(row(clara, talk)).to_have_count(0)
