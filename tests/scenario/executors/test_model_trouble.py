"""A model at work meets what can go wrong: files it may not have, servers that fail, time."""

import asyncio
from contextlib import suppress

import pytest
from structlog.testing import capture_logs

from luka_bot.demo.model import Reply
from luka_bot.executors.job_desk import FILES
from luka_bot.executors.model import ROUNDS
from luka_bot.models.events import ToolCall
from luka_bot.models.ids import UserId
from luka_bot.models.job import Failure
from luka_bot.models.job_errors import JobFailed
from luka_bot.services.model_line import ModelLine
from luka_bot.workspaces.workspaces import Workspaces
from tests.scenario.executors.workshop import FOLDER, TAM, Terms, job, workshop
from tests.waiting import wait_until


def call(tool: str, **arguments: object) -> Reply:
    return Reply(calls=(ToolCall(tool, arguments),))


async def test_what_a_tool_refuses_is_told_to_the_model_and_harms_nobody(
    workspaces: Workspaces, line: ModelLine
) -> None:
    await workspaces.prepare("users/eve")
    secret = await workspaces.write("users/eve", "secret.csv", b"hers")
    async with workshop(workspaces, line) as shop:
        own = await shop.hand_in("own.csv", "a,b\n1,2\n")
        shop.model.reply_with(
            call("read_file", name="../eve/outputs/secret.csv"),
            call("read_file", name=secret.path),
            call("read_file", name="/etc/passwd"),
            call("write_file", name="big.csv", content="x" * 200_000),
            call("write_file", name="no.csv"),
            call("read_file", name="none.csv"),
            call("fly"),
            call("read_file", name="own.csv", offset="4"),
            call("list_files"),
            call("write_file", name="../../eve/outputs/secret.csv", content="mine"),
            "That was all.",
        )
        outcome = await shop.run(job(1, "Try", own))
        results = [one["content"] for one in shop.heard() if one["role"] == "tool"]
        hers = await workspaces.read("users/eve", secret.path, 100)

    assert outcome.output == "That was all."
    assert [result.partition(":")[0].partition(" ")[0] for result in results[:7]] == [
        *["Refused"] * 4,
        *["Nothing", "Not", "There"],
    ]
    assert results[7].endswith("this is its end:\n1,2\n")
    assert results[8].startswith(own.path)
    assert hers == b"hers"
    assert all(one.path.startswith(f"{FOLDER}/outputs/") for one in outcome.outputs)


async def test_a_model_that_never_ends_has_to_answer_at_last(
    workspaces: Workspaces, line: ModelLine
) -> None:
    async with workshop(workspaces, line) as shop:
        names = iter(range(FILES + 10))
        many = [
            Reply(
                calls=tuple(
                    ToolCall("write_file", {"name": f"{next(names)}.txt", "content": "x"})
                    for _ in range(2)
                )
            )
            for _ in range(ROUNDS)
        ]
        shop.model.reply_with(*many, "Enough.")
        outcome = await shop.run(job(1, "Write"))

    assert outcome.output == "Enough."
    assert len(outcome.outputs) == FILES
    assert "tools" not in shop.model.requests[-1]


async def test_a_model_that_was_away_is_asked_again(
    workspaces: Workspaces, line: ModelLine
) -> None:
    terms = Terms(pauses=(0.02,) * 500)
    async with (
        workshop(workspaces, line, terms, reply="Here again.") as shop,
        asyncio.TaskGroup() as group,
    ):
        shop.model.reply_with(Reply("half an", cut_after=1), Reply(status=503, error="busy"))
        await shop.model.stop()
        with capture_logs() as logs:
            running = group.create_task(shop.run(job(1, "Hello")))
            await wait_until(lambda: bool(logs))
        await shop.model.start()
        outcome = await running

    assert outcome.output == "Here again."
    assert (logs[0]["event"], logs[0]["reason"]) == ("job.model_again", "ModelAway")
    assert len(shop.model.requests) == 3


@pytest.mark.parametrize(
    ("reply", "failure", "detail"),
    [
        (Reply(status=404, error="model 'x' not found"), Failure.MODEL, "ModelMissing"),
        (Reply(status=503, error="busy"), Failure.MODEL, "ModelBusy"),
        (Reply(""), Failure.MODEL, "AnswerEmpty"),
        (Reply("Half", full=True), Failure.CONTEXT, "num_ctx 8,192"),
        (Reply("x" * 200_001, chunk=50_000), Failure.OUTPUT, "> 200,000"),
        (Reply("word", hang_after=0), Failure.TIME, "0.2 s"),
    ],
)
async def test_a_job_fails_with_a_kind_and_a_detail(
    workspaces: Workspaces, line: ModelLine, reply: Reply, failure: Failure, detail: str
) -> None:
    terms = Terms(timeout=0.2 if failure is Failure.TIME else 60.0)
    async with workshop(workspaces, line, terms, reply=reply) as shop:
        with pytest.raises(JobFailed) as caught:
            await shop.run(job(1, "Hello"))
        await wait_until(lambda: not shop.model.streaming)

    assert (caught.value.failure, caught.value.detail) == (failure, detail)


async def test_a_cancelled_job_lets_go_of_the_model_and_of_its_place(
    workspaces: Workspaces, line: ModelLine
) -> None:
    async with (
        workshop(workspaces, line, reply=Reply("word " * 500, hold_after=400)) as shop,
        asyncio.TaskGroup() as group,
    ):
        shop.model.gate.clear()
        running = group.create_task(shop.run(job(1, "Hello")))
        await wait_until(lambda: any("characters" in line for line in shop.told))
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await wait_until(lambda: shop.model.aborted == 1)
        async with line.spare_place() as next_one:
            await wait_until(lambda: next_one.runs_since is not None)


@pytest.mark.parametrize("gives_way", [60.0, 0.05])
async def test_people_go_first_but_a_job_is_not_put_off_for_ever(
    workspaces: Workspaces, line: ModelLine, gives_way: float
) -> None:
    terms = Terms(gives_way=gives_way)
    async with workshop(workspaces, line, terms, reply="Done.") as shop:
        async with asyncio.TaskGroup() as group, line.place(UserId(1), UserId(1)) as asked:
            await wait_until(lambda: asked.runs_since is not None)
            running = group.create_task(shop.run(job(1, "Hello")))
            await wait_until(lambda: len(line._queued) == 2)
            await wait_until(lambda: stands(line, TAM) == (gives_way < 1))
            assert shop.model.requests == []
        assert running.result().output == "Done."


def stands(line: ModelLine, person: UserId) -> bool:
    return any(one.person == person for one in line._queued.values())
