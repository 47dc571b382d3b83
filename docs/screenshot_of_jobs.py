"""The pictures of jobs' pages: one is handed in, approved and done."""

from pathlib import Path

from playwright.async_api import FilePayload, Page, expect

SALES = b"""\
date,product,revenue
2026-01-15,Apples,1200
2026-01-20,Pears,800
2026-02-10,Apples,1500
2026-02-18,Plums,400
2026-03-05,Cherries,2100
2026-03-21,Peaches,700
"""
ASKED = "Analyze this sales_data.csv file and summarize key trends"
GOES_ON = "Create a bar chart showing the top 5 products by revenue"
PLACE = """() => {
    for (const path of document.querySelectorAll("code, .path, small")) {
        path.textContent = path.textContent.replace(/^.*[/]workspaces[/]/, "/srv/luka/workspaces/");
    }
}"""
"""A picture shows where files would lie on a server."""


async def picture_jobs(page: Page, home: str, folder: Path) -> None:
    """home: of the pages, where somebody who is an admin is signed in."""
    await page.emulate_media(color_scheme="light")
    await page.set_viewport_size({"width": 1100, "height": 900})
    await page.goto(f"{home}/jobs/new")
    await page.get_by_label("What is to be done?").fill(ASKED)
    await page.get_by_label("Priority").select_option("8")
    file = FilePayload(name="sales_data.csv", mimeType="text/csv", buffer=SALES)
    await page.locator("#files").set_input_files(file)
    await page.screenshot(path=folder / "jobs-new.png")
    await page.get_by_role("button", name="Hand in a job").click()
    await expect(page.get_by_role("article")).to_contain_text("waits for an admin")
    await page.goto(f"{home}/jobs/pending")
    await page.screenshot(path=folder / "jobs-pending.png")
    await page.get_by_role("button", name="Approve: #1").click()
    await page.goto(f"{home}/jobs/1")
    await page.get_by_role("link", name="Reply to this Job").click(timeout=60_000)
    await page.get_by_label("What is to be done?").fill(GOES_ON)
    await page.get_by_role("button", name="Hand in a job").click()
    await page.goto(f"{home}/jobs/pending")
    await page.get_by_role("button", name="Approve: #2").click()
    await page.goto(f"{home}/jobs/2")
    await page.get_by_role("link", name="Reply to this Job").wait_for(timeout=60_000)
    await page.evaluate(PLACE)
    await page.screenshot(path=folder / "jobs-job.png", full_page=True)
    await page.goto(f"{home}/jobs/overview")
    await page.screenshot(path=folder / "jobs-overview.png")
    await page.route("**/live.js", lambda route: route.abort())  # it would bring the place back
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.emulate_media(color_scheme="dark")
    await page.goto(f"{home}/jobs/2")
    await page.evaluate(PLACE)
    await page.screenshot(path=folder / "jobs-phone.png")
