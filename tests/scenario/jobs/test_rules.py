"""Who may do what with jobs: role by action, and what a reply may be."""

from collections.abc import Awaitable, Callable

import pytest

from luka_bot.models.audit import Event
from luka_bot.models.errors import Refused
from luka_bot.models.ids import JobId
from luka_bot.models.job import PROMPT_LIMIT, Job, JobFile, JobState, NewJob, Viewer
from luka_bot.models.job_errors import (
    AdminsAlone,
    JobGone,
    JobMoved,
    NotYourJob,
    PromptInvalid,
    ReplyTooSoon,
    TooManyJobs,
    TypeUnknown,
)
from luka_bot.services.jobs.wishes import Wish, read_wish
from tests.scenario.jobs.desk import ADMIN, EVE, OPEN_MOST, TAM, Desk

Deed = Callable[[Desk, Viewer, Job], Awaitable[object]]

DATA = JobFile("sales_data.csv", "users/tam/inputs/20251106_143022_sales_data.csv", 120)


def reply(desk: Desk, viewer: Viewer, job: Job) -> Awaitable[object]:
    new = NewJob(f"r{viewer.user_id}", viewer.user_id, viewer.name, "x", "Go on", parent=job.id)
    return desk.service.submit(viewer, new)


DEEDS: dict[str, tuple[JobState, Deed]] = {
    "see": (JobState.COMPLETED, lambda desk, who, job: desk.service.get(who, job.id)),
    "see the thread": (JobState.COMPLETED, lambda desk, who, job: desk.service.thread(who, job.id)),
    "reply": (JobState.COMPLETED, reply),
    "cancel": (JobState.PENDING, lambda desk, who, job: desk.service.cancel(who, job.id, "q")),
    "edit": (
        JobState.PENDING,
        lambda desk, who, job: desk.service.edit(who, job.id, Wish("Count the pears", 7)),
    ),
    "remove": (JobState.COMPLETED, lambda desk, who, job: desk.service.remove(who, job.id)),
    "approve": (JobState.PENDING, lambda desk, who, job: desk.service.approve(who, job.id, "q")),
    "reject": (JobState.PENDING, lambda desk, who, job: desk.service.reject(who, job.id, "q")),
    "see all": (
        JobState.PENDING,
        lambda desk, who, _: desk.service.everybodys(who, JobState.PENDING, 0, 10),
    ),
}
MATRIX: dict[str, tuple[str, str, str]] = {  # for an admin, the owner, somebody else
    "see": ("may", "may", "NotYourJob"),
    "see the thread": ("may", "may", "NotYourJob"),
    "reply": ("may", "may", "NotYourJob"),
    "cancel": ("may", "may", "NotYourJob"),
    "edit": ("may", "may", "NotYourJob"),
    "remove": ("may", "may", "NotYourJob"),
    "approve": ("may", "AdminsAlone", "AdminsAlone"),
    "reject": ("may", "AdminsAlone", "AdminsAlone"),
    "see all": ("may", "AdminsAlone", "AdminsAlone"),
}


@pytest.mark.parametrize(("who", "place"), [(ADMIN, 0), (TAM, 1), (EVE, 2)])
@pytest.mark.parametrize("name", DEEDS)
async def test_role_by_action(desk: Desk, name: str, who: Viewer, place: int) -> None:
    state, deed = DEEDS[name]
    job = await desk.in_state(state)

    said = "may"
    try:
        await deed(desk, who, job)
    except Refused as error:
        said = type(error).__name__

    assert said == MATRIX[name][place]
    if said != "may":
        assert await desk.store.get(job.id) == job
        noted = [one for one in await desk.audit.last(5) if one.event is Event.REFUSED]
        assert [one.by for one in noted] == [who.user_id]


@pytest.mark.parametrize("state", [state for state in JobState if state is not JobState.COMPLETED])
async def test_only_a_completed_job_is_replied_to(desk: Desk, state: JobState) -> None:
    job = await desk.in_state(state)

    with pytest.raises(ReplyTooSoon) as refused:
        await reply(desk, TAM, job)

    assert refused.value.state is state
    assert (await desk.store.all(0, 10)).total == 1


async def test_a_thread_is_one_person_s_whoever_replies(desk: Desk) -> None:
    first = await desk.completed(files=(DATA,))
    second, _ = await desk.service.submit(
        TAM, NewJob("r1", TAM.user_id, "tam", "users/tam", "A chart", parent=first.id)
    )
    await desk.service.approve(ADMIN, second.id, "q")
    await desk.runs.claim("run", "w1", 15, 1)
    await desk.ended(second.id, JobState.COMPLETED, "Drawn.")
    third, _ = await desk.service.submit(
        ADMIN, NewJob("r2", ADMIN.user_id, "olga", "users/olga", "Larger", parent=second.id)
    )

    thread = await desk.service.thread(TAM, first.id)

    assert [job.id for job in thread] == [first.id, second.id, third.id]
    assert {job.thread_id for job in thread} == {first.id}
    assert [job.parent_id for job in thread] == [None, first.id, second.id]
    assert {(job.owner, job.owner_name, job.folder) for job in thread} == {
        (TAM.user_id, "tam", "users/tam")
    }
    assert [(job.by, job.by_name) for job in thread] == [
        (None, ""),
        (None, ""),
        (ADMIN.user_id, "olga"),
    ]
    assert [job.id for job in await desk.service.thread(TAM, second.id, whole=False)] == [
        first.id,
        second.id,
    ]


async def test_a_request_that_comes_again_makes_no_second_job(desk: Desk) -> None:
    new = NewJob("tg:77", TAM.user_id, "tam", "users/tam", "Count")

    first, is_new = await desk.service.submit(TAM, new)
    again, is_new_again = await desk.service.submit(TAM, new)

    assert (is_new, is_new_again) == (True, False)
    assert again.id == first.id
    assert (await desk.store.all(0, 10)).total == 1


@pytest.mark.parametrize("prompt", ["", "  \n ", "x" * (PROMPT_LIMIT + 1)])
async def test_a_job_says_what_is_to_be_done(desk: Desk, prompt: str) -> None:
    with pytest.raises(PromptInvalid):
        await desk.asked(prompt)


async def test_there_are_only_the_types_that_there_are(desk: Desk) -> None:
    with pytest.raises(TypeUnknown) as refused:
        await desk.asked(job_type="magic")

    assert refused.value.names == ("general", "report")


async def test_nobody_fills_the_queue_alone(desk: Desk) -> None:
    jobs = [await desk.asked() for _ in range(OPEN_MOST)]
    with pytest.raises(TooManyJobs):
        await desk.asked()
    await desk.service.cancel(TAM, jobs[0].id, "q")

    assert (await desk.asked()).state is JobState.PENDING


async def test_what_is_edited_is_ranked_anew_and_only_while_pending(desk: Desk) -> None:
    first, second = await desk.asked(), await desk.asked()

    edited = await desk.service.edit(TAM, second.id, Wish("Now", 9, "report"))

    page = await desk.service.everybodys(ADMIN, JobState.PENDING, 0, 10)
    assert [job.id for job in page.jobs] == [second.id, first.id]
    assert (edited.prompt, edited.priority, edited.executor) == ("Now", 9, "manual")
    await desk.service.approve(ADMIN, second.id, "q")
    with pytest.raises(JobMoved):
        await desk.service.edit(TAM, second.id, Wish("Later"))


async def test_a_job_that_is_not_there(desk: Desk) -> None:
    for deed in (desk.service.get, desk.service.thread, desk.service.remove):
        with pytest.raises(JobGone):
            await deed(TAM, JobId(99))


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("count", Wish("count")),
        ("!8 count", Wish("count", 8)),
        ("#report !1 count", Wish("count", 1, "report")),
        ("!8 #report", Wish("", 8, "report")),
        ("!0 count", Wish("!0 count")),
        ("!10 count", Wish("!10 count")),
        ("#1 fruit", Wish("#1 fruit")),
        ("!important", Wish("!important")),
        ("count !8", Wish("count !8")),
    ],
)
def test_marks_in_front_of_what_is_asked(text: str, wish: Wish) -> None:
    assert read_wish(text, {"general", "report"}) == wish


def test_the_matrix_names_every_deed() -> None:
    assert MATRIX.keys() == DEEDS.keys()
    assert {NotYourJob.__name__, AdminsAlone.__name__} == {
        said for row in MATRIX.values() for said in row if said != "may"
    }
