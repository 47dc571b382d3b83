"""Files that come with jobs, that jobs leave, and that lie in somebody's folder."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import pytest_asyncio

from luka_bot.demo.telegram.people import TINY_PNG
from tests.scenario.jobs.shop import Shop, opened

pytestmark = pytest.mark.asyncio(loop_scope="module")
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shop(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shop]:
    folder: Path = tmp_path_factory.mktemp("files")
    async with opened(folder, jobs={"telegram_mb": 1}) as shop:
        yield shop


def inputs(shop: Shop) -> list[str]:
    """Without the moment that each name begins with."""
    folder = shop.folder / "inputs"
    return sorted(one.name[16:] for one in folder.iterdir()) if folder.exists() else []


async def test_documents_photos_albums_and_what_is_replied_to_come_with_a_job(shop: Shop) -> None:
    await shop.anna.sends_document("data.csv", b"a,b\n1,2\n", "/job Sum it up")
    first = await shop.newest_job()
    assert [(one.name, one.size) for one in first.files] == [("data.csv", 8)]
    assert (shop.folder.parent.parent / first.files[0].path).read_bytes() == b"a,b\n1,2\n"
    await shop.sees("📎 data.csv")
    await shop.anna.sends_photo(TINY_PNG, "/job What is this?")
    second = await shop.newest_job(after=first.id)
    assert [one.name for one in second.files] == ["photo.png"]

    await shop.anna.sends_album({"one.md": b"# 1\n", "two.md": b"# 2\n"}, "/job Join them")
    third = await shop.newest_job(after=second.id)
    assert [one.name for one in third.files] == ["one.md", "two.md"]
    sent = await shop.anna.sends_document("notes.txt", b"Buy milk.\n")
    await shop.sees("reply to it with /job")
    await shop.anna.writes("/job Translate this", reply_to=sent)
    fourth = await shop.newest_job(after=third.id)
    assert [one.name for one in fourth.files] == ["notes.txt"]


async def test_of_a_job_with_a_file_that_is_refused_nothing_stays(shop: Shop) -> None:
    before, number = inputs(shop), (await shop.newest_job()).id
    await shop.anna.sends_album({"good.md": b"# 1\n", "bad.exe": b"MZ"}, "/job Run it")
    await shop.sees("“bad.exe” isn't of a kind that I take")
    await shop.anna.sends_document("large.txt", b"x" * ((1 << 20) + 1), "/job Read it")
    await shop.sees("“large.txt” is too big: I take files of up to 1 MB here.")
    await shop.anna.sends_document("alone.txt", b"x", "/job")
    await shop.sees("Write what is to be done")

    assert inputs(shop) == before
    assert (await shop.newest_job()).id == number


async def test_a_result_comes_with_its_files_and_a_long_one_as_a_file(shop: Shop) -> None:
    number = await shop.handed_in("/job Draw it")
    made = shop.output("report.pdf", PDF), shop.output("empty.txt", b"")
    await shop.done_alone(number, "\n\n".join(["All of it. " * 90] * 25), made)

    long, file = await shop.sees(f"job-{number}.md"), await shop.sees("", content=PDF)
    assert len(long.content or b"") > 20_000
    card = await shop.sees(f"Job #{number} – done")
    assert (file.file_name, file.reply_to) == ("report.pdf", card.message_id)
    await shop.sees("Telegram doesn't take these, or they are gone: empty.txt")
    await shop.anna.writes("In colour, please", reply_to=file.message_id)
    assert (await shop.newest_job(after=number)).parent_id == number


async def test_the_list_of_jobs_leads_to_each_with_its_files(shop: Shop) -> None:
    await shop.anna.sends_document("list.csv", b"a,b\n1,2\n", "/job List it")
    await shop.sees("📎 list.csv")
    job = await shop.newest_job()
    for number in range(10):
        await shop.handed_in(f"/job Number {number}")
    await shop.anna.writes("/jobs")
    shown = await shop.sees("You have ")
    assert shown.buttons[0].startswith(f"🕓 #{job.id + 10} Number 9")
    assert len(shown.buttons) == 11
    await shop.anna.taps("Older")
    await shop.sees("You have ", button="List it")
    await shop.anna.taps(f"🕓 #{job.id} List it")
    card = await shop.sees(f"Job #{job.id} –", button="📎 list.csv")
    assert card.message_id == shown.message_id
    await shop.anna.taps("📎 list.csv")
    file = await shop.sees("list.csv", content=b"a,b\n1,2\n")
    assert file.reply_to == card.message_id

    await shop.anna.taps("⏹ Cancel")
    await shop.sees(f"Job #{job.id} – cancelled", button="📋 All jobs")
    await shop.anna.taps("🗑 Delete")
    await shop.sees(f"Delete job #{job.id}?")
    await shop.anna.taps("🗑 Yes, delete")
    await shop.sees(f"Job #{job.id} is deleted. Its files stay")
    assert "list.csv" in inputs(shop)


async def test_files_are_listed_fetched_and_deleted(shop: Shop) -> None:
    shop.output("drawn.pdf", PDF)
    await shop.anna.writes("/files")
    shown = await shop.sees("Your files")
    assert "of 1000 MB" in shown.text
    await shop.anna.taps("📤 Results")
    await shop.sees("What jobs have made")
    await shop.anna.taps("📄 drawn.pdf")
    await shop.sees("drawn.pdf", button="📥 Fetch")
    await shop.anna.taps("📥 Fetch")
    await shop.sees("drawn.pdf", content=PDF)
    await shop.anna.taps("🗑 Delete")
    await shop.sees("Delete “drawn.pdf”?")
    await shop.anna.taps("🗑 Yes, delete")
    await shop.sees("“drawn.pdf” is deleted.")

    assert not (shop.folder / "outputs" / "drawn.pdf").exists()


async def test_whoever_leaves_takes_their_jobs_and_files_along(shop: Shop) -> None:
    await shop.anna.sends_document("notes.txt", b"Buy milk.\n", "/job Translate this")
    await shop.sees("📎 notes.txt")
    await shop.anna.writes("/export")
    exported = await shop.sees("luka.zip")
    with ZipFile(BytesIO(exported.content or b"")) as archive:
        assert "Translate this" in archive.read("jobs.md").decode()
        assert "notes.txt" in archive.read("files.md").decode()
    await shop.anna.writes("/forget")
    await shop.sees("Erase everything I keep of you?")
    await shop.anna.taps("🔥")
    await shop.sees("I have forgotten you")

    assert inputs(shop) == []
    assert (await shop.store.all(0, 1)).jobs == ()
