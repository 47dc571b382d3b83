"""Files go with a reply, several at once, and those of the bot come back as links."""

import pytest
from playwright.async_api import FilePayload, expect

from tests.scenario.browser.conftest import Open
from tests.scenario.browser.test_writing import ONE_PIXEL
from tests.scenario.browser.tiny_bot import TinyBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

DROP = """files => {
    const transfer = new DataTransfer();
    for (const [name, text] of files) transfer.items.add(new File([text], name));
    const init = { dataTransfer: transfer, bubbles: true, cancelable: true };
    const dropped = new DragEvent("drop", init);
    document.getElementById("log").dispatchEvent(dropped);
}"""


async def test_a_reply_carries_several_files(open_page: Open, bot: TinyBot) -> None:
    card = await bot.says(7, "Job 1 is done")
    page = await open_page()
    await page.locator(f"[data-id='{card}']").hover()
    await page.get_by_role("button", name="Reply").click()
    notes = FilePayload(name="notes.txt", mimeType="text/plain", buffer=b"remember")
    await page.locator("#file").set_input_files(notes)
    await page.evaluate(DROP, [["more.csv", "a,b"]])
    await expect(page.locator("#context")).to_contain_text("2 files, 11 B")
    await expect(page.locator("#context")).to_contain_text("Job 1 is done")
    await page.get_by_role("textbox", name="Message").fill("Use these")
    await page.keyboard.press("Enter")

    heard = [await bot.hears("message") for _ in range(2)]
    assert [one.get("caption") for one in heard] == ["Use these", None]
    assert heard[0]["media_group_id"] == heard[1]["media_group_id"]
    assert [_replied(one) for one in heard] == [card, card]
    await expect(page.locator(".row.own .document small")).to_have_text(["8 B", "3 B"])
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Download notes.txt").click()
    assert (await (await download.value).path()).read_bytes() == b"remember"
    await expect(page.locator("#context")).to_be_hidden()


async def test_pictures_go_together_and_a_file_may_be_taken_back(
    open_page: Open, bot: TinyBot
) -> None:
    card = await bot.says(7, "Show me")
    page = await open_page()
    await page.locator(f"[data-id='{card}']").dblclick()
    pictures = [
        FilePayload(name=f"{name}.png", mimeType="image/png", buffer=ONE_PIXEL) for name in "ab"
    ]
    await page.locator("#file").set_input_files(pictures)
    await page.get_by_role("button", name="Remove the files").click()
    await expect(page.get_by_role("button", name="Cancel the reply")).to_be_visible()
    await page.locator("#file").set_input_files(pictures)
    await page.get_by_role("button", name="Cancel the reply").click()
    await page.get_by_role("button", name="Send", exact=True).click()

    heard = [await bot.hears("message") for _ in range(2)]
    assert all("photo" in one and "reply_to_message" not in one for one in heard)
    await expect(page.get_by_role("img", name="Photo")).to_have_count(2)


def _replied(message: dict[str, object]) -> object:
    replied = message["reply_to_message"]
    assert isinstance(replied, dict)
    return replied["message_id"]
