"""Who comes to the pages of jobs, and what can be done there."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
import yarl

from luka_bot.models.job import JobState
from luka_bot.models.person import PersonRole
from luka_bot.models.rights import ADMINS_ALONE
from luka_bot.web.admin.rights import Opening
from luka_bot.web.jobs.rights import NEEDS
from tests.scenario.web.admin_page import LEARNT
from tests.scenario.web.job_pages import (
    EVE,
    OLGA,
    TAM,
    TOKEN,
    JobPages,
    hand_in,
    job_pages,
    number_in,
    send,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")
STRANGER = 52


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[JobPages]:
    """One luka for all of these."""
    async with job_pages(tmp_path_factory.mktemp("jobs")) as opened:
        yield opened


@pytest.mark.parametrize("who", [None, STRANGER, TAM, OLGA])
async def test_each_rank_reaches_what_it_may(desk: JobPages, who: int | None) -> None:
    for (method, path), need in NEEDS.items():
        if path == "/jobs/news" and who in {TAM, OLGA}:
            continue  # it doesn't end; the browser's test looks at it
        if (method, path) == ("POST", "/jobs/login"):
            continue  # so many tries would be counted
        async with desk.page.browser(who) as browser:
            asked = path.replace("{job}", "4242").replace("{tail:.*}", "nothing/at/all")
            asked = asked.replace("{name}", "jobs.css").replace("{link}", "none")
            asked = asked.replace("{path:.+}", "users/50/inputs/none.txt")
            file = "users/50/inputs/none.txt"
            shown = await (
                browser.post(asked, file=file) if method == "POST" else browser.get(asked)
            )
        is_login = shown.leads_to == "/jobs/login" and path != "/jobs/logout"
        got = "login" if is_login else shown.status == 403
        if need is Opening.ANYBODY:
            assert got is False, (method, path)
        elif who is None:
            assert got == (True if method == "POST" else "login"), (method, path)
        else:
            may_not = who == STRANGER and need is not Opening.SIGNED_IN
            may_not = may_not or (who == TAM and need in ADMINS_ALONE)
            assert got is may_not, (method, path)


async def test_a_user_signs_in_by_password_and_by_link_but_not_to_the_admin_page(
    desk: JobPages,
) -> None:
    await desk.page.account("vera", PersonRole.USER)
    async with desk.page.browser() as browser:
        refused = await browser.post("/admin/login", login="vera", password=LEARNT)
        assert refused.status == 403
        entered = await browser.post("/jobs/login", login="vera", password=LEARNT)
        assert (entered.status, entered.leads_to) == (303, "/jobs/overview")
        assert (await browser.get("/")).leads_to == "/jobs/overview"
        assert "vera" in (await browser.get("/jobs/overview")).text
        assert (await browser.get("/admin")).status == 403
    house = desk.page.house
    await house.anna.writes("/start")
    await house.anna.writes("/web")
    await house.hears(house.anna, "/jobs/enter/")
    said = next(one for one in house.said_to(house.anna) if "/jobs/enter/" in one)
    link = "/jobs/enter/" + said.partition("/jobs/enter/")[2].split()[0]
    async with desk.page.browser() as browser:
        assert "press" in (await browser.get(link)).text.lower()
        assert (await browser.post(link)).leads_to == "/jobs/overview"
        assert "Anna" in (await browser.get("/jobs")).text
        assert (await browser.post(link)).status == 410


async def test_a_job_with_files_waits_is_approved_is_done_and_is_replied_to(
    desk: JobPages,
) -> None:
    async with desk.page.browser(TAM) as tam, desk.page.browser(OLGA) as olga:
        first = number_in(await hand_in(tam, "Count <b>apples</b>", ("data.csv", b"a,b\n1,2\n")))
        job = await desk.job(first)
        assert (job.state, job.owner, job.files[0].name) == (JobState.PENDING, TAM, "data.csv")
        assert "Count &lt;b&gt;apples" in (await olga.get("/jobs/pending")).text
        early = await hand_in(tam, "And the pears?", parent=first)
        assert (early.status, "isn&#39;t done" in early.text) == (409, True)

        approved = await olga.post(f"/jobs/{first}/approve", back="pending")
        assert approved.leads_to == "/jobs/pending?done=approve"
        await desk.done(first, "# Five\n<script>alert(1)</script> ![x](http://evil.example/a.png)")
        page = (await tam.get(f"/jobs/{first}")).text
        assert "<h1>Five</h1>" in page
        assert "<script>alert" not in page
        assert '<img src="http' not in page
        assert f"/jobs/new?parent={first}" in page

        second = number_in(await hand_in(olga, "And the pears?", ("p.txt", b"3"), parent=first))
        child = await desk.job(second)
        assert (child.owner, child.by, child.thread_id) == (TAM, OLGA, first)
        assert child.files[0].path.startswith(f"{job.folder}/inputs/")
        thread = (await tam.get(f"/jobs/{second}")).text
        assert thread.index("apples") < thread.index("Five") < thread.index("And the pears?")
        assert "data.csv" in thread


async def test_what_belongs_to_others_is_refused_on_every_way(desk: JobPages) -> None:
    async with desk.page.browser(TAM) as tam, desk.page.browser(EVE) as eve:
        number = number_in(await hand_in(tam, "Secret plans", ("plan.txt", b"hush")))
        path = (await desk.job(number)).files[0].path
        mine = await tam.get(f"/jobs/files/{path}")
        assert (mine.status, mine.text) == (200, "hush")
        assert mine.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in mine.headers["Content-Security-Policy"]
        assert mine.headers["X-Content-Type-Options"] == "nosniff"
        for one in ("", "/output", "/edit"):
            shown = await eve.get(f"/jobs/{number}{one}")
            assert (shown.status, "another person&#39;s job" in shown.text) == (403, True)
            assert "Secret" not in shown.text
        for verb in ("cancel", "delete", "edit"):
            assert (await eve.post(f"/jobs/{number}/{verb}", prompt="x")).status == 403
        assert (await hand_in(eve, "More", parent=number)).status == 403
        assert (await eve.get(f"/jobs/files/{path}")).status == 403
        assert (await eve.post("/jobs/files/delete", file=path)).status == 403
        assert (await eve.get("/jobs/files/users/50/inputs/not-there.txt")).status == 403
        assert (await eve.get("/jobs/4242")).status == 404
        assert (await desk.job(number)).state is JobState.PENDING
        assert (desk.folder / path).is_file()


@pytest.mark.parametrize(
    "path",
    [
        "users/50/../51/inputs/a.txt",
        "users/50/inputs/%2e%2e/%2e%2e/51/inputs/a.txt",
        "users/50/inputs/..%2f..%2f..%2f..%2fetc/passwd",
        "%2fetc/passwd",
        "users/50//etc/passwd",
        "users/50/inputs/a%00.txt",
        "users/50/inputs/..%5c..%5ca.txt",
    ],
)
async def test_no_path_leads_out_of_one_s_folder(desk: JobPages, path: str) -> None:
    async with desk.page.browser(TAM) as tam, desk.page.browser(OLGA) as olga:
        for browser, most in ((tam, {403, 404}), (olga, {403, 404})):
            url = yarl.URL(f"{browser.home}/jobs/files/{path}", encoded=True)
            async with browser.session.get(url, allow_redirects=False) as answer:
                assert answer.status in most
                assert "root:" not in await answer.text()


async def test_a_file_too_big_or_of_another_kind_makes_no_job_and_leaves_nothing(
    desk: JobPages,
) -> None:
    before = (await desk.store.all(0, 1)).total
    big = b"x" * (51 << 20)
    async with desk.page.browser(EVE) as eve:
        shown = await hand_in(eve, "Read them", ("a.txt", b"small"), ("big.txt", big))
        assert (shown.status, "too big" in shown.text) == (413, True)
        assert "Read them" in shown.text
        kind = await hand_in(eve, "Run it", ("a.txt", b"small"), ("a.exe", b"MZ"))
        assert kind.status == 415
        many = await hand_in(eve, "All", *((f"{n}.txt", b"x") for n in range(21)))
        assert many.status == 413
        eve.csrf = "another"
        assert (await send(eve, "Foreign", ("a.txt", b"x"), token="t" * 20)).status == 403
    assert (await desk.store.all(0, 1)).total == before
    assert [one for one in (desk.folder / "users/51/inputs").iterdir() if one.is_file()] == []


async def test_who_presses_twice_has_one_job(desk: JobPages) -> None:
    async with desk.page.browser(TAM) as tam:
        found = TOKEN.search((await tam.get("/jobs/new")).text)
        assert found is not None
        sent = [await send(tam, "Once", ("o.txt", b"1"), token=found[1]) for _ in range(2)]
        numbers = {number_in(one) for one in sent}
    (number,) = numbers
    job = await desk.job(number)
    kept = [one.name for one in (desk.folder / "users/50/inputs").glob("*o.txt")]
    assert kept == [job.files[0].path.rpartition("/")[2]]


async def test_files_that_are_gone_are_said_to_be_so_and_jobs_are_edited_and_deleted(
    desk: JobPages,
) -> None:
    async with desk.page.browser(TAM) as tam:
        number = number_in(await hand_in(tam, "Old words", ("gone.txt", b"1")))
        path = (await desk.job(number)).files[0].path
        assert "gone.txt" in (await tam.get("/jobs/files")).text
        deleted = await tam.post("/jobs/files/delete", file=path)
        assert deleted.leads_to == "/jobs/files?done=delete"
        page = (await tam.get(f"/jobs/{number}")).text
        assert path in page
        assert "not found" in page
        edited = await tam.post(f"/jobs/{number}/edit", prompt="New words", priority="9")
        assert edited.leads_to == f"/jobs/{number}?done=edit"
        assert (await desk.job(number)).priority == 9
        assert "New words" in (await tam.get("/jobs?state=pending")).text
        assert (await tam.post(f"/jobs/{number}/delete")).status == 409
        await tam.post(f"/jobs/{number}/cancel")
        assert (await tam.post(f"/jobs/{number}/delete")).leads_to == "/jobs?done=delete"
        assert (await tam.get(f"/jobs/{number}")).status == 404


async def test_an_admin_rejects_with_a_reason_and_sees_the_settings(desk: JobPages) -> None:
    async with desk.page.browser(TAM) as tam, desk.page.browser(OLGA) as olga:
        number = number_in(await hand_in(tam, "Too much"))
        await olga.get("/jobs/pending")
        await olga.post(f"/jobs/{number}/reject", reason="Not here", back="job")
        page = (await tam.get(f"/jobs/{number}")).text
        assert "Reason: Not here" in page
        config = (await olga.get("/jobs/config")).text
        assert "JOBS__UPLOAD_MB" in config
        assert "BOT_TOKEN" not in config
        assert "Too much" in (await olga.get("/jobs/all")).text
        assert "/jobs/overview" in (await olga.get("/admin")).text
