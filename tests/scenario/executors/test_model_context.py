"""What a model is told for a job: all of its thread and nothing else, whole or not at all."""

import pytest

from luka_bot.config_fields.jobs import JobType
from luka_bot.demo.model import Reply
from luka_bot.models.job import Failure, JobState
from luka_bot.models.job_errors import JobFailed
from luka_bot.services.model_line import ModelLine
from luka_bot.workspaces.workspaces import Workspaces
from tests.scenario.executors.workshop import FOLDER, Terms, job, workshop

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(50)
LONG = " ".join(str(number) for number in range(1100))[:5000]


async def test_the_thread_is_told_whole_in_its_order_and_ends_at_the_job(
    workspaces: Workspaces, line: ModelLine
) -> None:
    async with workshop(workspaces, line, reply="Well.") as shop:
        data = await shop.hand_in("data.csv", "a,b\n1,2\n")
        photo = await shop.hand_in("photo.png", PNG)
        gone = await shop.hand_in("gone.csv", "x,y\n1,2\n")
        await workspaces.delete(FOLDER, gone.path)
        first = job(1, "First", data, photo, output=LONG)
        second = job(2, "Second", gone, state=JobState.FAILED)
        later = job(4, "Later", output="Nothing of it.")
        asked = job(3, "Third", system_prompt="Be brief.", model="qwen3")
        outcome = await shop.run(second, later, first, asked)
        system, *talk = shop.heard()

    assert outcome.output == "Well."
    assert shop.model.requests[-1]["model"] == "qwen3"
    assert system["content"].startswith("Be brief.\n\nYou do job #3 for tam")
    assert [message["role"] for message in talk] == ["user", "assistant"] * 2 + ["user"]
    assert talk[0]["content"].startswith("First\n\n--- File: data.csv (users/tam/inputs/")
    assert "\na,b\n1,2\n\n--- End of data.csv ---" in talk[0]["content"]
    assert talk[0]["content"].endswith(f"photo.png ({photo.path}): 66 bytes, no text")
    assert talk[1]["content"] == LONG
    assert talk[2]["content"].endswith(f"gone.csv ({gone.path}): not found")
    assert talk[3]["content"] == "(No result: this job is failed.)"
    assert talk[4]["content"] == "Third"
    assert "Nothing of it." not in str(shop.heard())


async def test_a_type_of_jobs_has_its_own_prompt_and_model(
    workspaces: Workspaces, line: ModelLine
) -> None:
    kinds = {"legal": JobType(model="qwen3", system_prompt="Be strict.")}
    async with workshop(workspaces, line, Terms(kinds=kinds), reply="Yes.") as shop:
        await shop.run(job(1, "May I?", job_type="legal", system_prompt="Be brief."))
        await shop.run(job(2, "May I?"))
        strict, usual = shop.heard(0), shop.heard(1)

    assert shop.model.requests[0]["model"] == "qwen3"
    assert strict[0]["content"].startswith("Be strict.\n\nYou do")
    assert usual[0]["content"].startswith("Be kind.\n\nYou do")


async def test_what_is_longer_than_the_model_can_read_fails_and_says_by_how_much(
    workspaces: Workspaces, line: ModelLine
) -> None:
    async with workshop(workspaces, line, Terms(num_ctx=2048)) as shop:
        with pytest.raises(JobFailed) as caught:
            await shop.run(job(1, "First", output="word " * 4000), job(2, "And now?"))

    assert caught.value.failure is Failure.CONTEXT
    assert caught.value.detail.endswith("> 1,536 tokens")
    assert shop.model.requests == []


async def test_a_file_that_the_server_finds_too_long_is_offered_instead(
    workspaces: Workspaces, line: ModelLine
) -> None:
    async with workshop(workspaces, line, reply="Well.") as shop:
        file = await shop.hand_in("data.csv", "a,b\n" + "1,2\n" * 500)
        shop.model.reply_with(Reply(status=400, error="input length exceeds the context length"))
        outcome = await shop.run(job(1, "Read", file))

    assert outcome.output == "Well."
    assert "--- File: data.csv" in shop.heard(0)[-1]["content"]
    assert shop.heard(1)[-1]["content"].endswith("2,004 bytes; read it in parts with read_file")


async def test_a_model_without_tools_is_told_all_files_or_fails(
    workspaces: Workspaces, line: ModelLine
) -> None:
    async with workshop(workspaces, line, Terms(num_ctx=2048), reply="Well.") as shop:
        shop.model.knows_tools = False
        short = await shop.hand_in("short.csv", "a,b\n1,2\n")
        long = await shop.hand_in("long.csv", "a,b\n" + "1,2\n" * 2000)
        outcome = await shop.run(job(1, "Read", short))
        with pytest.raises(JobFailed) as caught:
            await shop.run(job(2, "Read", long))

    assert outcome.output == "Well."
    assert "a,b" in str(shop.heard(1))
    assert "You can't write files" in shop.heard(1)[0]["content"]
    assert caught.value.failure is Failure.CONTEXT
    assert caught.value.detail.startswith("long.csv: ")
